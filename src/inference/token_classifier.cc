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
  model.head_ = TRY(model.ReadHead(tensors, options.head, model.labels_));
  TRY(model.OpenTextHead(tensors, options.text_head));
  return model;
}

Status TokenClassifier::OpenTextHead(const SafeTensors& tensors, const std::string& name) {
  const auto labels = tensors.Metadata("labels." + name);
  if (!labels) return {};
  text_labels_ = SplitAtSpaces(*labels);
  text_head_ = TRY(ReadHead(tensors, name, text_labels_));
  return {};
}

Result<TokenClassifier::Head> TokenClassifier::ReadHead(
    const SafeTensors& tensors, const std::string& name,
    const std::vector<std::string>& labels) const {
  const auto count = std::ssize(labels);
  if (count < 1 || count > 1024) {
    return Invalid("names no 1 to 1,024 labels of head " + name, {.file = tensors.path()});
  }
  const std::string head = "heads." + name;
  return Head{.weights = TRY(tensors.Floats(head + ".weight", {count, encoder_.hidden()})),
              .bias = TRY(tensors.Floats(head + ".bias", {count}))};
}

std::vector<TokenClassifier::Reading> TokenClassifier::Read(std::span<const Window> windows) const {
  Encoder::Workspace work;
  std::vector<Reading> readings;
  readings.reserve(windows.size());
  while (!windows.empty()) {
    size_t count = 0;
    int64_t rows = 0;
    do {
      rows += std::ssize(windows[count].pieces) + 2;
      ++count;
    } while (count < windows.size() && rows + std::ssize(windows[count].pieces) + 2 <= kBatchRows);
    ReadBatch(windows.first(count), work, readings);
    windows = windows.subspan(count);
  }
  return readings;
}

std::vector<std::vector<float>> TokenClassifier::Score(std::span<const Window> windows) const {
  std::vector<std::vector<float>> scores;
  scores.reserve(windows.size());
  for (Reading& reading : Read(windows)) scores.push_back(std::move(reading.pieces));
  return scores;
}

void TokenClassifier::ReadBatch(std::span<const Window> windows, Encoder::Workspace& work,
                                std::vector<Reading>& readings) const {
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
  const int64_t hidden = encoder_.hidden();
  const auto label_count = std::ssize(labels_);
  const auto text_label_count = std::ssize(text_labels_);
  std::vector<float> mean(hidden);
  const float* row = rows.data();
  for (const Window& window : windows) {
    Reading& reading = readings.emplace_back();
    const auto piece_count = std::ssize(window.pieces);
    if (piece_count == 0) continue;
    reading.pieces.resize(piece_count * label_count);
    for (int64_t i = 0; i < piece_count; ++i) {
      encoder_.kernels().classify(row + (i + 1) * hidden, head_.weights.data(), head_.bias.data(),
                                  hidden, label_count, &reading.pieces[i * label_count]);
    }
    reading.text.resize(text_label_count);
    if (text_label_count > 0) {
      encoder_.kernels().score_mean(row, piece_count + 2, text_head_.weights.data(),
                                    text_head_.bias.data(), hidden, text_label_count, mean.data(),
                                    reading.text.data());
    }
    row += (piece_count + 2) * hidden;
  }
}

}  // namespace parley
