#include "stages/redact/model_names.h"

#include <utility>

namespace parley {
namespace {

class ModelNames final : public NameSource {
 public:
  explicit ModelNames(NameFinder finder) : finder_(std::move(finder)) {}

  std::vector<std::vector<NameMention>> Find(std::span<const NameText> texts) const override {
    return finder_.Find(texts);
  }

 private:
  NameFinder finder_;
};

}  // namespace

Result<std::shared_ptr<const NameSource>> OpenNameModel() {
  return std::make_shared<const ModelNames>(TRY(NameFinder::Create({})));
}

}  // namespace parley
