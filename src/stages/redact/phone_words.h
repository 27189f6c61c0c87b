// Words that speak of phones, in the languages of chat.

#pragma once

#include <string_view>

namespace parley {

/// A pattern over bytes, in any case of ASCII letters, for nouns that hardly mean anything else:
/// "phone", "WhatsApp", "téléphone", "телефон", "电话".
std::string_view PhoneNounPattern();

/// The same for words that go with a number but with much else besides: "call", "reach", "number",
/// "номер", "联系".
std::string_view PhoneVerbPattern();

/// Whether the bytes before `text[at]`, some twenty at most, name a number of another kind: an
/// order, an ISBN, an account, a version.
bool IsNamedOtherwise(std::string_view text, size_t at);

}  // namespace parley
