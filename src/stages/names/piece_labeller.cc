#include "stages/names/piece_labeller.h"

#include <utility>

#include "inference/window_reader.h"

namespace parley {
namespace {

class ReaderLabeller final : public PieceLabeller {
 public:
  explicit ReaderLabeller(std::shared_ptr<const WindowReader> reader)
      : reader_(std::move(reader)) {}

  std::vector<TextPiece> Split(std::string_view text) const override {
    return reader_->model().tokenizer().Split(text);
  }
  std::vector<std::vector<float>> Score(std::span<const Window> windows) const override {
    return reader_->ScorePieces(windows);
  }
  const std::vector<std::string>& labels() const override { return reader_->model().labels(); }
  int max_pieces() const override { return reader_->model().max_pieces(); }

 private:
  std::shared_ptr<const WindowReader> reader_;
};

}  // namespace

Result<std::shared_ptr<const PieceLabeller>> OpenPieceLabeller(const std::string& folder) {
  return std::make_shared<const ReaderLabeller>(TRY(WindowReader::Open(folder)));
}

}  // namespace parley
