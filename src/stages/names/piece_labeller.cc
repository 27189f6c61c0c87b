#include "stages/names/piece_labeller.h"

#include <utility>

namespace parley {
namespace {

class ClassifierLabeller final : public PieceLabeller {
 public:
  explicit ClassifierLabeller(TokenClassifier classifier) : classifier_(std::move(classifier)) {}

  std::vector<TextPiece> Split(std::string_view text) const override {
    return classifier_.tokenizer().Split(text);
  }
  std::vector<std::vector<float>> Score(std::span<const Window> windows) const override {
    return classifier_.Score(windows);
  }
  const std::vector<std::string>& labels() const override { return classifier_.labels(); }
  int max_pieces() const override { return classifier_.max_pieces(); }

 private:
  TokenClassifier classifier_;
};

}  // namespace

Result<std::shared_ptr<const PieceLabeller>> OpenPieceLabeller(const std::string& folder) {
  TokenClassifier classifier = TRY(TokenClassifier::Open(folder));
  return std::make_shared<const ClassifierLabeller>(std::move(classifier));
}

}  // namespace parley
