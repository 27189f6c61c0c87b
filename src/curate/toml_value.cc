#include "curate/toml_value.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

namespace parley {
namespace {

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\u{:04X}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string TextOf(bool value) { return value ? "true" : "false"; }
std::string TextOf(int64_t value) { return fmt::format("{}", value); }
std::string TextOf(const std::string& value) { return Quoted(value); }

std::string TextOf(double value) {
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

std::string TextOf(const std::vector<std::string>& values) {
  std::vector<std::string> quoted;
  for (const std::string& value : values) quoted.push_back(Quoted(value));
  return fmt::format("[{}]", fmt::join(quoted, ", "));
}

std::vector<std::string> SplitAtCommas(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    if (comma > 0) items.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return items;
}

std::optional<bool> BoolFrom(std::string_view text) {
  if (text == "true" || text == "on" || text == "yes" || text == "1") return true;
  if (text == "false" || text == "off" || text == "no" || text == "0") return false;
  return std::nullopt;
}

}  // namespace

std::string TomlText(const OptionValue& value) {
  return std::visit([](const auto& held) { return TextOf(held); }, value);
}

std::string_view TypeName(const OptionValue& value) {
  constexpr std::array<std::string_view, 5> kNames = {"true or false", "a whole number", "a number",
                                                      "a text", "a list of texts"};
  return kNames[value.index()];
}

Result<OptionValue> ValueFromText(std::string_view text, const OptionValue& like) {
  if (std::holds_alternative<std::string>(like)) return OptionValue(std::string(text));
  if (std::holds_alternative<std::vector<std::string>>(like)) {
    return OptionValue(SplitAtCommas(text));
  }
  std::string digits(text);
  std::erase(digits, '_');
  char* end = digits.data();
  if (std::holds_alternative<bool>(like)) {
    if (const auto value = BoolFrom(text)) return OptionValue(*value);
  } else if (std::holds_alternative<int64_t>(like)) {
    const int64_t number = std::strtoll(digits.c_str(), &end, 10);
    if (end != digits.data() && *end == '\0') return OptionValue(number);
  } else {
    const double number = std::strtod(digits.c_str(), &end);
    if (end != digits.data() && *end == '\0') return OptionValue(number);
  }
  return Invalid(fmt::format("\"{}\" is not {}", text, TypeName(like)));
}

}  // namespace parley
