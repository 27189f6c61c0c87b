#include "stages/moderation/text_judge.h"

#include <utility>

namespace parley {
namespace {

class ReaderJudge final : public TextJudge {
 public:
  explicit ReaderJudge(std::shared_ptr<const WindowReader> reader) : reader_(std::move(reader)) {}

  std::vector<TextPiece> Split(std::string_view text) const override {
    return reader_->model().tokenizer().Split(text);
  }
  std::vector<std::vector<float>> Judge(std::span<const Window> windows) const override {
    return reader_->JudgeTexts(windows);
  }
  const std::vector<std::string>& labels() const override { return reader_->model().text_labels(); }
  int max_pieces() const override { return reader_->model().max_pieces(); }

 private:
  std::shared_ptr<const WindowReader> reader_;
};

}  // namespace

Result<std::shared_ptr<const TextJudge>> OpenTextJudge(const std::string& folder) {
  std::shared_ptr<const WindowReader> reader = TRY(WindowReader::Open(folder));
  if (reader->model().text_labels().empty()) {
    return Invalid("has no head for moderation: it was made before there was one",
                   {.file = folder + "/weights.safetensors"});
  }
  return std::make_shared<const ReaderJudge>(std::move(reader));
}

}  // namespace parley
