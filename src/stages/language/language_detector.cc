// Idea. Each detector gives a number for each language; a language's score is a weighted sum of
// them and of a constant of its own, and its probability the share of its exponential among those
// of all languages of the script: a multinomial logistic regression, fitted on pairs of words and
// short sentences of 80 languages (bench/language_tune.py).

#include "stages/language/language_detector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "inference/fasttext_model.h"
#include "io/data_files.h"
#include "stages/language/cld2_scorer.h"
#include "stages/language/language_table.h"
#include "stages/language/ngram_scorer.h"
#include "stages/language/text_sample.h"
#include "text/language_names.h"

namespace parley {
namespace {

constexpr int64_t kSampleBytes = 240;
constexpr size_t kLid176Bytes = 90;  // Of the sample: more did not make answers better.
constexpr size_t kCld2Bytes = 120;

// Fitted by bench/language_tune.py, as the constants of language_table.cc.
constexpr double kLid176Weight = 0.387;
constexpr float kLid176Floor = -8;  // ln P: what is less likely is as unlikely.
constexpr double kNgramWeight = 0.963;
constexpr double kCld2Weight = 2.39;
constexpr double kSureLead = 4;  // More than CLD2 could take back.

constexpr double kFewestLetters = 3;
constexpr double kHighestConfidence = 0.9999;

/// Languages without n-grams of their own that are so near to others that the n-grams take the one
/// for the other: they share their score, and the other detectors decide.
struct Relative {
  std::string_view code;
  std::string_view near;
};
constexpr Relative kRelatives[] = {{"id", "ms"}, {"bs", "hr"}, {"nn", "no"}, {"mk", "bg"},
                                   {"mk", "sr"}, {"gl", "pt"}, {"gl", "es"}, {"af", "nl"}};

/// A letter of these says as much as several of an alphabet.
double WeightOf(Script script) {
  switch (script) {
    case Script::kHan:
      return 3;
    case Script::kKana:
    case Script::kHangul:
      return 2;
    default:
      return 1;
  }
}

Script MainScript(const TextSample& sample) {
  const auto& letters = sample.letters_by_script;
  int best = 0;
  for (int i = 1; i < kScriptCount - 1; ++i) {
    if (letters[i] * WeightOf(static_cast<Script>(i)) >
        letters[best] * WeightOf(static_cast<Script>(best))) {
      best = i;
    }
  }
  // Japanese mixes: a tenth of kana among the ideographs is enough to know it by.
  const int32_t han = letters[static_cast<int>(Script::kHan)];
  const int32_t kana = letters[static_cast<int>(Script::kKana)];
  if (static_cast<Script>(best) == Script::kHan && kana * 10 >= han && kana > 0) {
    return Script::kKana;
  }
  return static_cast<Script>(best);
}

/// Up to `size` bytes from the front, without a cut word or sign.
std::string_view FrontOf(std::string_view words, size_t size) {
  if (words.size() <= size) return words;
  size_t end = words.rfind(' ', size);
  if (end == std::string_view::npos || end < size / 2) {
    end = size;
    while (end > 0 && (words[end] & 0xC0) == 0x80) --end;
  }
  return words.substr(0, end);
}

/// All in capitals: fastText then knows few of the words.
bool IsShouted(std::string_view words) {
  int64_t upper = 0;
  int64_t lower = 0;
  for (const char byte : words) {
    upper += byte >= 'A' && byte <= 'Z';
    lower += byte >= 'a' && byte <= 'z';
  }
  return upper > 2 && lower * 4 < upper;
}

}  // namespace

struct LanguageDetector::Models {
  /// Where the detectors keep a language.
  struct Sources {
    double prior = 0;
    std::vector<int> labels;  ///< Of lid176.
    std::vector<int> ngrams;  ///< Its own place or its relatives' in the scores of the n-grams.
  };

  struct Candidate {
    int language = 0;  ///< Its place in the table.
    double lid176 = 0;
    double ngrams = 0;
    double cld2 = 0;
    double score = 0;
  };

  struct Judgement {
    Script script = Script::kOther;
    int64_t letters = 0;
    std::vector<Candidate> candidates;  ///< The languages of the script, the best one first.
  };

  static void LiftBest(std::vector<Candidate>& candidates);
  static double RunnerUp(const std::vector<Candidate>& candidates);

  FastTextModel lid176;
  NgramScorer ngrams;
  double min_confidence = 0;
  std::vector<Sources> sources;                                // [languages]
  std::vector<std::string> names;                              // [languages]
  std::array<std::vector<int>, kScriptCount> written_in = {};  // Languages by script.

  Judgement Judge(std::string_view text, bool ask_all) const;
  void ScoreByLid176(std::string_view words, std::vector<Candidate>& candidates) const;
  void ScoreByNgrams(std::string_view words, std::vector<Candidate>& candidates) const;
};

LanguageDetector::LanguageDetector(std::unique_ptr<const Models> models)
    : models_(std::move(models)) {}
LanguageDetector::~LanguageDetector() = default;
LanguageDetector::LanguageDetector(LanguageDetector&&) noexcept = default;
LanguageDetector& LanguageDetector::operator=(LanguageDetector&&) noexcept = default;

Result<LanguageDetector> LanguageDetector::Create(Options options) {
  if (!(options.min_confidence >= 0 && options.min_confidence <= 1)) {
    return Invalid("min_confidence must lie between 0 and 1");
  }
  const std::string lid176_path = TRY(FindDataFile("lid176/lid.176.ftz"));
  const std::string ngrams_path = TRY(FindDataFile("eld/ngrams.bin"));
  const std::vector<LanguageEntry>& table = LanguageTable();
  Models models{.lid176 = TRY(FastTextModel::Read(lid176_path)),
                .ngrams = TRY(NgramScorer::Read(ngrams_path)),
                .min_confidence = options.min_confidence,
                .sources = std::vector<Models::Sources>(table.size()),
                .names = {}};
  for (size_t label = 0; label < models.lid176.labels().size(); ++label) {
    const std::string& code = models.lid176.labels()[label];
    const auto add = [&](std::string_view known) {
      const int language = FindLanguage(known);
      if (language >= 0) models.sources[language].labels.push_back(static_cast<int>(label));
    };
    if (code == "sh") {  // Serbo-Croatian: any of the three.
      for (const std::string_view one : {"sr", "hr", "bs"}) add(one);
    } else {
      add(code);
    }
  }
  for (size_t i = 0; i < models.ngrams.codes().size(); ++i) {
    const std::string& code = models.ngrams.codes()[i];
    const auto add = [&](std::string_view known) {
      const int language = FindLanguage(known);
      if (language >= 0) models.sources[language].ngrams.push_back(static_cast<int>(i));
    };
    add(code);
    for (const Relative& relative : kRelatives) {
      if (relative.near == code) add(relative.code);
    }
  }
  for (size_t language = 0; language < table.size(); ++language) {
    models.sources[language].prior = table[language].prior;
    models.names.push_back(LanguageNameInEnglish(table[language].code));
    for (int script = 0; script < kScriptCount; ++script) {
      if (table[language].WrittenIn(static_cast<Script>(script))) {
        models.written_in[script].push_back(static_cast<int>(language));
      }
    }
  }
  return LanguageDetector(std::make_unique<const Models>(std::move(models)));
}

void LanguageDetector::Models::ScoreByLid176(std::string_view words,
                                             std::vector<Candidate>& candidates) const {
  std::string lowered;
  if (IsShouted(words)) {
    lowered = words;
    for (char& byte : lowered) {
      if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte + 32);
    }
    words = lowered;
  }
  std::vector<float> by_label(lid176.labels().size(), kLid176Floor);
  lid176.LogProbabilities(words, kLid176Floor, by_label);
  for (Candidate& candidate : candidates) {
    candidate.lid176 = kLid176Floor;
    for (const int label : sources[candidate.language].labels) {
      candidate.lid176 = std::max<double>(candidate.lid176, by_label[label]);
    }
  }
}

void LanguageDetector::Models::ScoreByNgrams(std::string_view words,
                                             std::vector<Candidate>& candidates) const {
  std::vector<float> by_code(ngrams.codes().size(), 0.0F);
  const NgramScorer::Counts counts = ngrams.AddScores(words, by_code);
  const auto pieces = static_cast<double>(std::max<int64_t>(counts.pieces, 1));
  for (Candidate& candidate : candidates) {
    for (const int code : sources[candidate.language].ngrams) {
      candidate.ngrams = std::max(candidate.ngrams, by_code[code] / pieces);
    }
  }
}

/// Swaps the best to the front. Of equals the earlier wins: the more common.
void LanguageDetector::Models::LiftBest(std::vector<Candidate>& candidates) {
  std::iter_swap(candidates.begin(), std::ranges::max_element(candidates, {}, &Candidate::score));
}

double LanguageDetector::Models::RunnerUp(const std::vector<Candidate>& candidates) {
  double score = -1e9;
  for (size_t i = 1; i < candidates.size(); ++i) score = std::max(score, candidates[i].score);
  return score;
}

LanguageDetector::Models::Judgement LanguageDetector::Models::Judge(std::string_view text,
                                                                    bool ask_all) const {
  const TextSample sample = SampleProse(text, {.budget_bytes = kSampleBytes});
  Judgement judgement{
      .script = MainScript(sample), .letters = sample.letter_count, .candidates = {}};
  if (sample.letter_count == 0) return judgement;
  std::vector<Candidate>& candidates = judgement.candidates;
  for (const int language : written_in[static_cast<int>(judgement.script)]) {
    candidates.push_back({.language = language});
  }
  if (candidates.size() < 2 && !ask_all) return judgement;

  ScoreByLid176(FrontOf(sample.words, kLid176Bytes), candidates);
  ScoreByNgrams(sample.words, candidates);
  for (Candidate& candidate : candidates) {
    candidate.score = sources[candidate.language].prior + kLid176Weight * candidate.lid176 +
                      kNgramWeight * candidate.ngrams;
  }
  LiftBest(candidates);
  if (!ask_all && candidates[0].score - RunnerUp(candidates) > kSureLead) return judgement;
  const Cld2Answer answer =
      AskCld2(FrontOf(sample.words, kCld2Bytes), {.html = false, .best_effort = true});
  const int language = FindLanguage(answer.code);
  for (Candidate& candidate : candidates) {
    if (candidate.language != language) continue;
    candidate.cld2 = answer.share;
    candidate.score += kCld2Weight * answer.share;
  }
  LiftBest(candidates);
  return judgement;
}

LanguageGuess LanguageDetector::Detect(std::string_view text) const {
  const Models::Judgement judgement = models_->Judge(text, false);
  if (judgement.candidates.empty()) return {};
  // Two letters of an alphabet are no word of any one language; two ideographs are.
  if (static_cast<double>(judgement.letters) * WeightOf(judgement.script) < kFewestLetters) {
    return {};
  }
  double others = 0;
  for (const Models::Candidate& candidate : judgement.candidates) {
    others += std::exp(candidate.score - judgement.candidates[0].score);
  }
  const double confidence = std::min(1 / others, kHighestConfidence);
  if (confidence < models_->min_confidence) return {};
  const int language = judgement.candidates[0].language;
  return {.code = std::string(LanguageTable()[language].code),
          .name = models_->names[language],
          .confidence = confidence};
}

std::vector<LanguageDetector::Evidence> LanguageDetector::Explain(std::string_view text,
                                                                  int count) const {
  Models::Judgement judgement = models_->Judge(text, true);
  std::ranges::stable_sort(judgement.candidates, std::ranges::greater{}, &Models::Candidate::score);
  std::vector<Evidence> evidence;
  for (const Models::Candidate& candidate : judgement.candidates) {
    if (static_cast<int>(evidence.size()) >= count) break;
    evidence.push_back({.code = std::string(LanguageTable()[candidate.language].code),
                        .score = candidate.score,
                        .lid176 = candidate.lid176,
                        .ngrams = candidate.ngrams,
                        .cld2 = candidate.cld2});
  }
  return evidence;
}

}  // namespace parley
