#include "inference/window_cache.h"

#include <string>

namespace parley {

Hash128 HashOfPieces(std::span<const TextPiece> pieces) {
  std::string bytes;
  bytes.reserve(pieces.size() * sizeof(int32_t));
  for (const TextPiece& piece : pieces) {
    for (int shift = 0; shift < 32; shift += 8) {
      bytes += static_cast<char>(static_cast<uint32_t>(piece.id) >> shift & 0xFF);
    }
  }
  return WideHashOf(bytes);
}

}  // namespace parley
