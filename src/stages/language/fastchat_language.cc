#include "stages/language/fastchat_language.h"

#include "stages/language/cld2_scorer.h"
#include "text/language_names.h"

namespace parley {

std::string FastChatLanguageName(std::string_view text) {
  // FastChat asks polyglot, and polyglot asks CLD2: as if for a web page, and where the answer is
  // not reliable once more for its best guess. ICU then gives CLD2's code its name.
  Cld2Answer answer = AskCld2(text, {.html = true});
  if (answer.valid && !answer.reliable) {
    answer = AskCld2(text, {.html = true, .best_effort = true});
  }
  if (!answer.valid || !answer.reliable) return "unknown";
  return LanguageNameInEnglish(answer.code);
}

}  // namespace parley
