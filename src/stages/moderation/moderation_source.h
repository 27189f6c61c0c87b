// Where a run gets its moderation tags from: the embedded model, an endpoint, or nobody.

#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/conversation.h"
#include "parley/status.h"
#include "stages/annotations.h"
#include "stages/moderation/moderator.h"

namespace parley {

/// A text's tags and how they came about; without tags, why there are none.
struct ModerationAnswer {
  std::optional<Moderation> tags = {};
  ModerationNote note = {};
};

/// Judges texts. Thread-safe.
class ModerationSource {
 public:
  virtual ~ModerationSource() = default;

  /// One answer a text, in order. What cannot be judged has no tags and a reason: never false ones.
  /// Fails only where going on makes no sense, as with a key that is refused.
  virtual Result<std::vector<ModerationAnswer>> Judge(
      std::span<const ModerationText> texts) const = 0;

  /// Where answers that were dear to get are kept for a run that goes on; to be said once, before
  /// the first text. Does nothing for a source that gives the same answer at any time.
  virtual Status KeepAnswersIn(const std::string& folder) const {
    static_cast<void>(folder);
    return {};
  }

  /// Who judges and with which model: goes into the manifest.
  virtual std::string version() const = 0;
};

/// The model that ships with the program. NotFound or Invalid as of `Moderator::Create`.
Result<std::shared_ptr<const ModerationSource>> OpenEmbeddedModeration();

/// The backend of a recipe that says nothing of it.
inline constexpr std::string_view kModerationByDefault = "embedded";

/// Moderation as a step of a recipe.
struct ModerationStep {
  std::string backend = {};  ///< "embedded", "endpoint", "carry" or "none".
  bool carry = true;         ///< Tags of the source stay, and only the rest is judged.
  std::shared_ptr<const ModerationSource> source = nullptr;  ///< Null for "carry" and "none".
};

}  // namespace parley
