#include "stages/filter/serialised_objects.h"

namespace parley {
namespace {

constexpr std::string_view kBlank = " \t\n\r";

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
}

bool Take(std::string_view& text, std::string_view start) {
  if (!text.starts_with(start)) return false;
  text.remove_prefix(start.size());
  return true;
}

// Arrays of objects are joined by commas when they become text.
bool IsJavaScript(std::string_view text) {
  while (Take(text, "[object ")) {
    const size_t end = text.find(']');
    if (end == std::string_view::npos) return false;
    const std::string_view name = text.substr(0, end);
    if (name != "Object" && name != "Promise" && name != "Array" && name != "Undefined" &&
        name != "Null") {
      return false;
    }
    text = Trim(text.substr(end + 1));
    if (text.empty()) return true;
    if (!Take(text, ",")) return false;
    text = Trim(text);
  }
  return false;
}

bool IsHexadecimal(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

// "<module.Name object at 0x7f12ab>", "<coroutine object f at 0x…>", "<function f at 0x…>": one
// line in angle brackets that ends with an address.
bool IsPython(std::string_view text) {
  constexpr std::string_view kAddress = " at 0x";
  if (!text.starts_with('<') || !text.ends_with('>') || text.find('\n') != std::string_view::npos) {
    return false;
  }
  text = text.substr(1, text.size() - 2);
  const size_t address = text.rfind(kAddress);
  if (address == std::string_view::npos || text.find('<') < address) {
    // "<bound method A.f of <__main__.A object at 0x…>>" nests one more.
    return text.starts_with("bound method ") && text.ends_with(">");
  }
  return IsHexadecimal(text.substr(address + kAddress.size()));
}

// A dict, or a list of dicts, that begins with the fields of a message as Python's repr writes
// them, in single quotes. In double quotes it is JSON, which people paste and models write on
// purpose.
bool IsMessage(std::string_view text) {
  const bool list = Take(text, "[");
  text = Trim(text);
  if (!text.ends_with(list ? "]" : "}") || !Take(text, "{")) return false;
  if (Take(text, "'role': ")) return text.find("'content': ") != std::string_view::npos;
  return Take(text, "'content': ") && text.find("'role': ") != std::string_view::npos;
}

}  // namespace

Serialisation SerialisedAs(std::string_view text) {
  text = Trim(text);
  if (text.empty()) return Serialisation::kNone;
  switch (text.front()) {
    case '[':
      if (IsJavaScript(text)) return Serialisation::kJavaScript;
      return IsMessage(text) ? Serialisation::kMessage : Serialisation::kNone;
    case '{':
      return IsMessage(text) ? Serialisation::kMessage : Serialisation::kNone;
    case '<':
      return IsPython(text) ? Serialisation::kPython : Serialisation::kNone;
    default:
      return Serialisation::kNone;
  }
}

}  // namespace parley
