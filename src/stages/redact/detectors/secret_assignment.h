// Secrets that only the word before them tells: "password: …", "api_key = …", and PEM blocks.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "stages/redact/pii_span.h"

namespace parley {

enum class SecretWord : uint16_t {
  kPassword,       ///< "password:", "пароль:", "senha ="
  kKey,            ///< "api_key =", "client-secret:", "AUTH_TOKEN="
  kAuthorization,  ///< "Bearer ", "Basic "
};
inline constexpr size_t kSecretWordCount = 3;

/// A pattern for the engine, in any case of ASCII letters: the word and what puts a value behind
/// it.
std::string_view SecretWordPattern(SecretWord word);

/// The value behind the word that ends at `end`: in quotes, or up to a space.
///
/// A password is sure if it has six characters or more and is not only letters; a key if it has 16
/// or more, letters and digits, and 3 bits a character. Calls, members and variables are no values.
/// `reserved`: placeholders ("YOUR_KEY", "****", "changeme", "password123").
std::optional<PiiSpan> SecretBehind(std::string_view text, size_t end, SecretWord word);

/// The block of a private key whose first line has "PRIVATE KEY" up to `end`, with both its lines;
/// to where the base 64 stops if the last line is missing. Line breaks may be escaped ("\n").
std::optional<PiiSpan> PrivateKeyAt(std::string_view text, size_t end);

}  // namespace parley
