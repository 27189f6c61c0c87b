#include "stages/redact/pii_detector.h"

#include <gtest/gtest.h>

#include <string>

#include "base/random.h"

namespace parley {
namespace {

// Vectorscan's later copies miss matches at some lengths and places (stages/patterns/sound_scan.h), so
// each type is looked for at every place of texts of many lengths.
TEST(PiiDetector, FindsAtEveryPlaceOfTextsOfEveryLength) {
  const PiiDetector detector = PiiDetector::Create({}).value();
  const struct {
    const char* type;
    std::string value;
  } cases[] = {{"EMAIL", "ann.lee@mail.net"},
               {"IP", "93.184.216.34"},
               {"PHONE", "+49 30 901820"},
               {"URL", "https://ann:secret7@files.mail.net/a"}};
  Random random(11);
  for (const auto& [type, value] : cases) {
    for (int64_t length = 0; length < 140; length += 1) {
      for (int64_t trial = 0; trial < 4; ++trial) {
        std::string text;
        for (int64_t i = 0; i < length; ++i) text += " abcdefgh. "[random.Below(11)];
        const auto place = static_cast<size_t>(random.Below(length + 1));
        text.insert(place, " " + value + " ");
        bool found = false;
        for (const PiiSpan& span : detector.FindPersonal(text, "en")) {
          found |= span.type == type && text.substr(static_cast<size_t>(span.begin),
                                                    static_cast<size_t>(span.end - span.begin)) ==
                                            value;
        }
        EXPECT_TRUE(found) << type << " missed at " << place << " of " << text.size() << " bytes";
      }
    }
  }
}

}  // namespace
}  // namespace parley
