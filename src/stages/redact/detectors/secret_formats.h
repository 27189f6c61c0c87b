// Secrets that can be told by their form: keys, tokens and webhooks of services.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stages/redact/pii_span.h"

namespace parley {

/// A service's format, as its own documents give it.
///
/// `form` is literal text with runs in angle brackets: how many, then of what. "<36w>" is 36
/// letters and digits, "<20-40h>" 20 to 40 hexadecimal digits in lower case, "<50+b>" at least 50
/// of base 64 for URLs. d digits, h hexadecimal in lower case, H in either, a lower-case letters
/// and digits, A upper-case ones, u base 32, w all letters and digits, b with "_-", t with "_-.=~%"
/// as well, B base 64, c base 64 of crypt ("./"), x hexadecimal with hyphens (a UUID).
struct SecretFormat {
  std::string_view name;
  std::string_view form;
};

std::span<const SecretFormat> SecretFormats();

/// The formats, made ready for matching.
class SecretMatcher {
 public:
  SecretMatcher();

  /// A pattern for the engine that gives a format's candidates away: a literal part and a
  /// few characters of what follows.
  std::string Pattern(size_t format) const;

  /// The secret of this format whose pattern matched up to `end`, if the whole form is there and
  /// nothing that would go on with it. `reserved`: what is repeated, counted up or called an
  /// example.
  std::optional<PiiSpan> Match(std::string_view text, size_t format, size_t end) const;

 private:
  struct Part {
    std::string_view literal;  // Or, if it is empty, a run:
    size_t min = 0;
    size_t max = 0;
    char what = 0;
  };
  struct Compiled {
    std::vector<Part> parts;
    size_t anchor = 0;     // The part that gives it away.
    size_t following = 0;  // Characters of the part behind it that the pattern takes in.
  };
  static Compiled Compile(std::string_view form);

  std::vector<Compiled> formats_;
};

/// Shannon's entropy of the bytes of `text`, in bits a byte.
double BitsPerByte(std::string_view text);

/// Whether a secret is one that nobody has: a word such as "example" or "your", one byte repeated,
/// digits or letters in a row.
bool IsPlaceholderSecret(std::string_view secret);

}  // namespace parley
