#include "formats/record_reader.h"

#include <algorithm>

#include "formats/containers.h"

namespace parley {

Result<std::unique_ptr<RecordReader>> RecordReader::Open(const InputFile& file,
                                                         const InputPiece& piece, Options options) {
  auto stream = TRY(ByteStream::Open(file.path, file.compression));
  return OpenJsonLines(std::move(stream), file, piece, options);
}

std::vector<InputPiece> CutIntoPieces(const InputFile& file, int64_t file_index,
                                      int64_t piece_bytes) {
  const bool can_cut =
      file.container == Container::kJsonLines && file.compression == Compression::kNone;
  if (!can_cut) return {{.file = file_index, .begin_byte = 0, .end_byte = file.size_bytes}};
  std::vector<InputPiece> pieces;
  const int64_t count = std::max<int64_t>(1, file.size_bytes / std::max<int64_t>(1, piece_bytes));
  for (int64_t i = 0; i < count; ++i) {
    pieces.push_back(
        {.file = file_index,
         .begin_byte = file.size_bytes / count * i,
         .end_byte = i + 1 == count ? file.size_bytes : file.size_bytes / count * (i + 1)});
  }
  return pieces;
}

}  // namespace parley
