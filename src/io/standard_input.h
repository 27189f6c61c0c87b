// Standard input as a stream of bytes.

#pragma once

#include <memory>

#include "io/byte_stream.h"

namespace parley {

/// Reads descriptor 0, giving what is there without waiting for more. Cannot go ahead except by
/// reading.
std::unique_ptr<ByteStream> OpenStandardInput();

}  // namespace parley
