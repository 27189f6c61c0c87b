// Idea. Each detector gives a number for each language; a language's score is a weighted sum of
// them and of a constant for its rarity. The weights were fitted on words, pairs of words and short
// sentences of 60 languages (bench/language_tune.py), and so was the curve that turns the lead of
// the first language over the second into a probability of being right.

#include "stages/language/language_detector.h"

#include <algorithm>
#include <cmath>
#include <limits>
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

constexpr int64_t kSampleBytes = 400;
constexpr size_t kLid176Bytes = 240;  // Of the sample: more changes no answer.
constexpr size_t kCld2Bytes = 240;
constexpr size_t kSureBytes = 60;  // Above it CLD2 is asked only where the others differ.

// Fitted by bench/language_tune.py.
constexpr double kLid176Weight = 0.6;
constexpr double kLid176Floor = -9;  // ln P: what is less likely is as unlikely.
constexpr double kNgramWeight = 0.45;
constexpr double kUnknownNgram = 5.5;  // ln of the sum taken for a language that ELD has not.
constexpr double kCld2Weight = 1.6;
constexpr double kRarityCost[] = {0, 2.0, 4.0};
constexpr double kLeadWeight = 1.1;
constexpr double kLengthWeight = 0.35;
constexpr double kConfidenceOffset = -1.0;

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
  FastTextModel lid176;
  NgramScorer ngrams;
  double min_confidence = 0;
  std::vector<int> language_of_label;          // [labels of lid176], -1: none of ours.
  std::vector<int> language_of_ngrams;         // [codes of ngrams]
  std::vector<bool> has_ngrams;                // [languages]
  std::vector<std::string> names;              // [languages]
  std::vector<std::pair<int, int>> relatives;  // Without n-grams, and with.
  std::vector<int> serbo_croatian;             // The languages that lid176's "sh" stands for.

  struct Judgement {
    Script script = Script::kOther;
    int64_t letters = 0;
    int64_t known_pieces = 0;
    std::vector<Evidence> evidence;  // Of the languages of the script, best first; code empty.
    std::vector<int> languages;      // Their places in the table, in the same order.
  };

  Judgement Judge(std::string_view text) const;
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
  Models models{.lid176 = TRY(FastTextModel::Read(lid176_path)),
                .ngrams = TRY(NgramScorer::Read(ngrams_path)),
                .min_confidence = options.min_confidence,
                .language_of_label = {},
                .language_of_ngrams = {},
                .has_ngrams = std::vector<bool>(LanguageTable().size()),
                .names = {},
                .relatives = {},
                .serbo_croatian = {}};
  for (const std::string& label : models.lid176.labels()) {
    models.language_of_label.push_back(FindLanguage(label));
  }
  for (const std::string& code : models.ngrams.codes()) {
    const int language = FindLanguage(code);
    models.language_of_ngrams.push_back(language);
    if (language >= 0) models.has_ngrams[language] = true;
  }
  for (const LanguageEntry& entry : LanguageTable()) {
    models.names.push_back(LanguageNameInEnglish(entry.code));
  }
  for (const Relative& relative : kRelatives) {
    models.relatives.emplace_back(FindLanguage(relative.code), FindLanguage(relative.near));
  }
  for (const std::string_view code : {"sr", "hr", "bs"}) {
    models.serbo_croatian.push_back(FindLanguage(code));
  }
  return LanguageDetector(std::make_unique<const Models>(std::move(models)));
}

LanguageDetector::Models::Judgement LanguageDetector::Models::Judge(std::string_view text) const {
  const TextSample sample = SampleProse(text, {.budget_bytes = kSampleBytes});
  Judgement judgement{.script = MainScript(sample),
                      .letters = sample.letter_count,
                      .evidence = {},
                      .languages = {}};
  if (sample.letter_count == 0) return judgement;
  const std::vector<LanguageEntry>& table = LanguageTable();

  std::vector<double> lid176_scores(table.size(), kLid176Floor);
  std::string lowered;
  std::string_view front = FrontOf(sample.words, kLid176Bytes);
  if (IsShouted(front)) {
    lowered = front;
    for (char& byte : lowered)
      byte = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte;
    front = lowered;
  }
  std::vector<float> by_label(lid176.labels().size());
  if (lid176.LogProbabilities(front, by_label)) {
    for (size_t label = 0; label < by_label.size(); ++label) {
      const auto raise = [&](int language) {
        if (language < 0) return;
        lid176_scores[language] = std::max<double>(lid176_scores[language], by_label[label]);
      };
      raise(language_of_label[label]);
      if (lid176.labels()[label] == "sh") std::ranges::for_each(serbo_croatian, raise);
    }
  }

  std::vector<float> by_code(ngrams.codes().size(), 1.0F);
  const NgramScorer::Counts counts = ngrams.AddScores(sample.words, by_code);
  judgement.known_pieces = counts.known;
  std::vector<double> ngram_scores(table.size(), 0);
  for (size_t i = 0; i < by_code.size(); ++i) {
    if (language_of_ngrams[i] >= 0) ngram_scores[language_of_ngrams[i]] = std::log(by_code[i]);
  }
  for (size_t language = 0; language < table.size(); ++language) {
    if (!has_ngrams[language]) ngram_scores[language] = kUnknownNgram;
  }
  for (const auto& [language, near] : relatives) {
    ngram_scores[language] = std::max(ngram_scores[language], ngram_scores[near]);
  }

  const auto score_of = [&](int language, double cld2) {
    return kLid176Weight * lid176_scores[language] + kNgramWeight * ngram_scores[language] +
           kCld2Weight * cld2 - kRarityCost[static_cast<int>(table[language].rarity)];
  };
  int cld2_language = -1;
  double cld2_share = 0;
  int best_lid176 = -1;
  int best_ngrams = -1;
  for (int language = 0; language < static_cast<int>(table.size()); ++language) {
    if (!table[language].WrittenIn(judgement.script)) continue;
    judgement.languages.push_back(language);
    if (best_lid176 < 0 || lid176_scores[language] > lid176_scores[best_lid176]) {
      best_lid176 = language;
    }
    if (best_ngrams < 0 || ngram_scores[language] > ngram_scores[best_ngrams]) {
      best_ngrams = language;
    }
  }
  if (judgement.languages.size() > 1 &&
      (best_lid176 != best_ngrams || sample.words.size() < kSureBytes)) {
    const Cld2Answer answer =
        AskCld2(FrontOf(sample.words, kCld2Bytes), {.html = false, .best_effort = true});
    cld2_language = FindLanguage(answer.code);
    cld2_share = answer.share;
  }
  for (const int language : judgement.languages) {
    const double cld2 = language == cld2_language ? cld2_share : 0;
    judgement.evidence.push_back({.code = {},
                                  .score = score_of(language, cld2),
                                  .lid176 = lid176_scores[language],
                                  .ngrams = ngram_scores[language],
                                  .cld2 = cld2});
  }
  // Ties go to the earlier in the table: the more common.
  std::vector<size_t> order(judgement.languages.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](size_t i) { return judgement.evidence[i].score; });
  Judgement sorted = judgement;
  for (size_t i = 0; i < order.size(); ++i) {
    sorted.evidence[i] = judgement.evidence[order[i]];
    sorted.languages[i] = judgement.languages[order[i]];
  }
  return sorted;
}

LanguageGuess LanguageDetector::Detect(std::string_view text) const {
  const Models::Judgement judgement = models_->Judge(text);
  if (judgement.languages.empty()) return {};
  const double strength = static_cast<double>(judgement.letters) * WeightOf(judgement.script);
  if (strength < 3) return {};
  double confidence = 0.99;
  if (judgement.languages.size() > 1) {
    const double lead = judgement.evidence[0].score - judgement.evidence[1].score;
    const double logit =
        kConfidenceOffset + kLeadWeight * lead + kLengthWeight * std::log(strength);
    confidence = 1 / (1 + std::exp(-logit));
  }
  if (confidence < models_->min_confidence) return {};
  const int language = judgement.languages[0];
  return {.code = std::string(LanguageTable()[language].code),
          .name = models_->names[language],
          .confidence = confidence};
}

std::vector<LanguageDetector::Evidence> LanguageDetector::Explain(std::string_view text,
                                                                  int count) const {
  Models::Judgement judgement = models_->Judge(text);
  for (size_t i = 0; i < judgement.evidence.size(); ++i) {
    judgement.evidence[i].code = LanguageTable()[judgement.languages[i]].code;
  }
  if (count < static_cast<int>(judgement.evidence.size()))
    judgement.evidence.resize(std::max(count, 0));
  return judgement.evidence;
}

}  // namespace parley
