#include "formats/element_scanner.h"
#include "formats/fuzz_input.h"
#include "formats/read_records.h"
#include "text/json.h"

namespace {

// The end of a value does not depend on how its bytes come in parts.
void CheckParts(std::string_view bytes) {
  if (bytes.empty() || std::string_view(" \t\r\n,]").find(bytes[0]) != std::string_view::npos)
    return;
  parley::ElementScanner whole;
  const size_t end = whole.Scan(bytes);
  for (const size_t part : {size_t{1}, size_t{3}}) {
    parley::ElementScanner scanner;
    size_t found = parley::ElementScanner::npos;
    for (size_t at = 0; at < bytes.size() && found == parley::ElementScanner::npos; at += part) {
      const size_t here = scanner.Scan(bytes.substr(at, part));
      if (here != parley::ElementScanner::npos) found = at + here;
    }
    parley::Check(found == end, "the parts of a value end elsewhere than the whole");
  }
}

// Of an array that a parser accepts, the elements are those that the parser finds.
void CheckElements(const parley::FuzzInput& input) {
  parley::JsonParser parser;
  const auto root = parser.Parse(input.bytes());
  parley::JsonArray array;
  if (!root || root->get(array) != simdjson::SUCCESS) return;
  const auto seen = ReadRecords(input.AsFile(parley::Container::kJsonArray));
  parley::Check(!seen.error.has_value(), "an array that is JSON is refused");
  parley::Check(seen.records.size() == array.size(), "elements are missing, or too many");
  parley::JsonParser element_parser;
  size_t i = 0;
  for (const parley::JsonElement element : array) {
    const auto found = element_parser.Parse(seen.records[i++].json);
    parley::Check(found && parley::ToJson(*found) == parley::ToJson(element),
                  "an element is not the parser's");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const parley::FuzzInput input(data, size);
  for (const int64_t max_record_bytes : {8, 1 << 20}) {
    CheckCover(input, parley::Container::kJsonArray, " \t\r\n,[]",
               {.max_record_bytes = max_record_bytes});
  }
  CheckParts(input.bytes());
  CheckElements(input);
  return 0;
}
