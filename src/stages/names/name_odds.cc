#include "stages/names/name_odds.h"

#include <fmt/format.h>

#include <charconv>

#include "inference/safetensors.h"

namespace parley {
namespace {

constexpr std::string_view kForm = "1";
constexpr std::string_view kFeatures = "1";  // Of name_features.h.

Result<float> NumberOf(const SafeTensors& tensors, const std::string& key) {
  const std::string text = TRY(tensors.Metadata(key));
  float number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || stop != text.data() + text.size()) {
    return Invalid(fmt::format("metadata \"{}\" is no number", key), {.file = tensors.path()});
  }
  return number;
}

}  // namespace

Result<NameOdds> NameOdds::Read(const std::string& path) {
  const SafeTensors tensors = TRY(SafeTensors::Read(path));
  const std::string features = TRY(tensors.Metadata("features"));
  if (features != kFeatures || TRY(tensors.Metadata("form")) != kForm) {
    return Invalid(fmt::format("was made for features \"{}\" or is of another form; this program "
                               "reads features \"{}\" in form \"{}\"",
                               features, kFeatures, kForm),
                   {.file = path});
  }
  NameOdds odds;
  const auto weights = TRY(tensors.Int8s("weights", {static_cast<int64_t>(kBuckets), 1}));
  odds.weights_.assign(weights.begin(), weights.end());
  odds.scale_ = TRY(tensors.Floats("scale", {1})).front();
  odds.bias_ = TRY(tensors.Floats("bias", {1})).front();
  odds.cut_ = TRY(NumberOf(tensors, "cut"));
  odds.cut_elsewhere_ = TRY(NumberOf(tensors, "cut_elsewhere"));
  return odds;
}

}  // namespace parley
