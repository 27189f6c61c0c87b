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
  auto finder = NameFinder::Create({});
  if (!finder) {
    finder.error().message +=
        "; without it no names are redacted, which must be said: --without-names, or enabled = "
        "false under [names]";
    return std::unexpected(std::move(finder.error()));
  }
  return std::make_shared<const ModelNames>(std::move(*finder));
}

}  // namespace parley
