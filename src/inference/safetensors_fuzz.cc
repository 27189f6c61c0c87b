// Any bytes are refused, or each of them belongs to the header or to one tensor.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "inference/safetensors.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace parley;
  const auto tensors =
      SafeTensors::Parse(std::string(reinterpret_cast<const char*>(data), size), "fuzz");
  if (!tensors) return 0;
  uint64_t header = 0;
  std::memcpy(&header, data, sizeof(header));
  uint64_t covered = 8 + header;
  bool all_known = true;
  for (const std::string& name : tensors->Names()) {
    const auto shape = tensors->Shape(name).value();
    if (shape.size() != 2) {
      all_known = false;
      continue;
    }
    const auto codes = tensors->Int8s(name, {shape[0], shape[1]});
    const auto floats = tensors->Floats(name, {shape[0], shape[1]});
    Check(!codes || !floats, "a tensor of two types");
    if (codes) {
      Check(std::ssize(*codes) == shape[0] * shape[1], "codes of another shape");
      covered += codes->size();
    } else if (floats) {
      covered += floats->size() * sizeof(float);
    } else {
      all_known = false;  // Of another type, or with a number that is not finite.
    }
  }
  Check(!all_known || covered == size, "a byte in no tensor, or in two");
  return 0;
}
