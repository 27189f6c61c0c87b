// The numbers are invented; that they pass was worked out with a second implementation of each
// check, the Python library stdnum, and for three of them by hand below.

#include "stages/redact/detectors/national_id.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "stages/redact/pii_detector.h"

namespace parley {
namespace {

const NationalId& Known(std::string_view country, std::string_view name) {
  for (const auto& list : {DigitIds(), LetterIds()}) {
    for (const NationalId& id : list) {
      if (id.country == country && id.name == name) return id;
    }
  }
  Check(false, "no such number");
  return DigitIds()[0];
}

// BSN 111222333: 9+8+7 + 2(6+5+4) + 3(3+2) - 3 = 24 + 30 + 15 - 3 = 66 = 6 x 11.
// DNI 12345678: 12345678 = 23 x 536768 + 14, and the letter 14 of TRWAGMYFPDXBNJZ… is Z.
// CPF 529.982.247-25: 5x10+2x9+9x8+9x7+8x6+2x5+2x4+4x3+7x2 = 295 = 26x11 + 9, 11 - 9 = 2; then
// 5x11+2x10+9x9+9x8+8x7+2x6+2x5+4x4+7x3+2x2 = 347 = 31x11 + 6, 11 - 6 = 5.
TEST(NationalIds, OneCheckCharacterOfAllFits) {
  const struct {
    const char* country;
    const char* name;
    std::string number;
  } cases[] = {
      {"nl", "BSN", "111222333"},
      {"es", "DNI", "12345678Z"},
      {"br", "CPF", "52998224725"},
      {"br", "CPF", "11358660662"},
      {"de", "Steuer-ID", "36504587951"},
      {"be", "Rijksregisternummer", "60100687680"},
      {"gr", "AMKA", "18097193520"},
      {"gr", "AFM", "329887761"},
      {"tr", "TCKN", "66917096666"},
      {"il", "Teudat Zehut", "592521900"},
      {"za", "ID number", "9106112996083"},
      {"au", "TFN", "458287745"},
      {"ca", "SIN", "569462468"},
      {"nz", "IRD", "88091922"},
      {"jp", "My Number", "691872170602"},
      {"th", "ID", "7270097153244"},
      {"in", "Aadhaar", "335750690665"},
      {"gb", "NHS number", "4958338969"},
      {"ee", "Isikukood", "36402046875"},
      {"ee", "Isikukood", "46503249996"},
      {"lv", "Personas kods", "16105719836"},
      {"hr", "OIB", "26757428342"},
      {"rs", "JMBG", "2608985501020"},
      {"ro", "CNP", "1621214126917"},
      {"bg", "EGN", "8510039110"},
      {"pl", "PESEL", "53072484298"},
      {"pl", "NIP", "2946693248"},
      {"cz", "Rodné číslo", "6202094129"},
      {"se", "Personnummer", "9804058387"},
      {"no", "Fødselsnummer", "28018298939"},
      {"fr", "NIR", "198057580506132"},
      {"ch", "AHV", "7568594660640"},
      {"ua", "RNOKPP", "9196408134"},
      {"ru", "INN", "807950924904"},
      {"cn", "Resident id", "110101198504124933"},
      {"kr", "RRN", "7508181023957"},
      {"ar", "CUIL", "20708607666"},
      {"cl", "RUT", "274638893"},
      {"ec", "Cédula", "1718978370"},
      {"do", "Cédula", "46373896821"},
      {"es", "NIE", "Z3467308V"},
      {"mx", "CURP", "PEGJ730619HDFRRN01"},
      {"it", "Codice fiscale", "RSSMRA60C15A302A"},
      {"ie", "PPS", "0883785T"},
      {"fi", "Henkilötunnus", "141253184A"},
  };
  std::map<std::string_view, int> countries;
  for (const auto& [country, name, number] : cases) {
    SCOPED_TRACE(number);
    ++countries[country];
    const NationalId& id = Known(country, name);
    EXPECT_TRUE(id.passes(number));
    const bool letter = number.back() > '9';
    for (char other = letter ? 'A' : '0'; other <= (letter ? 'Z' : '9'); ++other) {
      if (other == number.back()) continue;
      EXPECT_FALSE(id.passes(number.substr(0, number.size() - 1) + other)) << other;
    }
  }
  EXPECT_GE(countries.size(), 20U);
}

TEST(NationalIds, AreSureInTheirOwnFormOrBesideTheirWord) {
  const PiiDetector detector = PiiDetector::Create({.types = {"NATIONAL_ID"}}).value();
  for (const std::string text :
       {"529.982.247-25", "cpf 52998224725", "BSN: 111222333", "PESEL 53072484298", "12345678-Z",
        "Aadhaar 3357 5069 0665", "1 98 05 75 805 061 32", "756.8594.6606.40", "Z3467308V",
        "RSSMRA60C15A302A", "75-0818-1023957 주민등록 750818-1023957", "AB 12 34 56 C",
        "110101198504124933", "RUT 27.463.889-3", "141253-184A"})
    EXPECT_FALSE(detector.FindPersonal(text, "en").empty()) << text;
  for (const std::string text :
       {"52998224725", "111222333", "53072484298", "529.982.247-26", "335750690665", "12345678A",
        "total 2946693248", "1621214126917 ms", "0x529982247252", "v1.529.982.247-25"})
    EXPECT_TRUE(detector.FindPersonal(text, "en").empty()) << text;
}

TEST(NationalIds, EveryFormOfTheTableCanBeWritten) {
  for (const NationalId& id : DigitIds())
    EXPECT_EQ(id.forms.find_first_not_of("0123456789-. /|X"), std::string_view::npos) << id.name;
  for (const NationalId& id : LetterIds())
    EXPECT_EQ(id.forms.find_first_not_of("dLA-. ?()|"), std::string_view::npos) << id.name;
}

}  // namespace
}  // namespace parley
