#include "stages/language/cld2_scorer.h"

#include <cstdio>  // CLD2's header uses FILE without it.
// In this order.
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <climits>

namespace parley {

Cld2Answer AskCld2(std::string_view text, Cld2Options options) {
  const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language languages[3] = {CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE,
                                 CLD2::UNKNOWN_LANGUAGE};
  int percents[3] = {};
  double scores[3] = {};
  int text_bytes = 0;
  int valid_bytes = 0;
  bool reliable = false;
  if (text.size() > INT_MAX) text = text.substr(0, INT_MAX);
  CLD2::ExtDetectLanguageSummaryCheckUTF8(
      text.data(), static_cast<int>(text.size()), !options.html, &hints,
      options.best_effort ? CLD2::kCLDFlagBestEffort : 0, languages, percents, scores, nullptr,
      &text_bytes, &reliable, &valid_bytes);
  return {.code = CLD2::LanguageCode(languages[0]),
          .share = percents[0] / 100.0,
          .reliable = reliable,
          .valid = valid_bytes >= static_cast<int>(text.size())};
}

}  // namespace parley
