// SHA-256 and HMAC, for what must be exact or kept secret.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "parley/status.h"

namespace parley {

/// SHA-256 of bytes that come in parts.
class Sha256 {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  ~Sha256();
  void Add(std::string_view bytes);
  std::string Hex();  ///< 64 lower-case digits. Once, at the end.

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string Sha256Hex(std::string_view bytes);

/// The same as 32 raw bytes.
std::string Sha256Bytes(std::string_view bytes);

Result<std::string> Sha256OfFile(const std::string& path);

/// HMAC-SHA-256 of `bytes` under `key`: 32 raw bytes.
std::string HmacSha256(std::string_view key, std::string_view bytes);

std::string HexOf(std::string_view bytes);

/// `size` bytes from the system's secure source.
Result<std::string> SecureRandomBytes(int64_t size);

}  // namespace parley
