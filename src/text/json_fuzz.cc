#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "text/json.h"
#include "text/utf8.h"

// Whatever the bytes are, a document that is accepted can be written as JSON and read back: the
// text is valid UTF-8, parses without a repair, and writing it again changes nothing.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  parley::JsonParser parser;
  const auto root = parser.Parse(text);
  if (!root) return 0;
  const std::string once = parley::ToJson(*root);
  parley::Check(parley::IsValidUtf8(once), "an accepted document is not valid UTF-8");
  const auto again = parser.Parse(once);
  parley::Check(again.has_value(), "what was written does not parse");
  parley::Check(parser.repaired() == 0, "what was written needed a repair");
  parley::Check(parley::ToJson(*again) == once, "writing twice gives two texts");
  return 0;
}
