#include "curate/user_keys.h"

#include <algorithm>
#include <cstring>

#include "io/digest.h"

namespace parley {
namespace {

constexpr size_t kKnownUsers = 4096;

std::string Canonical(std::string_view user) {
  std::string text(user);
  if (text.find('@') == std::string::npos) return text;
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return text;
}

uint64_t BigEndian(std::string_view bytes) {
  uint64_t value = 0;
  for (const char c : bytes.substr(0, 8)) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

}  // namespace

UserKeys::UserKeys(std::string key) : key_(std::move(key)), known_(kKnownUsers) {}

Hash128 UserKeys::Of(std::string_view user) {
  if (user.empty()) return {};
  Known& known = known_[HashOf(user) % kKnownUsers];
  if (known.user != user) {
    const std::string digest = HmacSha256(key_, Canonical(user));
    known = {std::string(user), {BigEndian(digest), BigEndian(std::string_view(digest).substr(8))}};
  }
  return known.key;
}

}  // namespace parley
