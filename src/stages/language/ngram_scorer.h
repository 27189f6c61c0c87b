// Scores a text by pieces of its words, after ELD, the "efficient language detector".
//
// A word is looked up whole if it has at most six bytes, otherwise in pieces of six; a piece knows
// whether it begins or ends a word. A table of over a million such pieces says how much each speaks
// for which of 60 languages. Long pieces are rare, so that most are known for one language only:
// which makes this the sharpest of the detectors on one or two words.
//
// Source: the documentation of ELD-C 0.4.0 (nitotm, Apache-2.0), whose table this reads.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

/// Immutable once read; thread-safe. Takes 24 MB.
class NgramScorer {
 public:
  /// A file made by tools/make_eld_data.py. Invalid if it is damaged.
  static Result<NgramScorer> Read(const std::string& path);
  static Result<NgramScorer> Parse(std::string_view bytes);

  /// ISO 639-1, in the order of the scores.
  const std::vector<std::string>& codes() const { return codes_; }

  struct Counts {
    int64_t pieces = 0;  ///< Different ones in the text.
    int64_t known = 0;   ///< Of these, in the table.
  };

  /// Adds to `scores`, [codes], the logarithms of the table's numbers for each piece of `words`
  /// that it knows. (ELD adds up the numbers themselves, so that one telling piece outweighs ten
  /// common ones; the logarithms were right more often, above all on two words.) `words` is UTF-8
  /// with one space between words; a few hundred bytes are enough, and only the first 500
  /// different pieces count.
  Counts AddScores(std::string_view words, std::span<float> scores) const;

 private:
  struct Slot {
    uint32_t fingerprint = 0;  ///< 0: free.
    uint32_t content = 0;
  };

  std::vector<std::string> codes_;
  std::vector<Slot> slots_;
  std::vector<uint32_t> values_;
};

}  // namespace parley
