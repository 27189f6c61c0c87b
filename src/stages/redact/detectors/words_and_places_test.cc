// Detectors that begin at a word or a mark: addresses, dates of birth, coordinates, documents,
// names of accounts. Longer texts of theirs stand in tests/pii.

#include <gtest/gtest.h>

#include <string>

#include "stages/redact/pii_detector.h"

namespace parley {
namespace {

// What would be replaced as `type`, the first of it.
std::string Found(const char* type, std::string_view text) {
  static const PiiDetector detector = PiiDetector::Create({}).value();
  for (const PiiSpan& span : detector.FindPersonal(text, "en")) {
    if (span.type == type) return std::string(text.substr(span.begin, span.end - span.begin));
  }
  return "";
}

TEST(AddressAt, EndsWhereTheAddressEnds) {
  const struct {
    const char* text;
    const char* want;
  } cases[] = {
      {"at 14 Harbour Road, and then left", "14 Harbour Road"},
      {"at 14 Harbour Rd., Leeds LS6 3HN.", "14 Harbour Rd., Leeds LS6 3HN"},
      {"12 Elm St\nSpringfield, IL 62704\nUSA", "12 Elm St\nSpringfield, IL 62704"},
      {"1600 Elm Avenue NW, Dayton, OH", "1600 Elm Avenue NW, Dayton, OH"},
      {"Hauptstr. 5, 01067 Dresden", "Hauptstr. 5, 01067 Dresden"},
      {"3 chemin de l'Église, 69003 Lyon", "3 chemin de l'Église, 69003 Lyon"},
      {"Avenida Central, 450, 01310-100 São Paulo", "Avenida Central, 450, 01310-100 São Paulo"},
  };
  for (const auto& [text, want] : cases) EXPECT_EQ(Found("ADDRESS", text), want);
}

TEST(AddressAt, LeavesDistancesYearsAndSentences) {
  for (const char* text :
       {"5 miles down the road", "a 90 min drive", "In 1999 Wall Street fell", "Platz 3 der Liste",
        "10 blocks up the street", "version 2 of Lane", "We drove 3 cars. Elm Street was empty",
        "Die Straße 5 Kilometer weiter", "via port 80", "the 5 Ws"})
    EXPECT_EQ(Found("ADDRESS", text), "") << text;
}

TEST(BirthDateBehind, ReadsDatesInManyForms) {
  const struct {
    const char* text;
    const char* want;
  } cases[] = {
      {"d.o.b. 1991-07-02", "1991-07-02"},
      {"born: 2/7/91, female", "2/7/91"},
      {"birthday is on the 2nd of July 1991.", "2nd of July 1991"},
      {"geb. 02.07.1991", "02.07.1991"},
      {"生年月日 1991年7月2日生まれ", "1991年7月2日"},
      {"born in 1991 on a farm", ""},
      {"born on July 32, 1991", ""},
      {"born on May 5, 1821", ""},
      {"the date of the meeting is 02.07.2021", ""},
  };
  for (const auto& [text, want] : cases) EXPECT_EQ(Found("BIRTH_DATE", text), want) << text;
}

TEST(CoordinatesAt, NeedHemispheresOrAWord) {
  EXPECT_EQ(Found("GPS", "N 48.8584, E 2.2945"), "N 48.8584, E 2.2945");
  EXPECT_EQ(Found("GPS", "at 48°51'30\"N, 2°17'40\"E we"), "48°51'30\"N, 2°17'40\"E");
  EXPECT_EQ(Found("GPS", "gps 48.8584,2.2945"), "48.8584,2.2945");
  EXPECT_EQ(Found("GPS", "48.8584, 2.2945"), "");
  EXPECT_EQ(Found("GPS", "gps 98.8584, 2.2945"), "");
  EXPECT_EQ(Found("GPS", "lat 0.1234, 0.5678, 0.9101"), "");
  EXPECT_EQ(Found("GPS", "turn by 90° and 45°"), "");
}

TEST(DocumentBehind, NeedsItsWordInTheSameLine) {
  EXPECT_EQ(Found("PASSPORT", "Passport No: K4471822"), "K4471822");
  EXPECT_EQ(Found("PASSPORT", "passport\nK4471822"), "");
  EXPECT_EQ(Found("PASSPORT", "the passport of 2019 and its 12 pages"), "");
  EXPECT_EQ(Found("LICENCE", "driving licence MORGA657054SM9IJ"), "MORGA657054SM9IJ");
  EXPECT_EQ(Found("PLATE", "license plate: 7ABC123."), "7ABC123");
  EXPECT_EQ(Found("PLATE", "the number plate fell off"), "");
  EXPECT_EQ(Found("SWIFT", "BIC: DEUTDEFF500"), "DEUTDEFF500");
  EXPECT_EQ(Found("SWIFT", "swift: DEUTXXFF"), "") << "XX is no country";
}

TEST(HandleAt, LeavesCode) {
  EXPECT_EQ(Found("USERNAME", "thanks to @petra_w for it"), "@petra_w");
  EXPECT_EQ(Found("USERNAME", "(twitter: @petraw)"), "@petraw");
  for (const char* text :
       {"@property\ndef x(self): ...", "npm i @angular/cli", "@media print {}", "x = @name + 1",
        "* @param name the name", "mail a@b", "email me @ home", "ask @everyone", "@Injectable()"})
    EXPECT_EQ(Found("USERNAME", text), "") << text;
}

TEST(HomeFolderName, IsTheFolderAndNoMore) {
  EXPECT_EQ(Found("USERNAME", "cd /home/petraw/src"), "petraw");
  EXPECT_EQ(Found("USERNAME", "C:\\Users\\Petra W\\x.txt"), "Petra W");
  EXPECT_EQ(Found("USERNAME", "\"C:\\\\Users\\\\petraw\\\\x\""), "petraw");
  EXPECT_EQ(Found("USERNAME", "host:/home/petraw"), "petraw");
  for (const char* text : {"/home/ubuntu/x", "/Users/username/x", "https://a.org/home/news"})
    EXPECT_EQ(Found("USERNAME", text), "") << text;
}

}  // namespace
}  // namespace parley
