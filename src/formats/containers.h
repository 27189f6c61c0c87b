// One reader a container; `RecordReader::Open` chooses.

#pragma once

#include <memory>

#include "formats/record_reader.h"

namespace parley {

std::unique_ptr<RecordReader> OpenJsonLines(std::unique_ptr<ByteStream> stream,
                                            const InputFile& file, const InputPiece& piece,
                                            RecordReader::Options options);

}  // namespace parley
