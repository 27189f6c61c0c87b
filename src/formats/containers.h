// One reader a container; `RecordReader::Open` chooses.

#pragma once

#include <memory>

#include "formats/record_reader.h"

namespace parley {

std::unique_ptr<RecordReader> OpenJsonLines(std::unique_ptr<ByteStream> stream,
                                            const InputFile& file, const InputPiece& piece,
                                            RecordReader::Options options);
std::unique_ptr<RecordReader> OpenJsonArray(std::unique_ptr<ByteStream> stream,
                                            const InputFile& file, RecordReader::Options options);
std::unique_ptr<RecordReader> OpenSession(std::unique_ptr<ByteStream> stream, const InputFile& file,
                                          RecordReader::Options options);
Result<std::unique_ptr<RecordReader>> OpenParquet(const InputFile& file, const InputPiece& piece,
                                                  RecordReader::Options options);

/// The row at which each row group begins, and the count of all rows last. Invalid if the footer is
/// broken.
Result<std::vector<int64_t>> RowGroupBounds(const std::string& path);

}  // namespace parley
