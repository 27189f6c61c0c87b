#include <algorithm>

#include "formats/fuzz_input.h"
#include "formats/read_records.h"

namespace {

using parley::InputFile;
using parley::RecordReader;
using parley::SeenRecord;

// Cut in two at any place, a file gives the same records with the same lines.
void CheckCuts(const InputFile& file, RecordReader::Options options) {
  const auto whole = ReadRecords(file, options).records;
  const int64_t step = std::max<int64_t>(1, file.size_bytes / 16);
  for (int64_t cut = 0; cut <= file.size_bytes; cut += step) {
    auto [parts, lines, error] = ReadRecords(file, {.end_byte = cut}, options);
    const parley::InputPiece rest{.begin_byte = cut, .end_byte = file.size_bytes};
    for (SeenRecord& seen : ReadRecords(file, rest, options).records) {
      seen.line += lines;
      parts.push_back(seen);
    }
    parley::Check(parts == whole, "two pieces give other records than one");
  }
}

}  // namespace

// Every byte of a file of lines is in one record or separates two, wherever the file is cut, and
// whether lines are too large or not.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const parley::FuzzInput input(data, size);
  for (const int64_t max_record_bytes : {8, 1 << 20}) {
    CheckCover(input, parley::Container::kJsonLines, " \t\r\n",
               {.max_record_bytes = max_record_bytes});
    CheckCuts(input.AsFile(parley::Container::kJsonLines), {.max_record_bytes = max_record_bytes});
  }
  return 0;
}
