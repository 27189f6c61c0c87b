#include "stages/redact/tags.h"

#include <algorithm>
#include <array>
#include <optional>

#include "stages/redact/letters.h"

namespace parley {
namespace {

// The types that LMSYS-Chat-1M, Parley and issue 6 of its plan number.
constexpr std::array<std::string_view, 12> kTypes = {
    "NAME", "EMAIL", "PHONE", "URL", "IP", "ADDRESS", "CARD", "KEY", "MAC", "IBAN", "ID", "CRYPTO"};

constexpr std::string_view kPresidio = "<PRESIDIO_ANONYMIZED_";
constexpr int64_t kMaxDigits = 9;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

// `floor`: where the tag before this one ends.
std::optional<StandingTag> NumberedTagAt(std::string_view text, size_t floor, size_t underscore) {
  size_t begin = underscore;
  while (begin > floor && IsUpper(text[begin - 1]) && underscore - begin < 16) --begin;
  const std::string_view type = text.substr(begin, underscore - begin);
  if (std::ranges::find(kTypes, type) == kTypes.end()) return std::nullopt;
  if (begin > floor && (text[begin - 1] == '_' || IsDigit(text[begin - 1]))) return std::nullopt;
  size_t end = underscore + 1;
  int64_t number = 0;
  while (end < text.size() && IsDigit(text[end])) {
    if (static_cast<int64_t>(end - underscore) > kMaxDigits) return std::nullopt;
    number = number * 10 + (text[end++] - '0');
  }
  if (end == underscore + 1) return std::nullopt;
  return StandingTag{std::string(type), number, static_cast<int64_t>(begin),
                     static_cast<int64_t>(end)};
}

std::optional<StandingTag> PresidioTagAt(std::string_view text, size_t begin) {
  const size_t name = begin + kPresidio.size();
  const size_t end = std::min(text.find('>', name), text.size());
  if (end == text.size() || end - name > 32) return std::nullopt;
  std::string type(text.substr(name, end - name));
  if (type.empty() || !std::ranges::all_of(type, [](char c) { return IsUpper(c) || c == '_'; }))
    return std::nullopt;
  if (type == "EMAIL_ADDRESS") type = "EMAIL";
  if (type == "PHONE_NUMBER") type = "PHONE";
  if (type == "IP_ADDRESS") type = "IP";
  if (type == "PERSON") type = "NAME";
  return StandingTag{std::move(type), 0, static_cast<int64_t>(begin),
                     static_cast<int64_t>(end + 1)};
}

}  // namespace

std::vector<StandingTag> FindTags(std::string_view text) {
  std::vector<StandingTag> tags;
  for (size_t at = text.find('_'); at != std::string_view::npos; at = text.find('_', at + 1)) {
    std::optional<StandingTag> tag;
    if (at + 1 < text.size() && IsDigit(text[at + 1])) {
      tag = NumberedTagAt(text, tags.empty() ? 0 : tags.back().end, at);
    } else if (at >= 9 && text.substr(at - 9).starts_with(kPresidio)) {
      tag = PresidioTagAt(text, at - 9);
    }
    if (tag) tags.push_back(*std::move(tag));
  }
  return tags;
}

void TagTable::StepPast(const StandingTag& tag) {
  int64_t& highest = highest_[tag.type];
  highest = std::max(highest, tag.number);
}

const std::string& TagTable::TagOf(const std::string& type, const std::string& value) {
  std::string& tag = tags_[{type, value}];
  if (tag.empty()) tag = type + "_" + std::to_string(++highest_[type]);
  return tag;
}

}  // namespace parley
