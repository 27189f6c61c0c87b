#include "formats/record_reader.h"

#include "formats/containers.h"

namespace parley {

Result<std::unique_ptr<RecordReader>> RecordReader::Open(const InputFile& file,
                                                         const InputPiece& piece, Options options) {
  if (file.container == Container::kParquet) return OpenParquet(file, piece, options);
  auto stream = TRY(ByteStream::Open(file.path, file.compression));
  switch (file.container) {
    case Container::kJsonArray:
      return OpenJsonArray(std::move(stream), file, options);
    case Container::kSession:
      return OpenSession(std::move(stream), file, options);
    case Container::kJsonLines:
    case Container::kParquet:
      break;
  }
  return OpenJsonLines(std::move(stream), file, piece, options);
}

}  // namespace parley
