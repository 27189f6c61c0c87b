// Tells which language a message is in, or that it cannot be told.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

struct LanguageGuess {
  std::string code = "und";      ///< ISO 639-1 where there is one, else 639-3; "und": not told.
  std::string name = "unknown";  ///< In English: "German"; "unknown" with "und".
  double confidence = 0;         ///< 0 to 1: the share of such answers that is right; 0: "und".
};

/// Judges by three detectors at once: fastText's lid.176, ELD's n-grams, and CLD2 where the two are
/// not of one mind. Scripts rule languages out, rare languages need more evidence than common ones,
/// and what is too little to tell gets "und", as do code, markup, logs, tables, addresses, numbers.
///
/// Codes: Norwegian is "no", except "nn" for what is clearly Nynorsk; Chinese "zh" in either
/// script, Cantonese "yue"; Filipino "tl"; Serbian, Croatian and Bosnian "sr", "hr", "bs" (one
/// language to a detector: the script decides for "sr", and in Latin letters mostly "hr" wins);
/// Indonesian "id" and Malay "ms"; Sorani and Kurmanji "ku". docs/quality.md has the measured
/// figures.
///
/// Deterministic and thread-safe. Takes about 35 MB, and 10 to 20 microseconds a message.
class LanguageDetector {
 public:
  struct Options {
    /// Answers below it become "und". 0 answers wherever there are letters of a known script.
    double min_confidence = 0.65;
  };

  /// NotFound or Invalid if a model's file is not there or damaged. InvalidArgument if the option
  /// is outside 0 to 1.
  static Result<LanguageDetector> Create(Options options);
  static Result<LanguageDetector> Create() { return Create(Options{}); }

  ~LanguageDetector();
  LanguageDetector(LanguageDetector&&) noexcept;
  LanguageDetector& operator=(LanguageDetector&&) noexcept;

  /// The language of `text`, which may hold anything. Long texts are judged by samples.
  LanguageGuess Detect(std::string_view text) const;

  /// What the detectors said of one language, for tuning and for looking closer.
  struct Evidence {
    std::string code;
    double score = 0;   ///< Of the blend: ln of its probability, but for a constant.
    double lid176 = 0;  ///< ln P by lid.176, at least -8.
    double ngrams = 0;  ///< ELD's mean logarithm a piece, 0 to about 11.
    double cld2 = 0;    ///< Share of the text that CLD2 gives it, if it is CLD2's first.
  };
  /// The likeliest languages, at most `count`, best first, with all three detectors asked; empty if
  /// the text has no letters of a known script.
  std::vector<Evidence> Explain(std::string_view text, int count) const;

 private:
  struct Models;
  explicit LanguageDetector(std::unique_ptr<const Models> models);
  std::unique_ptr<const Models> models_;
};

}  // namespace parley
