#include "stages/moderation/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "io/file.h"

namespace parley {
namespace {

// e^x for |x| <= 700: a power of two times a series, of plain sums and products. The C library's
// own differs in the last bit from machine to machine.
double Exponential(double x) {
  const double twos = std::round(x * 1.4426950408889634);
  const double rest = (x - twos * 0.693147180369123816490) - twos * 1.90821492927058770002e-10;
  double series = 1.0;
  for (int k = 13; k >= 1; --k) series = series * rest / k + 1.0;
  return std::ldexp(series, static_cast<int>(twos));
}

std::vector<std::string_view> FieldsOf(std::string_view line) {
  std::vector<std::string_view> fields;
  for (;;) {
    const size_t tab = std::min(line.find('\t'), line.size());
    fields.push_back(line.substr(0, tab));
    if (tab == line.size()) return fields;
    line.remove_prefix(tab + 1);
  }
}

Result<double> NumberIn(std::string_view field) {
  double number = 0;
  const char* const end = field.data() + field.size();
  const auto [stop, error] = std::from_chars(field.data(), end, number);
  if (error != std::errc{} || stop != end || !std::isfinite(number)) {
    return Invalid(fmt::format("\"{}\" is no number", field));
  }
  return number;
}

}  // namespace

double Logistic(double x) { return 1.0 / (1.0 + Exponential(-std::clamp(x, -700.0, 700.0))); }

double RoundScore(double score) {
  if (score < 1e-9) return 0;
  double scale = 1000;
  while (score * scale < 1000 && scale < 1e12) scale *= 10;
  return std::round(score * scale) / scale;
}

Result<Calibration> Calibration::Read(const std::string& path) {
  return Parse(TRY(ReadWholeFile(path)), path);
}

Result<Calibration> Calibration::Parse(std::string_view text, const std::string& path) {
  Calibration calibration;
  std::array<bool, kModerationCategoryCount> seen = {};
  for (int64_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    const Status added = calibration.AddLine(line, seen);
    if (!added) return Invalid(added.error().message, {.file = path, .line = number});
  }
  const auto missing = std::ranges::find(seen, false);
  if (missing == seen.end()) return calibration;
  return Invalid(fmt::format("has no line for {}",
                             kModerationCategories[static_cast<size_t>(missing - seen.begin())]),
                 {.file = path});
}

Status Calibration::AddLine(std::string_view text,
                            std::array<bool, kModerationCategoryCount>& seen) {
  const std::vector<std::string_view> fields = FieldsOf(text);
  if (fields.size() != 4) return Invalid("is no line of four fields with tabs between");
  const auto found = std::ranges::find(kModerationCategories, fields[0]);
  if (found == kModerationCategories.end()) {
    return Invalid(fmt::format("\"{}\" is no category", fields[0]));
  }
  const auto place = static_cast<size_t>(found - kModerationCategories.begin());
  if (seen[place]) return Invalid(fmt::format("{} is there twice", fields[0]));
  seen[place] = true;
  Line& line = lines_[place];
  line = {.slope = TRY(NumberIn(fields[1])),
          .intercept = TRY(NumberIn(fields[2])),
          .threshold = TRY(NumberIn(fields[3]))};
  if (line.slope <= 0) return Invalid("a slope is above nought, or likelier would score lower");
  if (line.threshold <= 0 || line.threshold > 1)
    return Invalid("a threshold is above 0, at most 1");
  return {};
}

Moderation Calibration::Tag(const std::array<double, kModerationCategoryCount>& scores) const {
  Moderation tags;
  for (size_t i = 0; i < scores.size(); ++i) {
    tags.category_scores[i] = RoundScore(scores[i]);
    tags.categories[i] = tags.category_scores[i] >= lines_[i].threshold;
    tags.flagged = tags.flagged || tags.categories[i];
  }
  return tags;
}

}  // namespace parley
