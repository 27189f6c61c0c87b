#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "parley/status.h"
#include "text/utf8.h"

// A repaired text is valid, a valid one is not touched, and walking it by code points gives the
// same bytes and as many code points as were counted.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::string repaired;
  const int64_t repairs = parley::RepairUtf8(text, repaired);
  parley::Check(parley::IsValidUtf8(repaired), "a repaired text is not valid");
  parley::Check((repairs == 0) == parley::IsValidUtf8(text), "repairs and validity disagree");
  parley::Check(repairs > 0 || repaired == text, "a valid text was changed");

  std::string again;
  parley::Check(parley::RepairUtf8(repaired, again) == 0, "a repaired text needs another repair");

  std::string walked;
  int64_t code_points = 0;
  for (size_t at = 0; at < repaired.size(); ++code_points) {
    parley::AppendCodePoint(walked, parley::NextCodePoint(repaired, at));
  }
  parley::Check(walked == repaired, "walking the code points gives other bytes");
  parley::Check(code_points == parley::CountCodePoints(repaired), "a code point was miscounted");
  return 0;
}
