// src/stages/redact/redact_stage.cc
//
// Replaces personal data with tags. Switched off, texts pass as they are, and the card and the
// manifest say so.

#include "stages/redact/redactor.h"
#include "stages/stage.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

struct Options {
  std::vector<std::string> types = Redactor::Options{}.types;
  std::vector<std::string> phone_regions = Redactor::Options{}.phone_regions;
};

Result<StageObject> Make(const Options& options) {
  return std::make_unique<Redactor>(
      TRY(Redactor::Create({.types = options.types, .phone_regions = options.phone_regions})));
}

}  // namespace

StageInfo RedactStage() {
  return Describe<Options>({
      .name = "redact",
      .summary = "Replaces personal data with tags such as EMAIL_1, numbered per conversation.",
      .kind = StageKind::kRedactor,
      .keys = {{"types", &Options::types, "what is replaced; all types stand in redaction.md"},
               {"phone_regions", &Options::phone_regions,
                "countries, by ISO 3166 code, whose national phone numbers are looked for besides "
                "those of the message's language"}},
      .make = &Make,
  });
}

}  // namespace parley
