#include "stages/redact/tags.h"

#include <algorithm>
#include <optional>

#include "stages/redact/letters.h"
#include "stages/redact/pii_types.h"

namespace parley {
namespace {

constexpr size_t kLongestType = 12;

constexpr std::string_view kPresidio = "<PRESIDIO_ANONYMIZED_";
constexpr int64_t kMaxDigits = 9;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

// The types that LMSYS-Chat-1M and Parley number.
bool IsType(std::string_view word) { return word == "NAME" || word == "ID" || IsPiiType(word); }

// Behind the digits at `begin`.
size_t BehindDigits(std::string_view text, size_t begin) {
  while (begin < text.size() && IsDigit(text[begin])) ++begin;
  return begin;
}

// `floor`: where the tag before this one ends.
std::optional<StandingTag> NumberedTagAt(std::string_view text, size_t floor, size_t underscore) {
  size_t begin = underscore;
  while (begin > floor && underscore - begin <= kLongestType &&
         (IsUpper(text[begin - 1]) || text[begin - 1] == '_')) {
    --begin;
  }
  const std::string_view type = text.substr(begin, underscore - begin);
  if (!IsType(type)) return std::nullopt;
  if (begin > floor && IsDigit(text[begin - 1])) return std::nullopt;
  const size_t end = BehindDigits(text, underscore + 1);
  if (static_cast<int64_t>(end - underscore) > kMaxDigits + 1) return std::nullopt;
  int64_t number = 0;
  for (size_t at = underscore + 1; at < end; ++at) number = number * 10 + (text[at] - '0');
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

std::vector<Span> FindTagLike(std::string_view text) {
  std::vector<Span> spans;
  size_t floor = 0;
  const auto add = [&](size_t begin, size_t end) {
    spans.push_back({static_cast<int64_t>(begin), static_cast<int64_t>(end)});
    floor = end;
  };
  for (size_t at = text.find('_'); at != std::string_view::npos; at = text.find('_', at + 1)) {
    if (at + 1 < text.size() && IsDigit(text[at + 1])) {
      for (size_t size = std::min(kLongestType, at - std::min(at, floor)); size > 1; --size) {
        if (!IsType(text.substr(at - size, size))) continue;
        add(at - size, BehindDigits(text, at + 1));
        break;
      }
    } else if (at >= floor + 9 && text.substr(at - 9).starts_with(kPresidio)) {
      if (const auto tag = PresidioTagAt(text, at - 9)) {
        add(static_cast<size_t>(tag->begin), static_cast<size_t>(tag->end));
      }
    }
  }
  return spans;
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
