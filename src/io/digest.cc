#include "io/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>

#include "io/file.h"

namespace parley {

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  Check(state_->context && EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr) == 1,
        "OpenSSL has no SHA-256");
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::Add(std::string_view bytes) {
  Check(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1, "SHA-256 failed");
}

std::string Sha256::Hex() {
  std::array<unsigned char, 32> digest = {};
  Check(EVP_DigestFinal_ex(state_->context, digest.data(), nullptr) == 1, "SHA-256 failed");
  return HexOf({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string Sha256Hex(std::string_view bytes) {
  Sha256 digest;
  digest.Add(bytes);
  return digest.Hex();
}

std::string Sha256Bytes(std::string_view bytes) {
  std::string digest(32, '\0');
  Check(EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()),
                   nullptr, EVP_sha256(), nullptr) == 1,
        "SHA-256 failed");
  return digest;
}

Result<std::string> Sha256OfFile(const std::string& path) {
  const auto input = TRY(InputBytes::Open(path));
  Sha256 digest;
  std::string buffer(1 << 20, '\0');
  for (int64_t at = 0;;) {
    const int64_t got = TRY(input->ReadAt(at, buffer.data(), static_cast<int64_t>(buffer.size())));
    digest.Add(std::string_view(buffer).substr(0, static_cast<size_t>(got)));
    at += got;
    if (got < static_cast<int64_t>(buffer.size())) return digest.Hex();
  }
}

std::string HmacSha256(std::string_view key, std::string_view bytes) {
  std::array<unsigned char, 32> digest = {};
  unsigned size = 0;
  const auto* made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                          reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                          digest.data(), &size);
  Check(made != nullptr && size == digest.size(), "HMAC failed");
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string HexOf(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    hex += kDigits[static_cast<unsigned char>(c) >> 4];
    hex += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return hex;
}

Result<std::string> SecureRandomBytes(int64_t size) {
  std::string bytes(static_cast<size_t>(size), '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size)) != 1) {
    return Fail(Code::kIo, "the system gave no random bytes");
  }
  return bytes;
}

}  // namespace parley
