// Whether a passage speaks of somebody under 18, by a list of words of age (models/moderation).

#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

/// Immutable once read; thread-safe.
class AgeCues {
 public:
  /// Sections "[en]", and under them a weight of 0 to 1, white space, and words: "0.9 # year old".
  /// "#" stands for a number from 1 to 17, "child*" for a word that begins so. Languages are for
  /// the reader alone: each text is searched for all. Invalid, with the line, if it is something
  /// else.
  static Result<AgeCues> Read(const std::string& path);
  static Result<AgeCues> Parse(std::string_view text, const std::string& path);

  /// 0 to 1: one minus the product of what the weights of the different cues in `text`, valid
  /// UTF-8, leave. Case, accents, hyphens and punctuation do not matter. O(words x cues that begin
  /// with an open word).
  double Strength(std::string_view text) const;

  int64_t size() const { return static_cast<int64_t>(cues_.size()); }

 private:
  struct Token {
    std::u32string letters = {};
    bool open = false;    // Begins so.
    bool number = false;  // 1 to 17.
    bool Matches(const std::u32string& word) const;
  };
  struct Cue {
    double weight = 0;
    std::vector<Token> tokens = {};
  };

  Status AddLine(std::string_view line);
  bool StandsAt(const Cue& cue, std::span<const std::u32string> words) const;

  std::vector<Cue> cues_;
  std::map<std::u32string, std::vector<size_t>, std::less<>> by_first_;  // Cues with a plain first.
  std::vector<size_t> open_first_;                                       // The others.
};

}  // namespace parley
