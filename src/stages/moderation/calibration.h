// From what a model says to scores that mean what they say, and to tags.

#pragma once

#include <array>
#include <string>
#include <string_view>

#include "parley/conversation.h"
#include "parley/status.h"

namespace parley {

/// e to the `x` over 1 and that: the same bits on every machine.
double Logistic(double x);

/// `score`, 0 to 1, with four significant digits; below 1e-9 nought.
double RoundScore(double score);

/// Immutable once read.
class Calibration {
 public:
  struct Line {
    double slope = 1;
    double intercept = 0;
    double threshold = 0.5;  ///< Above 0, at most 1.
  };

  /// Lines of category, slope, intercept and threshold with tabs between, one for each category;
  /// what begins with "#" is a comment. Invalid, with the line, if it is something else.
  static Result<Calibration> Read(const std::string& path);
  static Result<Calibration> Parse(std::string_view text, const std::string& path);

  /// The score of `category`, its place in `kModerationCategories`, from the model's log-odds.
  double Score(int category, double log_odds) const {
    const Line& line = lines_[static_cast<size_t>(category)];
    return Logistic(line.slope * log_odds + line.intercept);
  }
  double threshold(int category) const { return lines_[static_cast<size_t>(category)].threshold; }

  /// Scores as they go out, a category's tag where its score reaches the threshold, and `flagged`
  /// if there is any.
  Moderation Tag(const std::array<double, kModerationCategoryCount>& scores) const;

 private:
  Status AddLine(std::string_view line, std::array<bool, kModerationCategoryCount>& seen);

  std::array<Line, kModerationCategoryCount> lines_ = {};
};

}  // namespace parley
