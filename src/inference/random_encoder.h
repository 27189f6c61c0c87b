// For tests and benchmarks: an encoder of any size with random weights, in the form of the real
// one, and windows of random pieces for it.

#pragma once

#include <cmath>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "inference/token_classifier.h"
#include "io/digest.h"
#include "io/file.h"
#include "text/json.h"

namespace parley {

struct EncoderShape {
  int layers = 2;
  int attention_heads = 4;
  int hidden = 128;
  int ffn = 256;
  int pieces = 300;
  int max_pieces = 126;
  bool text_head = true;  ///< With the moderation head.
};

inline constexpr std::string_view kTextLabels =
    "harassment harassment/threatening hate hate/threatening self-harm self-harm/instructions "
    "self-harm/intent sexual violence violence/graphic";
inline constexpr int64_t kTextLabelCount = 10;

/// Tensors put together as a safetensors file has them.
class TensorFileMaker {
 public:
  void AddMetadata(std::string key, std::string value) {
    metadata_.emplace_back(std::move(key), std::move(value));
  }
  void AddBytes(std::string name, std::string type, std::vector<int64_t> shape,
                std::string_view bytes) {
    const auto begin = static_cast<int64_t>(data_.size());
    data_ += bytes;
    tensors_.push_back({std::move(name), std::move(type), std::move(shape), begin,
                        static_cast<int64_t>(data_.size())});
  }
  void AddFloats(std::string name, std::vector<int64_t> shape, const std::vector<float>& values) {
    AddBytes(std::move(name), "F32", std::move(shape),
             {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)});
  }
  std::string Finish() const {
    JsonWriter json;
    json.BeginObject().Key("__metadata__").BeginObject();
    for (const auto& [key, value] : metadata_) json.Key(key).String(value);
    json.End();
    for (const Entry& entry : tensors_) {
      json.Key(entry.name).BeginObject().Key("dtype").String(entry.type).Key("shape").BeginArray();
      for (const int64_t size : entry.shape) json.Int(size);
      json.End().Key("data_offsets").BeginArray().Int(entry.begin).Int(entry.end).End().End();
    }
    json.End();
    const uint64_t length = json.text().size();
    std::string file(sizeof(length), '\0');
    std::memcpy(file.data(), &length, sizeof(length));
    return file + json.text() + data_;
  }

 private:
  struct Entry {
    std::string name;
    std::string type;
    std::vector<int64_t> shape;
    int64_t begin = 0;
    int64_t end = 0;
  };
  std::vector<std::pair<std::string, std::string>> metadata_;
  std::vector<Entry> tensors_;
  std::string data_;
};

/// Writes such a model into `folder`, which is there.
class RandomEncoder {
 public:
  RandomEncoder(EncoderShape shape, uint64_t seed) : shape_(shape), random_(seed) {}

  Status Write(const std::string& folder) {
    const std::string vocabulary = Vocabulary();
    for (const auto& [key, value] : {std::pair{"layers", shape_.layers},
                                     {"attention_heads", shape_.attention_heads},
                                     {"hidden", shape_.hidden},
                                     {"max_pieces", shape_.max_pieces}}) {
      file_.AddMetadata(key, std::to_string(value));
    }
    file_.AddMetadata("form", "1");
    file_.AddMetadata("labels", "O B-PER I-PER B-OTHER I-OTHER");
    if (shape_.text_head) file_.AddMetadata("labels.moderation", std::string(kTextLabels));
    file_.AddMetadata("norm_epsilon", "1e-12");
    file_.AddMetadata("vocabulary_sha256", Sha256Hex(vocabulary));
    AddTensors();
    TRY(WriteWholeFile(folder + "/vocabulary.tsv", vocabulary));
    return WriteWholeFile(folder + "/weights.safetensors", file_.Finish());
  }

 private:
  std::string Vocabulary() const {
    std::string lines = "<s>\t0\n</s>\t0\n<unk>\t0\n<n>\t0\n";
    for (int i = 4; i < shape_.pieces; ++i) lines += "p" + std::to_string(i) + "\t-1\n";
    return lines;
  }

  // Roughly normal: the sum of four uniform numbers.
  float Normal(double spread) {
    double sum = 0;
    for (int i = 0; i < 4; ++i) sum += random_.Share() - 0.5;
    return static_cast<float>(sum * spread * std::sqrt(3.0));
  }
  std::vector<float> Normals(int64_t count, double mean, double spread) {
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(mean) + Normal(spread);
    return values;
  }
  void AddCodes(const std::string& name, int64_t outputs, int64_t inputs) {
    std::string codes(outputs * inputs, '\0');
    for (char& code : codes) code = static_cast<char>(random_.Below(255) - 127);
    file_.AddBytes(name, "I8", {outputs, inputs}, codes);
  }
  void AddLinear(const std::string& name, int64_t outputs, int64_t inputs) {
    AddCodes(name + ".weight", outputs, inputs);
    // Outputs of about the size of the inputs; codes are uniform, 73 in the mean square.
    const double scale = 1.0 / (73.0 * std::sqrt(static_cast<double>(inputs)));
    file_.AddFloats(name + ".scale", {outputs}, Normals(outputs, scale, scale / 5));
    file_.AddFloats(name + ".bias", {outputs}, Normals(outputs, 0, 0.1));
  }
  void AddNorm(const std::string& name) {
    file_.AddFloats(name + ".weight", {shape_.hidden}, Normals(shape_.hidden, 1, 0.2));
    file_.AddFloats(name + ".bias", {shape_.hidden}, Normals(shape_.hidden, 0, 0.2));
  }
  void AddTensors() {
    const int64_t hidden = shape_.hidden;
    AddCodes("embeddings.pieces", shape_.pieces, hidden);
    file_.AddFloats("embeddings.pieces.scale", {shape_.pieces},
                    Normals(shape_.pieces, 0.015, 0.003));
    file_.AddFloats("embeddings.positions", {shape_.max_pieces + 2, hidden},
                    Normals((shape_.max_pieces + 2) * hidden, 0, 0.3));
    AddNorm("embeddings.norm");
    for (int layer = 0; layer < shape_.layers; ++layer) {
      const std::string prefix = "layers." + std::to_string(layer) + ".";
      for (const char* part : {"query", "key", "value", "output"}) {
        AddLinear(prefix + "attention." + part, hidden, hidden);
      }
      AddNorm(prefix + "attention.norm");
      AddLinear(prefix + "ffn.up", shape_.ffn, hidden);
      AddLinear(prefix + "ffn.down", hidden, shape_.ffn);
      AddNorm(prefix + "ffn.norm");
    }
    file_.AddFloats("heads.names.weight", {5, hidden}, Normals(5 * hidden, 0, 0.2));
    file_.AddFloats("heads.names.bias", {5}, Normals(5, 0, 0.2));
    if (!shape_.text_head) return;
    file_.AddFloats("heads.moderation.weight", {kTextLabelCount, hidden},
                    Normals(kTextLabelCount * hidden, 0, 0.2));
    file_.AddFloats("heads.moderation.bias", {kTextLabelCount}, Normals(kTextLabelCount, -2, 0.5));
  }

  EncoderShape shape_;
  Random random_;
  TensorFileMaker file_;
};

inline TokenClassifier::Window RandomWindow(Random& random, int64_t length, int64_t piece_count) {
  TokenClassifier::Window window;
  for (int64_t i = 0; i < length; ++i) {
    window.pieces.push_back({static_cast<int32_t>(2 + random.Below(piece_count - 2)), i, i + 1});
  }
  return window;
}

}  // namespace parley
