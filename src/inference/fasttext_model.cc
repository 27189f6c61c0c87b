#include "inference/fasttext_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "io/file.h"

namespace parley {
namespace {

constexpr int32_t kMagic = 793712314;
constexpr int32_t kVersion = 12;
constexpr int32_t kHierarchicalSoftmax = 1;
constexpr int32_t kSupervised = 3;
constexpr int kCodes = 256;  // Centroids of a sub-quantiser.
constexpr int kMaxDimension = 64;
constexpr std::string_view kLabelPrefix = "__label__";
constexpr std::string_view kEndOfLine = "</s>";
constexpr uint64_t kFree = ~uint64_t{0};

/// Reads little-endian values in order; after the first one that is not there, only zeros.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : bytes_(bytes) {}

  template <class T>
  T Take() {
    T value{};
    if (const char* from = Skip(sizeof(T))) std::memcpy(&value, from, sizeof(T));
    return value;
  }

  template <class T>
  std::vector<T> TakeMany(int64_t count) {
    if (count < 0 || count > static_cast<int64_t>(bytes_.size() / sizeof(T))) {
      sound_ = false;
      return {};
    }
    std::vector<T> values(count);
    if (const char* from = Skip(count * sizeof(T))) {
      std::memcpy(values.data(), from, count * sizeof(T));
    }
    return values;
  }

  std::string TakeString() {
    const size_t end = std::min(bytes_.find('\0', at_), bytes_.size());
    std::string text(bytes_.substr(at_, end - at_));
    Skip(text.size() + 1);
    return text;
  }

  bool sound() const { return sound_; }

 private:
  const char* Skip(size_t size) {
    if (!sound_ || size > bytes_.size() - at_) {
      sound_ = false;
      return nullptr;
    }
    at_ += size;
    return bytes_.data() + at_ - size;
  }

  std::string_view bytes_;
  size_t at_ = 0;
  bool sound_ = true;
};

/// A vector is cut into parts; each part is one of 256 centroids.
struct Quantiser {
  int32_t dimension = 0;
  int32_t parts = 0;
  int32_t part_size = 0;
  int32_t last_size = 0;
  std::vector<float> centroids;

  bool sound() const {
    return parts >= 1 && parts <= kMaxDimension && part_size >= 1 && last_size >= 1 &&
           last_size <= part_size && (parts - 1) * part_size + last_size == dimension &&
           static_cast<int64_t>(centroids.size()) == int64_t{dimension} * kCodes;
  }

  void Add(const uint8_t* codes, float factor, float* out) const {
    for (int part = 0; part < parts; ++part) {
      const int size = part == parts - 1 ? last_size : part_size;
      const float* centroid = &centroids[part * kCodes * part_size + codes[part] * size];
      for (int i = 0; i < size; ++i) out[part * part_size + i] += factor * centroid[i];
    }
  }
};

Quantiser TakeQuantiser(Cursor& in) {
  Quantiser quantiser{.dimension = in.Take<int32_t>(),
                      .parts = in.Take<int32_t>(),
                      .part_size = in.Take<int32_t>(),
                      .last_size = in.Take<int32_t>(),
                      .centroids = {}};
  quantiser.centroids = in.TakeMany<float>(int64_t{quantiser.dimension} * kCodes);
  return quantiser;
}

/// FNV-1a as fastText computes it: bytes above 127 are taken as negative numbers.
uint32_t Extend(uint32_t hash, char byte) {
  return (hash ^ static_cast<uint32_t>(static_cast<int8_t>(byte))) * 16777619U;
}

constexpr uint32_t kHashStart = 2166136261U;

uint32_t HashWord(std::string_view word) {
  uint32_t hash = kHashStart;
  for (const char byte : word) hash = Extend(hash, byte);
  return hash;
}

bool IsContinuation(char byte) { return (byte & 0xC0) == 0x80; }

bool IsBlank(char byte) {
  return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t' || byte == '\v' ||
         byte == '\f' || byte == '\0';
}

uint32_t Scatter(uint32_t key) { return key * 2654435761U; }

}  // namespace

Result<FastTextModel> FastTextModel::Read(const std::string& path) {
  const std::string bytes = TRY(ReadWholeFile(path));
  Result<FastTextModel> model = Parse(bytes);
  if (!model) return Invalid(model.error().message, {.file = path});
  return model;
}

Result<FastTextModel> FastTextModel::Parse(std::string_view bytes) {
  Cursor in(bytes);
  const auto damaged = [] { return Invalid("is no sound compressed fastText model"); };
  if (in.Take<int32_t>() != kMagic || in.Take<int32_t>() != kVersion) return damaged();
  FastTextModel model;
  // The training options, in the order of the file; most of them no longer matter.
  const auto options = in.TakeMany<int32_t>(12);
  in.Take<double>();
  if (!in.sound()) return damaged();
  const int32_t word_ngrams = options[5];
  if (options[6] != kHierarchicalSoftmax || options[7] != kSupervised || word_ngrams != 1) {
    return Invalid("is a fastText model of another kind than language models have");
  }
  model.dimension_ = options[0];
  model.bucket_count_ = static_cast<uint32_t>(options[8]);
  model.shortest_ = options[9];
  model.longest_ = options[10];
  if (model.dimension_ < 1 || model.dimension_ > kMaxDimension || options[8] < 1 ||
      model.shortest_ < 1 || model.longest_ < model.shortest_ || model.longest_ > 16) {
    return damaged();
  }

  const auto entry_count = in.Take<int32_t>();
  model.word_count_ = in.Take<int32_t>();
  const auto label_count = in.Take<int32_t>();
  in.Take<int64_t>();  // Tokens seen in training.
  const auto kept_ngrams = in.Take<int64_t>();
  if (!in.sound() || model.word_count_ < 0 || label_count < 2 || kept_ngrams < 1 ||
      int64_t{model.word_count_} + label_count != entry_count ||
      entry_count > static_cast<int64_t>(bytes.size())) {
    return damaged();
  }
  std::vector<int64_t> counts;
  for (int32_t i = 0; i < entry_count; ++i) {
    std::string name = in.TakeString();
    const auto count = in.Take<int64_t>();
    const bool is_label = in.Take<int8_t>() == 1;
    if (is_label != (i >= model.word_count_)) return damaged();
    if (is_label) {
      if (name.starts_with(kLabelPrefix)) name.erase(0, kLabelPrefix.size());
      model.labels_.push_back(std::move(name));
      counts.push_back(count);
    } else {
      model.words_.push_back(std::move(name));
    }
  }
  const auto pairs = in.TakeMany<int32_t>(2 * kept_ngrams);
  if (!in.sound()) return damaged();

  const bool quantised = in.Take<bool>();
  const bool with_norms = in.Take<bool>();
  const auto row_count = in.Take<int64_t>();
  const auto columns = in.Take<int64_t>();
  const auto codes = in.TakeMany<uint8_t>(in.Take<int32_t>());
  const Quantiser vectors = TakeQuantiser(in);
  if (!quantised || !in.sound() || !vectors.sound() || vectors.dimension != model.dimension_ ||
      columns != model.dimension_ || row_count < 1 ||
      row_count > static_cast<int64_t>(codes.size()) ||
      row_count * vectors.parts != static_cast<int64_t>(codes.size())) {
    return damaged();
  }
  std::vector<uint8_t> norm_codes;
  Quantiser norms;
  if (with_norms) {
    norm_codes = in.TakeMany<uint8_t>(row_count);
    norms = TakeQuantiser(in);
    if (!in.sound() || norms.dimension != 1 || !norms.sound()) return damaged();
  }
  const bool quantised_output = in.Take<bool>();
  const auto output_rows = in.Take<int64_t>();
  const auto output_columns = in.Take<int64_t>();
  if (!in.sound() || quantised_output || output_rows != label_count ||
      output_columns != model.dimension_) {
    return damaged();
  }
  model.outputs_ = in.TakeMany<float>(output_rows * output_columns);
  if (!in.sound()) return damaged();

  model.rows_.assign(row_count * model.dimension_, 0.0F);
  for (int64_t row = 0; row < row_count; ++row) {
    const float norm = with_norms ? norms.centroids[norm_codes[row]] : 1.0F;
    vectors.Add(&codes[row * vectors.parts], norm, &model.rows_[row * model.dimension_]);
  }

  // Both tables are at most half full, so that a search for what is not there is short.
  model.word_table_.assign(std::bit_ceil<size_t>(2 * model.words_.size() + 2), -1);
  for (int32_t id = 0; id < model.word_count_; ++id) {
    size_t slot = HashWord(model.words_[id]);
    while (model.word_table_[slot & (model.word_table_.size() - 1)] >= 0) ++slot;
    model.word_table_[slot & (model.word_table_.size() - 1)] = id;
  }
  model.ngram_table_.assign(std::bit_ceil<size_t>(2 * kept_ngrams + 2), kFree);
  for (int64_t i = 0; i < kept_ngrams; ++i) {
    const int64_t row = int64_t{model.word_count_} + pairs[2 * i + 1];
    if (pairs[2 * i] < 0 || pairs[2 * i + 1] < 0 || row >= row_count) return damaged();
    const auto bucket = static_cast<uint32_t>(pairs[2 * i]);
    size_t slot = Scatter(bucket);
    while (model.ngram_table_[slot & (model.ngram_table_.size() - 1)] != kFree) ++slot;
    model.ngram_table_[slot & (model.ngram_table_.size() - 1)] =
        uint64_t{bucket} << 32 | static_cast<uint32_t>(row);
  }
  if (model.word_count_ > row_count) return damaged();

  // Huffman's tree over the labels' counts, which fall from the first to the last: the two lightest
  // of the remaining leaves (from the back) and of the nodes made so far (from the front).
  std::vector<int64_t> weights(2 * label_count - 1, int64_t{1'000'000'000'000'000});
  std::copy(counts.begin(), counts.end(), weights.begin());
  int32_t leaf = label_count - 1;
  int32_t node = label_count;
  for (int32_t made = label_count; made < 2 * label_count - 1; ++made) {
    int32_t lightest[2];
    for (int32_t& pick : lightest) {
      pick = leaf >= 0 && weights[leaf] < weights[node] ? leaf-- : node++;
    }
    weights[made] = weights[lightest[0]] + weights[lightest[1]];
    model.nodes_.push_back({lightest[0], lightest[1]});
    if (lightest[0] >= made || lightest[1] >= made) return damaged();
  }
  return model;
}

int32_t FastTextModel::FindWord(std::string_view word, uint32_t hash) const {
  const size_t mask = word_table_.size() - 1;
  for (size_t slot = hash; word_table_[slot & mask] >= 0; ++slot) {
    const int32_t id = word_table_[slot & mask];
    if (words_[id] == word) return id;
  }
  return -1;
}

const float* FastTextModel::RowOfNgram(uint32_t bucket) const {
  const size_t mask = ngram_table_.size() - 1;
  for (size_t slot = Scatter(bucket); ngram_table_[slot & mask] != kFree; ++slot) {
    const uint64_t entry = ngram_table_[slot & mask];
    if (entry >> 32 == bucket) return &rows_[(entry & 0xFFFFFFFFU) * dimension_];
  }
  return nullptr;
}

void FastTextModel::AddWord(std::string_view word, float* sum, int64_t& count) const {
  const auto add = [&](const float* row) {
    for (int32_t i = 0; i < dimension_; ++i) sum[i] += row[i];
    ++count;
  };
  const int32_t id = FindWord(word, HashWord(word));
  if (id >= 0) add(&rows_[int64_t{id} * dimension_]);
  if (word == kEndOfLine) return;

  // The word's n-grams, with '<' before it and '>' behind it; one sign alone is none.
  const size_t size = word.size() + 2;
  const auto byte_at = [&](size_t at) {
    return at == 0 ? '<' : at == size - 1 ? '>' : word[at - 1];
  };
  for (size_t begin = 0; begin < size; ++begin) {
    if (IsContinuation(byte_at(begin))) continue;
    uint32_t hash = kHashStart;
    size_t end = begin;
    for (int32_t length = 1; end < size && length <= longest_; ++length) {
      hash = Extend(hash, byte_at(end++));
      while (end < size && IsContinuation(byte_at(end))) hash = Extend(hash, byte_at(end++));
      if (length < shortest_ || (length == 1 && (begin == 0 || end == size))) continue;
      if (const float* row = RowOfNgram(hash % bucket_count_)) add(row);
    }
  }
}

void FastTextModel::Descend(int32_t node, float score, const float* vector, float floor,
                            std::span<float> out) const {
  float dot = 0;
  const float* weights = &outputs_[int64_t{node} * dimension_];
  for (int32_t i = 0; i < dimension_; ++i) dot += weights[i] * vector[i];
  const float right = 1.0F / (1.0F + std::exp(-dot));
  const auto label_count = static_cast<int32_t>(labels_.size());
  const auto visit = [&](int32_t child, float share) {
    const float below = score + std::log(share + 1e-5F);
    if (!(below > floor)) return;  // No path gains on its way down.
    if (child < label_count) {
      out[child] = below;
    } else {
      Descend(child - label_count, below, vector, floor, out);
    }
  };
  visit(nodes_[node].left, 1.0F - right);
  visit(nodes_[node].right, right);
}

bool FastTextModel::LogProbabilities(std::string_view text, float floor,
                                     std::span<float> out) const {
  Check(out.size() == labels_.size(), "one place for each label");
  float sum[kMaxDimension] = {};
  int64_t count = 0;
  size_t begin = 0;
  while (begin < text.size()) {
    if (IsBlank(text[begin])) {
      ++begin;
      continue;
    }
    size_t end = begin;
    while (end < text.size() && !IsBlank(text[end])) ++end;
    AddWord(text.substr(begin, end - begin), sum, count);
    begin = end;
  }
  if (count == 0) return false;
  AddWord(kEndOfLine, sum, count);
  for (int32_t i = 0; i < dimension_; ++i) sum[i] /= static_cast<float>(count);

  std::ranges::fill(out, floor);
  Descend(static_cast<int32_t>(nodes_.size()) - 1, 0.0F, sum, floor, out);
  return true;
}

}  // namespace parley
