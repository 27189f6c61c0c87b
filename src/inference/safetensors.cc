#include "inference/safetensors.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>

#include "io/file.h"
#include "text/json.h"

namespace parley {
namespace {

static_assert(std::endian::native == std::endian::little, "tensors are little-endian");

constexpr int64_t kLengthBytes = 8;
constexpr uint64_t kMaxHeaderBytes = 16 << 20;
constexpr int64_t kMaxBytes = int64_t{1} << 32;

std::optional<int64_t> BytesOf(std::string_view type) {
  static constexpr std::pair<std::string_view, int64_t> kSizes[] = {
      {"BOOL", 1}, {"I8", 1},  {"U8", 1},  {"F16", 2}, {"BF16", 2}, {"I16", 2}, {"U16", 2},
      {"F32", 4},  {"I32", 4}, {"U32", 4}, {"F64", 8}, {"I64", 8},  {"U64", 8}};
  for (const auto& [name, size] : kSizes) {
    if (name == type) return size;
  }
  return std::nullopt;
}

// The bytes of a tensor; nothing if they are more than any file has.
std::optional<int64_t> SizeOf(std::string_view type, const std::vector<int64_t>& shape) {
  std::optional<int64_t> size = BytesOf(type);
  if (!size) return std::nullopt;
  for (const int64_t count : shape) {
    if (count != 0 && *size > kMaxBytes / count) return std::nullopt;
    *size *= count;
  }
  return size;
}

// A list of whole numbers from nought up; nothing if it is something else.
std::optional<std::vector<int64_t>> Numbers(JsonElement element) {
  JsonArray array;
  if (element.get(array) != simdjson::SUCCESS) return std::nullopt;
  std::vector<int64_t> numbers;
  for (const JsonElement item : array) {
    int64_t number = 0;
    if (item.get(number) != simdjson::SUCCESS || number < 0) return std::nullopt;
    numbers.push_back(number);
  }
  return numbers;
}

std::optional<std::vector<int64_t>> NumbersAt(JsonObject object, std::string_view key) {
  JsonElement element;
  if (object.at_key(key).get(element) != simdjson::SUCCESS) return std::nullopt;
  return Numbers(element);
}

}  // namespace

std::unexpected<Error> SafeTensors::Refuse(std::string message) const {
  return Invalid(std::move(message), {.file = path_});
}

Result<SafeTensors> SafeTensors::Read(const std::string& path) {
  return Parse(TRY(ReadWholeFile(path, kMaxBytes)), path);
}

Result<SafeTensors> SafeTensors::Parse(std::string bytes, const std::string& path) {
  SafeTensors tensors;
  tensors.path_ = path;
  tensors.bytes_ = std::move(bytes);
  const std::string_view all = tensors.bytes_;
  uint64_t length = 0;
  if (all.size() < kLengthBytes) return tensors.Refuse("is cut: a safetensors file has a header");
  std::memcpy(&length, all.data(), kLengthBytes);
  if (length > kMaxHeaderBytes)
    return tensors.Refuse("is no safetensors file: its header is too long");
  if (length > all.size() - kLengthBytes) return tensors.Refuse("is cut inside its header");
  TRY(tensors.ReadHeader(all.substr(kLengthBytes, length)));
  TRY(tensors.CheckLayout(kLengthBytes + static_cast<int64_t>(length)));
  return tensors;
}

Status SafeTensors::ReadHeader(std::string_view header) {
  JsonParser parser;
  const auto root = parser.Parse(header);
  JsonObject object;
  if (!root || root->get(object) != simdjson::SUCCESS || parser.repaired() > 0) {
    return Refuse("is no safetensors file: its header is no JSON object");
  }
  const auto data_begin = kLengthBytes + static_cast<int64_t>(header.size());
  for (const auto& [key, element] : object) {
    const std::string name(key);
    JsonObject fields;
    if (element.get(fields) != simdjson::SUCCESS) {
      return Refuse(fmt::format("the header's \"{}\" is no object", name));
    }
    if (name == "__metadata__") {
      for (const auto& [field, value] : fields) {
        std::string_view text;
        if (value.get(text) != simdjson::SUCCESS) {
          return Refuse(fmt::format("metadata \"{}\" is no string", field));
        }
        metadata_.emplace(field, text);
      }
      continue;
    }
    const auto shape = NumbersAt(fields, "shape");
    const auto offsets = NumbersAt(fields, "data_offsets");
    if (!shape || !offsets || offsets->size() != 2) {
      return Refuse(fmt::format("tensor {} has no sound shape and offsets", name));
    }
    Tensor tensor{.type = std::string(StringAt(fields, "dtype")), .shape = *shape};
    const auto size = SizeOf(tensor.type, tensor.shape);
    if (!size || (*offsets)[0] > kMaxBytes || (*offsets)[1] - (*offsets)[0] != *size) {
      return Refuse(fmt::format("tensor {} has other bytes than its type and shape", name));
    }
    tensor.begin = data_begin + (*offsets)[0];
    tensor.end = data_begin + (*offsets)[1];
    if (!tensors_.emplace(name, std::move(tensor)).second) {
      return Refuse(fmt::format("tensor {} is there twice", name));
    }
  }
  return {};
}

Status SafeTensors::CheckLayout(int64_t data_begin) const {
  std::vector<std::pair<int64_t, int64_t>> parts;
  for (const auto& [name, tensor] : tensors_) parts.emplace_back(tensor.begin, tensor.end);
  std::ranges::sort(parts);
  int64_t at = data_begin;
  for (const auto& [begin, end] : parts) {
    if (begin != at) return Refuse("has bytes of no tensor, or of two");
    at = end;
  }
  const auto size = static_cast<int64_t>(bytes_.size());
  if (size < at) return Refuse(fmt::format("is cut: has {} bytes of {}", size, at));
  if (size > at) return Refuse(fmt::format("has {} bytes behind its last tensor", size - at));
  return {};
}

Result<std::string> SafeTensors::Metadata(std::string_view key) const {
  const auto found = metadata_.find(key);
  if (found == metadata_.end()) return Refuse(fmt::format("has no metadata \"{}\"", key));
  return found->second;
}

Result<int64_t> SafeTensors::MetadataNumber(std::string_view key, int64_t least,
                                            int64_t most) const {
  const std::string text = TRY(Metadata(key));
  int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end || number < least || number > most) {
    return Refuse(fmt::format("metadata \"{}\" is no number from {} to {}", key, least, most));
  }
  return number;
}

Result<std::vector<int64_t>> SafeTensors::Shape(const std::string& name) const {
  const auto found = tensors_.find(name);
  if (found == tensors_.end()) return Refuse(fmt::format("has no tensor {}", name));
  return found->second.shape;
}

std::vector<std::string> SafeTensors::Names() const {
  std::vector<std::string> names;
  for (const auto& [name, tensor] : tensors_) names.push_back(name);
  return names;
}

Result<const SafeTensors::Tensor*> SafeTensors::Find(const std::string& name, std::string_view type,
                                                     std::initializer_list<int64_t> shape) const {
  const auto found = tensors_.find(name);
  if (found == tensors_.end()) return Refuse(fmt::format("has no tensor {}", name));
  const Tensor& tensor = found->second;
  if (tensor.type != type || !std::ranges::equal(tensor.shape, shape)) {
    return Refuse(fmt::format("tensor {} is {} [{}], not {} [{}]", name, tensor.type,
                              fmt::join(tensor.shape, ", "), type, fmt::join(shape, ", ")));
  }
  return &tensor;
}

Result<std::vector<float>> SafeTensors::Floats(const std::string& name,
                                               std::initializer_list<int64_t> shape) const {
  const Tensor& tensor = *TRY(Find(name, "F32", shape));
  std::vector<float> values((tensor.end - tensor.begin) / sizeof(float));
  if (values.empty()) return values;
  std::memcpy(values.data(), bytes_.data() + tensor.begin, values.size() * sizeof(float));
  if (!std::ranges::all_of(values, [](float value) { return std::isfinite(value); })) {
    return Refuse(fmt::format("tensor {} has a value that is not finite", name));
  }
  return values;
}

Result<std::span<const int8_t>> SafeTensors::Int8s(const std::string& name,
                                                   std::initializer_list<int64_t> shape) const {
  const Tensor& tensor = *TRY(Find(name, "I8", shape));
  return std::span(reinterpret_cast<const int8_t*>(bytes_.data()) + tensor.begin,
                   static_cast<size_t>(tensor.end - tensor.begin));
}

}  // namespace parley
