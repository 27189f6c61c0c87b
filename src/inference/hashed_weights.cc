#include "inference/hashed_weights.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "inference/safetensors.h"

namespace parley {
namespace {

constexpr std::string_view kForm = "1";
constexpr size_t kMostLabels = 16;

}  // namespace

Result<HashedWeights> HashedWeights::Read(const std::string& path, std::string_view features,
                                          int bits) {
  const SafeTensors tensors = TRY(SafeTensors::Read(path));
  const auto expect = [&](const char* key, std::string_view want) -> Status {
    const std::string has = TRY(tensors.Metadata(key));
    if (has == want) return {};
    return Invalid(
        fmt::format("has {} \"{}\", and this program reads {} \"{}\"", key, has, key, want),
        {.file = path});
  };
  TRY(expect("form", kForm));
  TRY(expect("features", features));
  HashedWeights model;
  const std::string labels = TRY(tensors.Metadata("labels"));
  for (size_t at = 0; at < labels.size();) {
    const size_t end = std::min(labels.find(' ', at), labels.size());
    if (end > at) model.labels_.push_back(labels.substr(at, end - at));
    at = end + 1;
  }
  const auto count = static_cast<int64_t>(model.labels_.size());
  if (count < 1 || count > static_cast<int64_t>(kMostLabels)) {
    return Invalid(fmt::format("names no 1 to {} labels", kMostLabels), {.file = path});
  }
  const auto weights = TRY(tensors.Int8s("weights", {int64_t{1} << bits, count}));
  model.weights_.assign(weights.begin(), weights.end());
  model.scale_ = TRY(tensors.Floats("scale", {count}));
  model.bias_ = TRY(tensors.Floats("bias", {count}));
  model.cut_ = TRY(tensors.Floats("cut", {count}));
  return model;
}

void HashedWeights::LogOdds(std::span<const uint32_t> buckets, std::span<float> out) const {
  const size_t count = labels_.size();
  std::array<int32_t, kMostLabels> sums = {};
  for (const uint32_t bucket : buckets) {
    const int8_t* const row = &weights_[bucket * count];
    for (size_t label = 0; label < count; ++label) sums[label] += row[label];
  }
  const auto features = static_cast<double>(buckets.size());
  const double share = buckets.empty() ? 0.0 : 1.0 / std::sqrt(features);
  for (size_t label = 0; label < count; ++label) {
    const double sum = static_cast<double>(sums[label]) * static_cast<double>(scale_[label]);
    out[label] = static_cast<float>(static_cast<double>(bias_[label]) + sum * share);
  }
}

}  // namespace parley
