// What languages do to names: titles before and behind them, small words within, endings.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stages/redact/name_words.h"

namespace parley {

enum class Gender : uint8_t { kNotSaid, kFemale, kMale };

struct Title {
  bool is_title = false;
  Gender gender = Gender::kNotSaid;
};

/// Whether the folded word stands before a name as its title: "mr", "frau", "doctor".
Title TitleOf(std::string_view folded);

/// Whether `text` begins with a word that stands behind a name as its title: "先生", "さん", "씨".
bool TitleBeginsAt(std::string_view text);

/// Whether the folded word stands within names and is none: "van", "de", "bin", "jr".
bool IsNameParticle(std::string_view folded);

/// Whether the folded word is a word of everyday besides being a name in some language: "will",
/// "mark", "rosa", "вера", "文明".
bool IsCommonWord(std::string_view folded);

/// What is left of `word` without the endings that its language puts to names. Two words that share
/// a stem may be forms of one name: "маша" and "маше" share "маш". Needs three letters left, in
/// Cyrillic two of a word such as "аня". Empty for scripts without endings.
///
/// Latin words lose the endings of `language`, and in all languages the plural's s.
std::vector<std::string> StemsOf(const NameWord& word, std::string_view language);

/// Whether `rest`, what follows a name in a Korean word, is a particle or title or begins with one.
bool IsKoreanEnding(std::string_view rest);

}  // namespace parley
