#include "stages/filter/word_list.h"

#include "text/json.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
}

Result<std::vector<std::string>> ParseJsonList(std::string_view text) {
  JsonParser parser;
  JsonArray list;
  if (TRY(parser.Parse(text)).get(list) != simdjson::SUCCESS) return Invalid("not a list");
  std::vector<std::string> words;
  for (const JsonElement element : list) {
    std::string_view word;
    if (element.get(word) != simdjson::SUCCESS) return Invalid("the list holds more than strings");
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

}  // namespace

Result<std::vector<std::string>> ParseWordList(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (Trim(text).starts_with('[')) return ParseJsonList(text);
  std::vector<std::string> words;
  for (int64_t line = 1; !text.empty(); ++line) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view word = Trim(text.substr(0, end));
    if (!IsValidUtf8(word)) return Invalid("a word is not UTF-8", {.line = line});
    if (!word.empty()) words.emplace_back(word);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

}  // namespace parley
