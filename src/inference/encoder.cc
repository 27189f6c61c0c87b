#include "inference/encoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <string>

namespace parley {
namespace {

int64_t RoundUp(int64_t count, int64_t step) { return (count + step - 1) / step * step; }

// How far apart rows of queries, keys and values lie: a cache line more than they have, or every
// row of the usual sizes would lie in the same few places of the first cache.
int64_t Stride(int64_t hidden) { return 3 * hidden + kLanes; }

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

void Encoder::Workspace::Fit(const Encoder& encoder, int64_t rows, int64_t max_window_rows) {
  const auto fit = [](auto& values, int64_t size) {
    if (std::ssize(values) < size) values.resize(size);
  };
  row_count_ = rows;
  fit(x_, rows * encoder.hidden_);
  fit(projected_, rows * Stride(encoder.hidden_));
  fit(context_, rows * encoder.hidden_);
  fit(scratch_, AttentionScratchFloats(max_window_rows, encoder.hidden_ / encoder.head_count_));
  fit(wide_, encoder.widest_);
  fit(codes_, kBlockRows * encoder.widest_);
  fit(products_, kBlockRows * encoder.widest_);
  fit(row_scales_, kBlockRows);
}

void Encoder::Workspace::Multiply(const LaneKernels& kernels, const Linear& linear,
                                  const float* rows, int64_t row_count) {
  const int64_t inputs = linear.product.inputs();
  for (int64_t r = 0; r < row_count; ++r) {
    row_scales_[r] = kernels.quantise(rows + r * inputs, inputs, &codes_[r * inputs]);
  }
  MultiplyCodes(linear.product, row_count);
}

// Rows up to the next step are multiplied too; what they hold is of no matter.
void Encoder::Workspace::MultiplyCodes(const Int8Product& product, int64_t row_count) {
  product.Multiply(thread_, codes_.data(), RoundUp(row_count, Int8Product::kRowStep),
                   products_.data());
}

Result<Encoder> Encoder::Read(const SafeTensors& tensors, InstructionSet set) {
  Encoder encoder;
  encoder.kernels_ = &LaneKernelsFor(set);
  TRY(encoder.ReadEmbeddings(tensors));
  const int64_t layers = TRY(tensors.MetadataNumber("layers", 1, 96));
  for (int64_t layer = 0; layer < layers; ++layer) {
    encoder.layers_.push_back(TRY(encoder.ReadLayer(tensors, fmt::format("layers.{}.", layer))));
    encoder.widest_ = std::max(
        {encoder.widest_, 3 * encoder.hidden_, encoder.layers_.back().up.product.outputs()});
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

std::span<const float> Encoder::Encode(std::span<const int32_t> ids,
                                       std::span<const int64_t> row_counts, Workspace& work) const {
  if (ids.empty()) return {};
  work.Fit(*this, std::ssize(ids), std::ranges::max(row_counts));
  Embed(ids, row_counts, work.x_.data());
  for (const Layer& layer : layers_) {
    Attend(layer, row_counts, work);
    FeedForward(layer, work);
  }
  return std::span(work.x_).first(ids.size() * hidden_);
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

void Encoder::Attend(const Layer& layer, std::span<const int64_t> row_counts,
                     Workspace& work) const {
  const int64_t width = 3 * hidden_;
  const int64_t stride = Stride(hidden_);
  for (int64_t begin = 0; begin < work.row_count_; begin += Workspace::kBlockRows) {
    const int64_t count = std::min(Workspace::kBlockRows, work.row_count_ - begin);
    work.Multiply(*kernels_, layer.query_key_value, &work.x_[begin * hidden_], count);
    for (int64_t r = 0; r < count; ++r) {
      kernels_->restore(&work.products_[r * width], work.row_scales_[r],
                        layer.query_key_value.Scales(), width,
                        &work.projected_[(begin + r) * stride]);
    }
  }
  int64_t at = 0;
  for (const int64_t row_count : row_counts) {
    kernels_->attend(&work.projected_[at * stride], stride, row_count, hidden_, head_count_,
                     work.scratch_.data(), &work.context_[at * hidden_]);
    at += row_count;
  }
  for (int64_t begin = 0; begin < work.row_count_; begin += Workspace::kBlockRows) {
    const int64_t count = std::min(Workspace::kBlockRows, work.row_count_ - begin);
    work.Multiply(*kernels_, layer.output, &work.context_[begin * hidden_], count);
    for (int64_t r = 0; r < count; ++r) {
      kernels_->restore_add_norm(&work.products_[r * hidden_], work.row_scales_[r],
                                 layer.output.Scales(), Scales(layer.attention_norm), hidden_,
                                 &work.x_[(begin + r) * hidden_]);
    }
  }
}

void Encoder::FeedForward(const Layer& layer, Workspace& work) const {
  const int64_t width = layer.up.product.outputs();
  for (int64_t begin = 0; begin < work.row_count_; begin += Workspace::kBlockRows) {
    const int64_t count = std::min(Workspace::kBlockRows, work.row_count_ - begin);
    work.Multiply(*kernels_, layer.up, &work.x_[begin * hidden_], count);
    // Row by row to the codes of the next product: the numbers between need no memory.
    for (int64_t r = 0; r < count; ++r) {
      kernels_->restore_gelu(&work.products_[r * width], work.row_scales_[r], layer.up.Scales(),
                             width, work.wide_.data());
      work.row_scales_[r] = kernels_->quantise(work.wide_.data(), width, &work.codes_[r * width]);
    }
    work.MultiplyCodes(layer.down.product, count);
    for (int64_t r = 0; r < count; ++r) {
      kernels_->restore_add_norm(&work.products_[r * hidden_], work.row_scales_[r],
                                 layer.down.Scales(), Scales(layer.ffn_norm), hidden_,
                                 &work.x_[(begin + r) * hidden_]);
    }
  }
}

}  // namespace parley
