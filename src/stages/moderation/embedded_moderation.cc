#include <utility>

#include "stages/moderation/moderation_source.h"

namespace parley {
namespace {

class EmbeddedModeration final : public ModerationSource {
 public:
  explicit EmbeddedModeration(Moderator moderator) : moderator_(std::move(moderator)) {}

  Result<std::vector<ModerationAnswer>> Judge(
      std::span<const ModerationText> texts) const override {
    std::vector<ModerationAnswer> answers;
    answers.reserve(texts.size());
    for (const ModerationResult& result : moderator_.Judge(texts)) {
      answers.push_back({.tags = result.tags,
                         .note = {.by = "embedded",
                                  .version = moderator_.version(),
                                  .begin = result.begin,
                                  .end = result.end,
                                  .screened = result.judged_by == JudgedBy::kScreen}});
    }
    return answers;
  }

  std::string version() const override { return moderator_.version(); }

 private:
  Moderator moderator_;
};

}  // namespace

Result<std::shared_ptr<const ModerationSource>> OpenEmbeddedModeration() {
  return std::make_shared<const EmbeddedModeration>(TRY(Moderator::Create({})));
}

}  // namespace parley
