#include "stages/redact/pii_detector.h"

#include <gtest/gtest.h>

#include <string>

#include "base/random.h"
#include "stages/redact/redactor.h"

namespace parley {
namespace {

// Vectorscan's later copies miss matches at some lengths and places (stages/patterns/sound_scan.h),
// so each type is looked for at every place of texts of many lengths.
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
          found |=
              span.type == type && text.substr(static_cast<size_t>(span.begin),
                                               static_cast<size_t>(span.end - span.begin)) == value;
        }
        EXPECT_TRUE(found) << type << " missed at " << place << " of " << text.size() << " bytes";
      }
    }
  }
}

// A tag is never taken for what it replaced: else redacting would not end.
TEST(Redactor, EndsWithTheTagsOfAllTypesInPlace) {
  const Redactor redactor = Redactor::Create({}).value();
  for (const char* text :
       {"/home/petraw/x and C:\\Users\\petraw.w\\x", "ssn 536-90-4399, itin 912-70-1234",
        "passport K4471822, licence plate 7ABC123, driver's license D1234567",
        "password: gr33nT0ad!, born 02.07.1991, swift DEUTDEFF500",
        "cpf 52998224725 @petra_w hi"}) {
    const std::string once = redactor.RedactLabel(text).value();
    EXPECT_NE(once, text);
    EXPECT_EQ(redactor.RedactLabel(once).value(), once);
  }
}

// A tag-like word somewhere in a URL or an address does not shield the rest of it.
TEST(Redactor, ATagInsideDoesNotShieldASecret) {
  const Redactor redactor = Redactor::Create({}).value();
  const struct {
    const char* text;
    const char* secret;
  } cases[] = {
      {"see https://bob:s3cr3tpw@db.corp.io/ID_5 now", "s3cr3tpw"},
      {"see https://NAME_1:s3cr3tpw@h.corp.io now", "s3cr3tpw"},
      {"see https://ann.lee@mail.net:s3cr3tpw@h.corp.io now", "s3cr3tpw"},
      {"NAME_1.smith@sunmail.de", "smith"},
      {"mary.NAME_1@sunmail.de", "mary"},
      {"NAME_1mary@sunmail.de", "mary"},
  };
  for (const auto& [text, secret] : cases) {
    const std::string once = redactor.RedactLabel(text).value();
    EXPECT_EQ(once.find(secret), std::string::npos) << once;
    EXPECT_EQ(redactor.RedactLabel(once).value(), once);
  }
}

}  // namespace
}  // namespace parley
