#include "inference/encoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <string>

namespace parley {
namespace {

// Rows that go through a layer's products together; their numbers stay in a core's second cache.
constexpr int64_t kBlockRows = 64;

int64_t RoundUp(int64_t count, int64_t step) { return (count + step - 1) / step * step; }

// The parts of a linear layer as the file has them.
struct LinearParts {
  std::vector<int8_t> weights;  // [outputs, inputs]
  std::vector<float> scale;
  std::vector<float> bias;
};

// Appends the layer `prefix` to `parts`, below what is there.
Status AppendLinear(const SafeTensors& tensors, const std::string& prefix, int64_t outputs,
                    int64_t inputs, LinearParts& parts) {
  const auto weights = TRY(tensors.Int8s(prefix + ".weight", {outputs, inputs}));
  const auto scale = TRY(tensors.Floats(prefix + ".scale", {outputs}));
  const auto bias = TRY(tensors.Floats(prefix + ".bias", {outputs}));
  parts.weights.insert(parts.weights.end(), weights.begin(), weights.end());
  parts.scale.insert(parts.scale.end(), scale.begin(), scale.end());
  parts.bias.insert(parts.bias.end(), bias.begin(), bias.end());
  return {};
}

std::vector<int32_t> RowSums(const std::vector<int8_t>& weights, int64_t inputs) {
  std::vector<int32_t> sums;
  for (auto row = weights.begin(); row != weights.end(); row += inputs) {
    sums.push_back(std::accumulate(row, row + inputs, int32_t{0}));
  }
  return sums;
}

Result<float> MetadataFloat(const SafeTensors& tensors, std::string_view key) {
  const std::string text = TRY(tensors.Metadata(key));
  float number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end || !(number >= 0 && number < 1)) {
    return Invalid(fmt::format("metadata \"{}\" is no number from 0 to 1", key),
                   {.file = tensors.path()});
  }
  return number;
}

}  // namespace

// One call's memory.
struct Encoder::Workspace {
  Workspace(int64_t rows, int64_t hidden, int64_t widest, int64_t attention_floats)
      : row_count(rows),
        x(rows * hidden),
        projected(rows * 3 * hidden),
        context(rows * hidden),
        scratch(attention_floats),
        wide(widest),
        codes(kBlockRows * widest),
        products(kBlockRows * widest),
        row_scales(kBlockRows) {}

  int64_t row_count;
  std::vector<float> x;          // [rows, hidden]: what goes from layer to layer.
  std::vector<float> projected;  // [rows, 3 * hidden]: queries, keys, values.
  std::vector<float> context;    // [rows, hidden]: what attention gives.
  std::vector<float> scratch;
  std::vector<float> wide;        // One row between two products.
  std::vector<uint8_t> codes;     // [block, inputs]
  std::vector<int32_t> products;  // [block, outputs]
  std::vector<RowScale> row_scales;
  ProductThread thread;
};

Result<Encoder> Encoder::Read(const SafeTensors& tensors, InstructionSet set) {
  Encoder encoder;
  encoder.kernels_ = &LaneKernelsFor(set);
  TRY(encoder.ReadEmbeddings(tensors));
  const int64_t layers = TRY(tensors.MetadataNumber("layers", 1, 96));
  for (int64_t layer = 0; layer < layers; ++layer) {
    encoder.layers_.push_back(TRY(encoder.ReadLayer(tensors, fmt::format("layers.{}.", layer))));
  }
  return encoder;
}

Status Encoder::ReadEmbeddings(const SafeTensors& tensors) {
  hidden_ = TRY(tensors.MetadataNumber("hidden", kLanes, 4096));
  head_count_ = TRY(tensors.MetadataNumber("attention_heads", 1, hidden_ / kLanes));
  norm_epsilon_ = TRY(MetadataFloat(tensors, "norm_epsilon"));
  if (hidden_ % (head_count_ * kLanes) != 0) {
    return Invalid("hidden is no multiple of 16 for each attention head", {.file = tensors.path()});
  }
  const std::vector<int64_t> pieces = TRY(tensors.Shape("embeddings.pieces"));
  const std::vector<int64_t> positions = TRY(tensors.Shape("embeddings.positions"));
  if (pieces.empty() || positions.empty() || positions[0] < 3 || positions[0] > kMostRows) {
    return Invalid(fmt::format("embeddings.positions has no 3 to {} rows", kMostRows),
                   {.file = tensors.path()});
  }
  piece_count_ = pieces[0];
  max_rows_ = positions[0];
  const auto codes = TRY(tensors.Int8s("embeddings.pieces", {piece_count_, hidden_}));
  pieces_.assign(codes.begin(), codes.end());
  piece_scales_ = TRY(tensors.Floats("embeddings.pieces.scale", {piece_count_}));
  positions_ = TRY(tensors.Floats("embeddings.positions", {max_rows_, hidden_}));
  embedding_norm_ = TRY(ReadNorm(tensors, "embeddings.norm"));
  return {};
}

Result<Encoder::Norm> Encoder::ReadNorm(const SafeTensors& tensors,
                                        const std::string& prefix) const {
  return Norm{TRY(tensors.Floats(prefix + ".weight", {hidden_})),
              TRY(tensors.Floats(prefix + ".bias", {hidden_}))};
}

Result<Encoder::Layer> Encoder::ReadLayer(const SafeTensors& tensors, const std::string& prefix) {
  const auto make = [](LinearParts parts, int64_t inputs) -> Result<Linear> {
    const auto outputs = static_cast<int64_t>(parts.scale.size());
    return Linear{TRY(Int8Product::Create(parts.weights, outputs, inputs)), std::move(parts.scale),
                  std::move(parts.bias), RowSums(parts.weights, inputs)};
  };
  const auto read = [&](const std::string& name, int64_t outputs,
                        int64_t inputs) -> Result<Linear> {
    LinearParts parts;
    TRY(AppendLinear(tensors, prefix + name, outputs, inputs, parts));
    return make(std::move(parts), inputs);
  };
  LinearParts attention;
  for (const char* name : {"attention.query", "attention.key", "attention.value"}) {
    TRY(AppendLinear(tensors, prefix + name, hidden_, hidden_, attention));
  }
  const std::vector<int64_t> up = TRY(tensors.Shape(prefix + "ffn.up.weight"));
  if (up.empty() || up[0] < kLanes || up[0] % kLanes != 0 || up[0] > 1 << 14) {
    return Invalid(prefix + "ffn.up has a count of rows that is no multiple of 16 to 16,384",
                   {.file = tensors.path()});
  }
  return Layer{TRY(make(std::move(attention), hidden_)),
               TRY(read("attention.output", hidden_, hidden_)),
               TRY(ReadNorm(tensors, prefix + "attention.norm")),
               TRY(read("ffn.up", up[0], hidden_)),
               TRY(read("ffn.down", hidden_, up[0])),
               TRY(ReadNorm(tensors, prefix + "ffn.norm"))};
}

std::vector<float> Encoder::Encode(std::span<const int32_t> ids,
                                   std::span<const int64_t> row_counts) const {
  if (ids.empty()) return {};
  int64_t widest = 3 * hidden_;
  for (const Layer& layer : layers_) widest = std::max(widest, layer.up.product.outputs());
  Workspace work(std::ssize(ids), hidden_, widest,
                 AttentionScratchFloats(std::ranges::max(row_counts), hidden_ / head_count_));
  Embed(ids, row_counts, work.x.data());
  for (const Layer& layer : layers_) {
    Attend(layer, row_counts, work);
    FeedForward(layer, work);
  }
  return std::move(work.x);
}

void Encoder::Embed(std::span<const int32_t> ids, std::span<const int64_t> row_counts,
                    float* x) const {
  size_t at = 0;
  for (const int64_t row_count : row_counts) {
    Check(row_count >= 1 && row_count <= max_rows_ && at + row_count <= ids.size(),
          "a window longer than the positions or the ids");
    for (int64_t position = 0; position < row_count; ++position, ++at) {
      const int32_t id = ids[at];
      Check(id >= 0 && id < piece_count_, "a piece that the model does not know");
      kernels_->embed(&pieces_[id * hidden_], piece_scales_[id], &positions_[position * hidden_],
                      Scales(embedding_norm_), hidden_, x + at * hidden_);
    }
  }
  Check(at == ids.size(), "ids of no window");
}

namespace {

// Quantises rows and multiplies them: work's codes, row scales and products, of `row_count` rows.
// Rows up to the products' step are left as they were before.
template <class Linear, class Workspace>
void Multiply(const LaneKernels& kernels, const Linear& linear, const float* rows,
              int64_t row_count, Workspace& work) {
  const int64_t inputs = linear.product.inputs();
  for (int64_t r = 0; r < row_count; ++r) {
    work.row_scales[r] =
        kernels.quantise(rows + r * inputs, inputs, work.codes.data() + r * inputs);
  }
  linear.product.Multiply(work.thread, work.codes.data(), RoundUp(row_count, Int8Product::kRowStep),
                          work.products.data());
}

template <class Linear>
OutputScales ScalesOf(const Linear& linear) {
  return {linear.scale.data(), linear.bias.data(), linear.sums.data()};
}

}  // namespace

void Encoder::Attend(const Layer& layer, std::span<const int64_t> row_counts,
                     Workspace& work) const {
  const int64_t width = 3 * hidden_;
  for (int64_t begin = 0; begin < work.row_count; begin += kBlockRows) {
    const int64_t count = std::min(kBlockRows, work.row_count - begin);
    Multiply(*kernels_, layer.query_key_value, &work.x[begin * hidden_], count, work);
    for (int64_t r = 0; r < count; ++r) {
      kernels_->restore(&work.products[r * width], work.row_scales[r],
                        ScalesOf(layer.query_key_value), width,
                        &work.projected[(begin + r) * width]);
    }
  }
  int64_t at = 0;
  for (const int64_t row_count : row_counts) {
    kernels_->attend(&work.projected[at * width], row_count, hidden_, head_count_,
                     work.scratch.data(), &work.context[at * hidden_]);
    at += row_count;
  }
  for (int64_t begin = 0; begin < work.row_count; begin += kBlockRows) {
    const int64_t count = std::min(kBlockRows, work.row_count - begin);
    Multiply(*kernels_, layer.output, &work.context[begin * hidden_], count, work);
    for (int64_t r = 0; r < count; ++r) {
      kernels_->restore_add_norm(&work.products[r * hidden_], work.row_scales[r],
                                 ScalesOf(layer.output), Scales(layer.attention_norm), hidden_,
                                 &work.x[(begin + r) * hidden_]);
    }
  }
}

void Encoder::FeedForward(const Layer& layer, Workspace& work) const {
  const int64_t width = layer.up.product.outputs();
  for (int64_t begin = 0; begin < work.row_count; begin += kBlockRows) {
    const int64_t count = std::min(kBlockRows, work.row_count - begin);
    Multiply(*kernels_, layer.up, &work.x[begin * hidden_], count, work);
    // Row by row to the codes of the next product: the numbers between need no memory.
    for (int64_t r = 0; r < count; ++r) {
      kernels_->restore_gelu(&work.products[r * width], work.row_scales[r], ScalesOf(layer.up),
                             width, work.wide.data());
      work.row_scales[r] = kernels_->quantise(work.wide.data(), width, &work.codes[r * width]);
    }
    layer.down.product.Multiply(work.thread, work.codes.data(),
                                RoundUp(count, Int8Product::kRowStep), work.products.data());
    for (int64_t r = 0; r < count; ++r) {
      kernels_->restore_add_norm(&work.products[r * hidden_], work.row_scales[r],
                                 ScalesOf(layer.down), Scales(layer.ffn_norm), hidden_,
                                 &work.x[(begin + r) * hidden_]);
    }
  }
}

}  // namespace parley
