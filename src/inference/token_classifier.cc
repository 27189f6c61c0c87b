#include "inference/token_classifier.h"

#include <fmt/format.h>

#include <utility>

#include "io/digest.h"
#include "io/file.h"

namespace parley {
namespace {

constexpr std::string_view kForm = "1";

// Rows of a batch, unless one window has more: enough for whole blocks of products.
constexpr int64_t kBatchRows = 512;

std::vector<std::string> SplitAtSpaces(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

Status CheckForm(const SafeTensors& tensors) {
  const std::string form = TRY(tensors.Metadata("form"));
  if (form == kForm) return {};
  return Invalid(
      fmt::format("is a model of form \"{}\", and this program reads form \"{}\"", form, kForm),
      {.file = tensors.path()});
}

}  // namespace

Result<TokenClassifier> TokenClassifier::Open(const std::string& folder, Options options) {
  const SafeTensors tensors = TRY(SafeTensors::Read(folder + "/weights.safetensors"));
  TRY(CheckForm(tensors));
  const std::string vocabulary_path = folder + "/vocabulary.tsv";
  const std::string vocabulary = TRY(ReadWholeFile(vocabulary_path));
  if (Sha256Hex(vocabulary) != TRY(tensors.Metadata("vocabulary_sha256"))) {
    return Invalid("is cut or damaged, or is not the vocabulary that the weights were made with",
                   {.file = vocabulary_path});
  }
  TokenClassifier model(TRY(UnigramTokenizer::Parse(vocabulary, vocabulary_path)),
                        TRY(Encoder::Read(tensors, options.instruction_set)));
  const auto invalid = [&](std::string message) {
    return Invalid(std::move(message), {.file = tensors.path()});
  };
  if (model.tokenizer_.piece_count() != model.encoder_.piece_count()) {
    return invalid("has embeddings for more or fewer pieces than the vocabulary has");
  }
  model.max_pieces_ =
      static_cast<int>(TRY(tensors.MetadataNumber("max_pieces", 1, model.encoder_.max_rows() - 2)));
  // A head other than the first may name its own labels.
  auto labels = tensors.Metadata("labels." + options.head);
  if (!labels) labels = tensors.Metadata("labels");
  model.labels_ = SplitAtSpaces(TRY(std::move(labels)));
  const auto label_count = std::ssize(model.labels_);
  if (label_count < 1 || label_count > 1024) return invalid("names no 1 to 1,024 labels");
  const std::string head = "heads." + options.head;
  model.head_weights_ =
      TRY(tensors.Floats(head + ".weight", {label_count, model.encoder_.hidden()}));
  model.head_bias_ = TRY(tensors.Floats(head + ".bias", {label_count}));
  return model;
}

std::vector<std::vector<float>> TokenClassifier::Score(std::span<const Window> windows) const {
  Encoder::Workspace work;
  std::vector<std::vector<float>> scores;
  scores.reserve(windows.size());
  while (!windows.empty()) {
    size_t count = 0;
    int64_t rows = 0;
    do {
      rows += std::ssize(windows[count].pieces) + 2;
      ++count;
    } while (count < windows.size() && rows + std::ssize(windows[count].pieces) + 2 <= kBatchRows);
    ScoreBatch(windows.first(count), work, scores);
    windows = windows.subspan(count);
  }
  return scores;
}

void TokenClassifier::ScoreBatch(std::span<const Window> windows, Encoder::Workspace& work,
                                 std::vector<std::vector<float>>& scores) const {
  std::vector<int32_t> ids;
  std::vector<int64_t> row_counts;
  for (const Window& window : windows) {
    if (window.pieces.empty()) continue;
    Check(std::ssize(window.pieces) <= max_pieces_, "a window of more pieces than the model takes");
    ids.push_back(UnigramTokenizer::kBegin);
    for (const TextPiece& piece : window.pieces) ids.push_back(piece.id);
    ids.push_back(UnigramTokenizer::kEnd);
    row_counts.push_back(std::ssize(window.pieces) + 2);
  }
  const std::span<const float> rows = encoder_.Encode(ids, row_counts, work);
  const auto label_count = std::ssize(labels_);
  const float* row = rows.data();
  for (const Window& window : windows) {
    std::vector<float>& out = scores.emplace_back(window.pieces.size() * label_count);
    if (window.pieces.empty()) continue;
    for (size_t i = 0; i < window.pieces.size(); ++i) {
      row += encoder_.hidden();
      encoder_.kernels().classify(row, head_weights_.data(), head_bias_.data(), encoder_.hidden(),
                                  label_count, &out[i * label_count]);
    }
    row += 2 * encoder_.hidden();
  }
}

}  // namespace parley
