#include "stages/names/bio_decoder.h"

#include <cmath>
#include <limits>

namespace parley {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

// Of "B-PER" the kind, "PER"; empty for O and what is no label.
std::string_view KindOf(std::string_view label) {
  return label.starts_with("B-") || label.starts_with("I-") ? label.substr(2) : "";
}

}  // namespace

Result<BioDecoder> BioDecoder::Create(const std::vector<std::string>& labels,
                                      std::string_view kind) {
  BioDecoder decoder;
  decoder.label_count_ = static_cast<int>(labels.size());
  int outside_count = 0;
  int begin_count = 0;
  int inside_count = 0;
  for (int i = 0; i < decoder.label_count_; ++i) {
    const std::string& label = labels[i];
    if (label == "O") {
      decoder.outside_ = i;
      ++outside_count;
    } else if (KindOf(label).empty()) {
      return Invalid("the model has the label \"" + label + "\", which is no O, B-KIND or I-KIND");
    } else if (KindOf(label) == kind) {
      (label[0] == 'B' ? decoder.begin_ : decoder.inside_) = i;
      ++(label[0] == 'B' ? begin_count : inside_count);
    }
  }
  if (outside_count != 1 || begin_count != 1 || inside_count != 1) {
    return Invalid("the model's labels lack O, B-" + std::string(kind) + " or I-" +
                   std::string(kind) + ", or have one twice");
  }
  for (const std::string& label : labels) {
    std::vector<int> before;
    for (int i = 0; i < decoder.label_count_; ++i) {
      if (label[0] != 'I' || KindOf(labels[i]) == KindOf(label)) before.push_back(i);
    }
    decoder.may_precede_.push_back(std::move(before));
  }
  return decoder;
}

std::vector<int> BioDecoder::Path(std::span<const float> scores, const std::vector<bool>& is_break,
                                  double kind_bias) const {
  const size_t count = is_break.size();
  std::vector<double> best(label_count_, kNever);  // Of a path that ends in each label.
  std::vector<double> next(label_count_);
  std::vector<int8_t> from(count * static_cast<size_t>(label_count_), 0);
  for (size_t i = 0; i < count; ++i) {
    for (int label = 0; label < label_count_; ++label) {
      double score = scores[i * label_count_ + label];
      // Taking it from O instead would favour other names as much as those of persons.
      if (label == begin_ || label == inside_) score += kind_bias;
      if (is_break[i]) score = label == outside_ ? 0 : kNever;
      double before = i == 0 && may_precede_[label].size() == best.size() ? 0 : kNever;
      if (i > 0) {
        for (const int earlier : may_precede_[label]) {
          if (best[earlier] <= before) continue;
          before = best[earlier];
          from[i * label_count_ + label] = static_cast<int8_t>(earlier);
        }
      }
      next[label] = before + score;
    }
    best.swap(next);
  }
  std::vector<int> path(count, outside_);
  int label = outside_;
  for (int i = 0; i < label_count_; ++i) {
    if (best[i] > best[label]) label = i;
  }
  for (size_t i = count; i-- > 0;) {
    path[i] = label;
    label = from[i * label_count_ + label];
  }
  return path;
}

std::vector<PieceRun> BioDecoder::Decode(std::span<const float> scores,
                                         const std::vector<bool>& is_break,
                                         double kind_bias) const {
  Check(scores.size() == is_break.size() * static_cast<size_t>(label_count_),
        "a score for each label of each piece");
  std::vector<PieceRun> runs;
  const std::vector<int> path = Path(scores, is_break, kind_bias);
  for (size_t i = 0; i < path.size();) {
    if (path[i] != begin_) {
      ++i;
      continue;
    }
    PieceRun run{.first = static_cast<int64_t>(i)};
    double log_sum = 0;
    do {
      const float* row = &scores[i * label_count_];
      log_sum += std::log(std::exp(double{row[begin_]}) + std::exp(double{row[inside_]}));
      ++i;
    } while (i < path.size() && path[i] == inside_);
    run.last = static_cast<int64_t>(i);
    run.score = std::min(1.0, std::exp(log_sum / static_cast<double>(run.last - run.first)));
    runs.push_back(run);
  }
  return runs;
}

}  // namespace parley
