// Tags texts with the eleven categories of OpenAI's moderation, without asking anybody.
//
// A text is cut into passages of whole sentences. A screen of hashed n-grams (ngram_screen.h) reads
// all of them and lets most that are harmless pass with its own low scores; the encoder that looks
// for names reads the rest, and whole texts that are short. Of each category the highest score of
// any passage counts. "sexual/minors" has no model: it is the sexual score together with words of
// age in the same passage (age_cues.h).

#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/conversation.h"
#include "parley/status.h"

namespace parley {

class TextJudge;

/// What to judge.
struct ModerationText {
  std::string_view text = {};      ///< Valid UTF-8.
  std::string_view language = {};  ///< ISO 639-1 ("en"), or empty where it is not known.
  Role role = Role::kUser;
};

enum class JudgedBy : uint8_t {
  kNothing,  ///< There was nothing to read: the text is empty or white space.
  kScreen,   ///< The screen let every passage pass.
  kEncoder,  ///< The encoder read at least one passage.
};

/// "nothing", "screen" or "encoder".
std::string_view NameOf(JudgedBy judged_by);

struct ModerationResult {
  Moderation tags = {};  ///< Scores of 0 to 1 with four significant digits.
  /// The passage with the highest score of all, half-open, in bytes of the text.
  int64_t begin = 0;
  int64_t end = 0;
  JudgedBy judged_by = JudgedBy::kNothing;
};

/// What each step did, since the moderator was made.
struct ModerationCounts {
  int64_t texts = 0;
  int64_t bytes = 0;
  int64_t passages = 0;
  int64_t passages_screened = 0;  ///< Let pass unread.
  int64_t bytes_screened = 0;
  int64_t windows = 0;  ///< Given to the encoder, which may know them from before.
};

/// Immutable once made; thread-safe; deterministic: what is said of a text depends on that text
/// alone.
class Moderator {
 public:
  struct Options {
    std::string model = "encoder";      ///< A folder, or the name of a data folder.
    std::string folder = "moderation";  ///< The same, for calibration, screen and words of age.
    bool screen = true;                 ///< Off: the encoder reads everything.
    /// A text of no more bytes is read whatever the screen would say.
    int64_t unscreened_bytes = 300;
  };

  /// NotFound or Invalid, naming the file, where one is missing, damaged or of another version, or
  /// where the model has no head for moderation.
  static Result<Moderator> Create(const Options& options);

  /// The same with a model of the caller's own, which tests use.
  static Result<Moderator> Create(const Options& options, std::shared_ptr<const TextJudge> judge);

  Moderator(Moderator&&) noexcept;
  Moderator& operator=(Moderator&&) noexcept;
  ~Moderator();

  /// The tags of each text. Many texts in one call are judged faster than one by one. Takes time
  /// linear in the bytes. On the calling thread alone.
  std::vector<ModerationResult> Judge(std::span<const ModerationText> texts) const;

  /// Which model judges: "parley-moderation-" and eight digits that follow from all its files.
  const std::string& version() const;

  /// A text is tagged with a category if its score is this or more. In the order of
  /// `kModerationCategories`.
  const std::array<double, kModerationCategoryCount>& thresholds() const;

  ModerationCounts counts() const;

 private:
  struct State;
  explicit Moderator(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace parley
