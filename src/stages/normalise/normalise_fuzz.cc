#include <cstddef>
#include <cstdint>
#include <string>

#include "parley/status.h"
#include "stages/fingerprint.h"
#include "stages/normalise/normalise.h"
#include "text/normal_forms.h"
#include "text/utf8.h"

// A normalised text is valid UTF-8 in NFC without controls, and normalising it again changes
// nothing; nor does collapsing a collapsed text.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string text;
  parley::RepairUtf8({reinterpret_cast<const char*>(data), size}, text);
  parley::EditCounts counts;
  parley::Normalise(text, counts);
  parley::Check(parley::IsValidUtf8(text), "a normalised text is not valid");
  parley::Check(parley::ToNfc(text) == text, "a normalised text is not in NFC");
  for (size_t at = 0; at < text.size();) {
    const char32_t c = parley::NextCodePoint(text, at);
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    parley::Check(!control || c == '\t' || c == '\n', "a normalised text holds a control");
  }

  std::string again = text;
  parley::EditCounts none;
  parley::Normalise(again, none);
  parley::Check(again == text && none == parley::EditCounts{}, "normalising twice is not once");

  std::string collapsed;
  parley::AppendCollapsed(text, collapsed);
  std::string collapsed_again;
  parley::AppendCollapsed(collapsed, collapsed_again);
  parley::Check(collapsed == collapsed_again, "collapsing twice is not once");
  return 0;
}
