#include "stages/redact/detectors/coordinates.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "stages/redact/detectors/surroundings.h"
#include "stages/redact/letters.h"

namespace parley {
namespace {

constexpr std::array<std::string_view, 14> kWords = {
    "gps",         "latitude", "longitude", "lat",         "lng",         "lon",  "long",
    "coordinates", "coords",   "geo:",      "koordinaten", "coordenadas", "maps", "坐标"};

struct Angle {
  double degrees = 0;
  char hemisphere = 0;
  size_t decimals = 0;
  bool marked = false;  // With a degree sign.
  size_t end = 0;
};

bool IsHemisphere(char c) {
  return c != '\0' && std::string_view("NSEW").find(c) != std::string_view::npos;
}

size_t MarkAt(std::string_view text, size_t at, std::initializer_list<std::string_view> marks) {
  for (const std::string_view mark : marks) {
    if (text.substr(at).starts_with(mark)) return mark.size();
  }
  return 0;
}

size_t SkipSpace(std::string_view text, size_t at) {
  return at < text.size() && text[at] == ' ' ? at + 1 : at;
}

// A number without a sign, its digits behind the point counted.
std::optional<double> ReadNumber(std::string_view text, size_t& at, size_t& decimals) {
  const size_t begin = at;
  double number = 0;
  while (at < text.size() && IsDigit(text[at]) && at - begin < 4)
    number = number * 10 + (text[at++] - '0');
  if (at == begin) return std::nullopt;
  decimals = 0;
  if (at + 1 < text.size() && text[at] == '.' && IsDigit(text[at + 1])) {
    double place = 1;
    for (++at; at < text.size() && IsDigit(text[at]); ++at, ++decimals)
      number += (text[at] - '0') * (place /= 10);
  }
  return number;
}

std::optional<Angle> ReadAngle(std::string_view text, size_t at) {
  Angle angle;
  if (at < text.size() && IsHemisphere(text[at])) {
    angle.hemisphere = text[at];
    at = SkipSpace(text, at + 1);
  }
  const bool negative = at < text.size() && text[at] == '-';
  if (negative || (at < text.size() && text[at] == '+')) ++at;
  const auto whole = ReadNumber(text, at, angle.decimals);
  if (!whole) return std::nullopt;
  angle.degrees = *whole;
  if (const size_t mark = MarkAt(text, at, {"°", "º"})) {
    angle.marked = true;
    at += mark;
    double unit = 60;
    for (const auto& marks : {std::array<std::string_view, 3>{"'", "′", "’"},
                              std::array<std::string_view, 3>{"\"", "″", "”"}}) {
      size_t here = SkipSpace(text, at);
      size_t decimals = 0;
      const auto part = ReadNumber(text, here, decimals);
      if (!part || *part >= 60) break;
      size_t mark_size = MarkAt(text, here, {marks[0], marks[1], marks[2]});
      if (mark_size == 0) break;
      if (unit == 3600 && marks[0] == "\"" && text.substr(here).starts_with("''")) mark_size = 2;
      angle.degrees += *part / unit;
      unit *= 60;
      at = here + mark_size;
    }
  }
  if (angle.hemisphere == 0) {
    const size_t here = SkipSpace(text, at);
    const bool alone = here + 1 >= text.size() || !IsAsciiLetter(text[here + 1]);
    if (here < text.size() && IsHemisphere(text[here]) && alone) {
      angle.hemisphere = text[here];
      at = here + 1;
    }
  }
  if (negative || angle.hemisphere == 'S' || angle.hemisphere == 'W')
    angle.degrees = -angle.degrees;
  angle.end = at;
  return angle;
}

// Where the number around `at` begins, with its sign and hemisphere.
size_t AngleBegin(std::string_view text, size_t at) {
  while (at > 0 && (IsDigit(text[at - 1]) || text[at - 1] == '.')) --at;
  if (at > 0 && (text[at - 1] == '-' || text[at - 1] == '+')) --at;
  if (at > 0 && IsHemisphere(text[at - 1]) && (at == 1 || !IsAsciiWord(text[at - 2]))) --at;
  if (at > 1 && text[at - 1] == ' ' && IsHemisphere(text[at - 2]) &&
      (at == 2 || !IsAsciiWord(text[at - 3])))
    at -= 2;
  return at;
}

// The end of a gap between the two: a comma, a semicolon, spaces, a bracket of "lat: x, lng: y".
size_t GapEnd(std::string_view text, size_t at) {
  const size_t begin = at;
  while (at < text.size() && at - begin < 4 &&
         std::string_view(",; /").find(text[at]) != std::string_view::npos)
    ++at;
  return at == begin ? std::string_view::npos : at;
}

}  // namespace

std::optional<PiiSpan> CoordinatesAt(std::string_view text, size_t at) {
  const size_t begin = AngleBegin(text, at);
  const auto first = ReadAngle(text, begin);
  if (!first || TouchesWordBefore(text, begin)) return std::nullopt;
  const size_t gap = GapEnd(text, first->end);
  if (gap == std::string_view::npos) return std::nullopt;
  const auto second = ReadAngle(text, gap);
  if (!second || TouchesWordBehind(text, second->end)) return std::nullopt;
  if (std::abs(first->degrees) > 90 || std::abs(second->degrees) > 180) return std::nullopt;
  const bool hemispheres = (first->hemisphere == 'N' || first->hemisphere == 'S') &&
                           (second->hemisphere == 'E' || second->hemisphere == 'W');
  const size_t decimals = std::min(first->decimals, second->decimals);
  if (!hemispheres && (decimals < 3 || first->hemisphere != 0 || second->hemisphere != 0))
    return std::nullopt;
  // Of three numbers or more: a vector.
  size_t before = begin;
  while (before > 0 && std::string_view(", ").find(text[before - 1]) != std::string_view::npos)
    --before;
  const bool goes_before = before < begin && before > 0 && IsDigit(text[before - 1]);
  const bool listed = goes_before || (GapEnd(text, second->end) != std::string_view::npos &&
                                      GapEnd(text, second->end) < text.size() &&
                                      IsDigit(text[GapEnd(text, second->end)]));
  const bool named = HasWordNear(text, begin, second->end, kWords, {.before = 50, .behind = 20});
  const double score = hemispheres ? 0.85 : listed ? 0.1 : named ? 0.8 : decimals >= 4 ? 0.4 : 0.2;
  return PiiSpan{.type = "GPS",
                 .begin = static_cast<int64_t>(begin),
                 .end = static_cast<int64_t>(second->end),
                 .score = score,
                 .value = std::to_string(first->degrees) + "," + std::to_string(second->degrees)};
}

}  // namespace parley
