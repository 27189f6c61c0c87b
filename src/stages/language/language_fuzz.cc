// Whatever the bytes, a detector answers with a code of its table or with none.

#include <cstdint>
#include <string_view>

#include "parley/status.h"
#include "stages/language/fastchat_language.h"
#include "stages/language/language_detector.h"
#include "stages/language/language_table.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const parley::LanguageDetector detector = parley::LanguageDetector::Create().value();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const parley::LanguageGuess guess = detector.Detect(text);
  const bool told = guess.code != "und";
  parley::Check(told == (parley::FindLanguage(guess.code) >= 0), "a code that is in no table");
  parley::Check(told ? guess.confidence > 0 && guess.confidence <= 1 : guess.confidence == 0,
                "a confidence that is none");
  parley::Check(!guess.name.empty(), "a language without a name");
  parley::Check(detector.Detect(text).code == guess.code, "two answers to one text");
  parley::Check(!parley::FastChatLanguageName(text).empty(), "a name that is empty");
  return 0;
}
