#include "stages/moderation/moderator.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

#include "inference/hashed_weights.h"
#include "io/data_files.h"
#include "io/digest.h"
#include "io/file.h"
#include "stages/moderation/age_cues.h"
#include "stages/moderation/calibration.h"
#include "stages/moderation/ngram_features.h"
#include "stages/moderation/passages.h"
#include "stages/moderation/text_judge.h"
#include "stages/names/stretches.h"

namespace parley {
namespace {

constexpr int64_t kPassageBytes = 480;  // About a window's pieces of English.
constexpr int64_t kOverlapPieces = 32;
constexpr int64_t kBatchWindows = 4096;  // Held at once, some 3 KB each.
constexpr size_t kVersionDigits = 8;

// A screened passage never scores as high as a tag.
constexpr double kBelowThreshold = 0.98;

// Sexual text says a little of "sexual/minors" even where no word of age is in it: our list does
// not know all of them. Below kSexualEnough none is looked for.
constexpr double kNoCue = 0.02;
constexpr double kSexualEnough = 0.02;

constexpr int kSexual = 7;
constexpr int kMinors = 8;
static_assert(kModerationCategories[kSexual] == "sexual");
static_assert(kModerationCategories[kMinors] == "sexual/minors");

using Scores = std::array<double, kModerationCategoryCount>;

struct AtomicCounts {
  std::atomic<int64_t> texts = 0;
  std::atomic<int64_t> bytes = 0;
  std::atomic<int64_t> passages = 0;
  std::atomic<int64_t> passages_screened = 0;
  std::atomic<int64_t> bytes_screened = 0;
  std::atomic<int64_t> windows = 0;
};

// What is known of a text so far.
struct Tally {
  Scores scores = {};
  double highest = -1;
  Passage place = {};
  JudgedBy judged_by = JudgedBy::kNothing;

  void Add(const Scores& passage_scores, Passage passage, JudgedBy by) {
    for (size_t i = 0; i < scores.size(); ++i) scores[i] = std::max(scores[i], passage_scores[i]);
    judged_by = std::max(judged_by, by);
    const double top = std::ranges::max(passage_scores);
    // Windows are read after all is screened, so the first of equal passages may come last.
    if (top > highest || (top == highest && passage.begin < place.begin)) {
      highest = top;
      place = passage;
    }
  }
};

// A window of a passage that the encoder is to read.
struct Reading {
  size_t text = 0;
  Passage passage = {};
  TextJudge::Window window = {};
};

Result<std::string> PathIn(const std::string& name, const std::string& file) {
  const std::string path = name + "/" + file;
  // A bare name is never looked for in the folder one happens to stand in.
  return name.contains('/') ? Result<std::string>(path) : FindDataFile(path);
}

// For each of the model's labels the category's place. Invalid unless they are the ten learned
// ones.
Result<std::vector<int>> CategoriesOf(const std::vector<std::string>& labels) {
  std::vector<int> places;
  for (const std::string& label : labels) {
    const auto found = std::ranges::find(kModerationCategories, label);
    const auto place = static_cast<int>(found - kModerationCategories.begin());
    if (found == kModerationCategories.end() || place == kMinors ||
        std::ranges::find(places, place) != places.end()) {
      return Invalid("a model of moderation with a label \"" + label + "\"");
    }
    places.push_back(place);
  }
  if (places.size() + 1 != kModerationCategories.size()) {
    return Invalid("a model of moderation without all ten categories");
  }
  return places;
}

}  // namespace

std::string_view NameOf(JudgedBy judged_by) {
  switch (judged_by) {
    case JudgedBy::kNothing:
      return "nothing";
    case JudgedBy::kScreen:
      return "screen";
    case JudgedBy::kEncoder:
      return "encoder";
  }
  return "nothing";
}

struct Moderator::State {
  State(const Options& moderator_options, std::shared_ptr<const TextJudge> moderator_judge,
        Calibration moderator_calibration, AgeCues moderator_cues)
      : options(moderator_options),
        judge(std::move(moderator_judge)),
        calibration(std::move(moderator_calibration)),
        cues(std::move(moderator_cues)) {
    for (size_t i = 0; i < thresholds.size(); ++i) {
      thresholds[i] = calibration.threshold(static_cast<int>(i));
    }
  }

  void AddMinors(std::string_view passage, Scores& scores) const;
  bool Screened(std::string_view passage, NgramFeatures& features, Scores& scores) const;
  void CutText(const ModerationText& text, size_t index, NgramFeatures& features, Tally& tally,
               std::vector<Reading>& readings);
  void AddWindows(std::string_view text, size_t index, Passage passage,
                  std::vector<Reading>& readings) const;
  void Read(std::span<const ModerationText> texts, std::vector<Reading>& readings,
            std::vector<Tally>& tallies);

  Options options;
  std::shared_ptr<const TextJudge> judge;
  std::vector<int> categories;  // Of the judge's labels.
  Calibration calibration;
  AgeCues cues;
  std::optional<HashedWeights> screen;
  std::vector<int> screen_categories;
  std::array<double, kModerationCategoryCount> thresholds = {};
  std::string version;
  AtomicCounts counts;
};

void Moderator::State::AddMinors(std::string_view passage, Scores& scores) const {
  const double sexual = scores[kSexual];
  const double strength = sexual < kSexualEnough ? 0 : cues.Strength(passage);
  scores[kMinors] = sexual * std::max(strength, kNoCue);
}

// Whether the screen lets the passage pass; then `scores` are its own.
bool Moderator::State::Screened(std::string_view passage, NgramFeatures& features,
                                Scores& scores) const {
  std::array<float, kModerationCategoryCount> log_odds = {};
  screen->LogOdds(features.Of(passage), std::span(log_odds).first(screen_categories.size()));
  for (size_t i = 0; i < screen_categories.size(); ++i) {
    if (log_odds[i] >= screen->cut()[i]) return false;
    scores[static_cast<size_t>(screen_categories[i])] = Logistic(static_cast<double>(log_odds[i]));
  }
  AddMinors(passage, scores);
  for (size_t i = 0; i < scores.size(); ++i) {
    scores[i] = std::min(scores[i], thresholds[i] * kBelowThreshold);
  }
  return true;
}

void Moderator::State::AddWindows(std::string_view text, size_t index, Passage passage,
                                  std::vector<Reading>& readings) const {
  const std::vector<TextPiece> pieces = judge->Split(text.substr(
      static_cast<size_t>(passage.begin), static_cast<size_t>(passage.end - passage.begin)));
  const int64_t most = judge->max_pieces();
  for (const StretchWindow& cut :
       CutWindows(static_cast<int64_t>(pieces.size()), most, std::min(kOverlapPieces, most / 4))) {
    readings.push_back(
        {.text = index,
         .passage = passage,
         .window = {.pieces = {pieces.begin() + cut.first, pieces.begin() + cut.last}}});
  }
}

void Moderator::State::CutText(const ModerationText& text, size_t index, NgramFeatures& features,
                               Tally& tally, std::vector<Reading>& readings) {
  const auto size = static_cast<int64_t>(text.text.size());
  ++counts.texts;
  counts.bytes += size;
  const bool screens = screen && size > options.unscreened_bytes;
  for (const Passage& passage : CutPassages(text.text, kPassageBytes)) {
    const int64_t passage_bytes = passage.end - passage.begin;
    const std::string_view words =
        text.text.substr(static_cast<size_t>(passage.begin), static_cast<size_t>(passage_bytes));
    ++counts.passages;
    Scores scores = {};
    if (screens && Screened(words, features, scores)) {
      ++counts.passages_screened;
      counts.bytes_screened += passage_bytes;
      tally.Add(scores, passage, JudgedBy::kScreen);
    } else {
      AddWindows(text.text, index, passage, readings);
    }
  }
}

void Moderator::State::Read(std::span<const ModerationText> texts, std::vector<Reading>& readings,
                            std::vector<Tally>& tallies) {
  std::vector<TextJudge::Window> windows;
  for (Reading& reading : readings) windows.push_back(std::move(reading.window));
  counts.windows += static_cast<int64_t>(windows.size());
  const std::vector<std::vector<float>> answers = judge->Judge(windows);
  for (size_t i = 0; i < readings.size(); ++i) {
    if (answers[i].empty()) continue;  // Nothing in it is a piece.
    Scores scores = {};
    for (size_t label = 0; label < categories.size(); ++label) {
      scores[static_cast<size_t>(categories[label])] =
          calibration.Score(categories[label], static_cast<double>(answers[i][label]));
    }
    const Passage& passage = readings[i].passage;
    AddMinors(texts[readings[i].text].text.substr(static_cast<size_t>(passage.begin),
                                                  static_cast<size_t>(passage.end - passage.begin)),
              scores);
    tallies[readings[i].text].Add(scores, passage, JudgedBy::kEncoder);
  }
  readings.clear();
}

Moderator::Moderator(std::unique_ptr<State> state) : state_(std::move(state)) {}
Moderator::Moderator(Moderator&&) noexcept = default;
Moderator& Moderator::operator=(Moderator&&) noexcept = default;
Moderator::~Moderator() = default;

Result<Moderator> Moderator::Create(const Options& options) {
  const std::string weights = TRY(PathIn(options.model, "weights.safetensors"));
  const std::string folder = weights.substr(0, weights.rfind('/'));
  std::shared_ptr<const TextJudge> judge = TRY(OpenTextJudge(folder));
  Moderator moderator = TRY(Create(options, std::move(judge)));
  std::string& version = moderator.state_->version;
  version += TRY(Sha256OfFile(weights));
  version += TRY(Sha256OfFile(folder + "/vocabulary.tsv"));
  version = "parley-moderation-" + Sha256Hex(version).substr(0, kVersionDigits);
  return moderator;
}

Result<Moderator> Moderator::Create(const Options& options,
                                    std::shared_ptr<const TextJudge> judge) {
  const std::string calibration_path = TRY(PathIn(options.folder, "calibration.tsv"));
  const std::string cues_path = TRY(PathIn(options.folder, "cues.txt"));
  auto state =
      std::make_unique<State>(options, std::move(judge), TRY(Calibration::Read(calibration_path)),
                              TRY(AgeCues::Read(cues_path)));
  state->categories = TRY(CategoriesOf(state->judge->labels()));
  state->version = TRY(Sha256OfFile(calibration_path)) + TRY(Sha256OfFile(cues_path));
  if (options.screen) {
    const std::string screen_path = TRY(PathIn(options.folder, "screen.safetensors"));
    state->screen = TRY(HashedWeights::Read(screen_path, kNgramFeatures, kNgramBucketBits));
    state->screen_categories = TRY(CategoriesOf(state->screen->labels()));
    state->version += TRY(Sha256OfFile(screen_path));
  }
  return Moderator(std::move(state));
}

std::vector<ModerationResult> Moderator::Judge(std::span<const ModerationText> texts) const {
  std::vector<Tally> tallies(texts.size());
  std::vector<Reading> readings;
  NgramFeatures features;
  for (size_t i = 0; i < texts.size(); ++i) {
    state_->CutText(texts[i], i, features, tallies[i], readings);
    if (static_cast<int64_t>(readings.size()) >= kBatchWindows) {
      state_->Read(texts, readings, tallies);
    }
  }
  state_->Read(texts, readings, tallies);
  std::vector<ModerationResult> results;
  results.reserve(texts.size());
  for (const Tally& tally : tallies) {
    results.push_back({.tags = state_->calibration.Tag(tally.scores),
                       .begin = tally.place.begin,
                       .end = tally.place.end,
                       .judged_by = tally.judged_by});
  }
  return results;
}

const std::string& Moderator::version() const { return state_->version; }

const std::array<double, kModerationCategoryCount>& Moderator::thresholds() const {
  return state_->thresholds;
}

ModerationCounts Moderator::counts() const {
  const AtomicCounts& counts = state_->counts;
  return {.texts = counts.texts,
          .bytes = counts.bytes,
          .passages = counts.passages,
          .passages_screened = counts.passages_screened,
          .bytes_screened = counts.bytes_screened,
          .windows = counts.windows};
}

}  // namespace parley
