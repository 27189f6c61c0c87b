// The checks, each as its country's authority or register describes it. Digits are `d[0]` onwards;
// "weights" are multiplied with the digits and summed.
//
// Verified in national_id_test.cc against numbers worked out by hand.

#include <array>

#include "stages/redact/detectors/check_digits.h"
#include "stages/redact/detectors/national_id.h"
#include "stages/redact/letters.h"

namespace parley {
namespace {

using Text = std::string_view;

int Digit(Text d, size_t i) { return d[i] - '0'; }
int Last(Text d) { return d.back() - '0'; }
int64_t Part(Text d, size_t at, size_t size) { return NumberOf(d.substr(at, size)); }

// Years of two digits leave the century open; so 29 February always counts.
bool HasDate(Text d, size_t year, size_t month, size_t day) {
  return IsCalendarDate(0, Part(d, month, 2), Part(d, day, 2)) && Part(d, year, 2) >= 0;
}

// The two check digits of Brazil's CPF: weights fall to 2; a remainder below 2 gives 0.
bool BrazilCpf(Text d) {
  if (IsOneByteRepeated(d)) return false;
  const auto check = [&](size_t size) {
    int sum = 0;
    for (size_t i = 0; i < size; ++i) sum += Digit(d, i) * static_cast<int>(size + 1 - i);
    return sum % 11 < 2 ? 0 : 11 - sum % 11;
  };
  return check(9) == Digit(d, 9) && check(10) == Digit(d, 10);
}

// One digit of the first ten occurs twice or thrice, the others once at most.
bool GermanyTax(Text d) {
  if (d[0] == '0' || !PassesMod11And10(d)) return false;
  std::array<int, 10> counts{};
  for (const char c : d.substr(0, 10)) ++counts[static_cast<size_t>(c - '0')];
  int repeated = 0;
  for (const int count : counts) {
    if (count > 3) return false;
    repeated += count > 1 ? 1 : 0;
  }
  return repeated == 1;
}

bool NetherlandsBsn(Text d) {
  return !IsOneByteRepeated(d) && WeightedSum(d, {9, 8, 7, 6, 5, 4, 3, 2, -1}) % 11 == 0;
}

bool Belgium(Text d) {
  if (Part(d, 2, 2) > 12 || Part(d, 4, 2) > 31) return false;
  const int64_t body = Part(d, 0, 9);
  const int64_t check = Part(d, 9, 2);
  return check == 97 - body % 97 || check == 97 - (2'000'000'000 + body) % 97;
}

bool PortugalNif(Text d) {
  if (Text("123568").find(d[0]) == Text::npos && d.substr(0, 2) != "45") return false;
  const int rest = WeightedSum(d, {9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return Last(d) == (rest < 2 ? 0 : 11 - rest);
}

bool GreeceAmka(Text d) { return HasDate(d, 4, 2, 0) && PassesLuhn(d); }

bool GreeceAfm(Text d) {
  return !IsOneByteRepeated(d) &&
         WeightedSum(d, {256, 128, 64, 32, 16, 8, 4, 2}) % 11 % 10 == Last(d);
}

bool Turkey(Text d) {
  if (d[0] == '0') return false;
  const int odd = WeightedSum(d, {1, 0, 1, 0, 1, 0, 1, 0, 1});
  const int even = WeightedSum(d, {0, 1, 0, 1, 0, 1, 0, 1});
  if ((7 * odd - even + 100) % 10 != Digit(d, 9)) return false;
  return (odd + even + Digit(d, 9)) % 10 == Digit(d, 10);
}

bool LuhnButNotOneDigit(Text d) { return !IsOneByteRepeated(d) && PassesLuhn(d); }

bool SouthAfrica(Text d) { return HasDate(d, 0, 2, 4) && d[10] <= '2' && PassesLuhn(d); }

bool AustraliaTfn(Text d) {
  return !IsOneByteRepeated(d) && WeightedSum(d, {1, 4, 3, 7, 5, 8, 6, 9, 10}) % 11 == 0;
}

bool AustraliaMedicare(Text d) {
  return d[0] >= '2' && d[0] <= '6' && WeightedSum(d, {1, 3, 7, 9, 1, 3, 7, 9}) % 10 == Digit(d, 8);
}

bool CanadaSin(Text d) { return d[0] != '0' && d[0] != '8' && LuhnButNotOneDigit(d); }

bool NewZealandIrd(Text d) {
  std::string padded(9 - d.size(), '0');
  padded += d;
  const int64_t number = NumberOf(d);
  if (number < 10'000'000 || number > 150'000'000) return false;
  int rest = WeightedSum(padded, {3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  if (rest == 1) rest = WeightedSum(padded, {7, 4, 3, 2, 5, 2, 7, 6}) % 11;
  return Last(padded) == (rest == 0 ? 0 : 11 - rest);
}

bool Japan(Text d) {
  const int rest = WeightedSum(d, {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  return !IsOneByteRepeated(d) && Last(d) == (rest <= 1 ? 0 : 11 - rest);
}

bool Thailand(Text d) {
  const int sum = WeightedSum(d, {13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2});
  return d[0] != '0' && Last(d) == (11 - sum % 11) % 10;
}

bool IndiaAadhaar(Text d) { return d[0] >= '2' && PassesVerhoeff(d); }

bool Malaysia(Text d) { return HasDate(d, 0, 2, 4) && Part(d, 6, 2) >= 1 && Part(d, 6, 2) <= 59; }

bool Indonesia(Text d) {
  const int64_t day = Part(d, 6, 2);
  return Part(d, 0, 2) >= 11 && Part(d, 0, 2) <= 96 &&
         IsCalendarDate(0, Part(d, 8, 2), day > 40 ? day - 40 : day) && Part(d, 12, 4) > 0;
}

bool BritainNhs(Text d) {
  const int rest = WeightedSum(d, {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return !IsOneByteRepeated(d) && rest != 1 && Last(d) == (11 - rest) % 11;
}

// Estonia and Lithuania: a century and sex, a date, a serial; two rounds of weights.
bool Baltic(Text d) {
  if (d[0] < '1' || d[0] > '8' || !HasDate(d, 1, 3, 5)) return false;
  int rest = WeightedSum(d, {1, 2, 3, 4, 5, 6, 7, 8, 9, 1}) % 11;
  if (rest == 10) rest = WeightedSum(d, {3, 4, 5, 6, 7, 8, 9, 1, 2, 3}) % 11;
  return Last(d) == rest % 10;
}

bool Latvia(Text d) {
  if (!HasDate(d, 4, 2, 0) || d[6] > '2') return false;
  const int sum = WeightedSum(d, {1, 6, 3, 7, 9, 10, 5, 8, 4, 2});
  return (1101 - sum) % 11 % 10 == Last(d);
}

// The former Yugoslavia: day, month, three digits of the year, region, serial.
bool YugoslavJmbg(Text d) {
  if (!HasDate(d, 5, 2, 0)) return false;
  const int rest = WeightedSum(d, {7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  return Last(d) == (11 - rest) % 11 % 10;
}

bool Romania(Text d) {
  if (d[0] == '0' || !HasDate(d, 1, 3, 5)) return false;
  const int rest = WeightedSum(d, {2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9}) % 11;
  return Last(d) == (rest == 10 ? 1 : rest);
}

// A month above 20 or 40 tells the century.
bool Bulgaria(Text d) {
  const int64_t month = Part(d, 2, 2) % 20;
  if (Part(d, 2, 2) > 52 || !IsCalendarDate(0, month, Part(d, 4, 2))) return false;
  return WeightedSum(d, {2, 4, 8, 5, 10, 9, 7, 3, 6}) % 11 % 10 == Last(d);
}

bool PolandPesel(Text d) {
  if (!IsCalendarDate(0, Part(d, 2, 2) % 20, Part(d, 4, 2))) return false;
  return WeightedSum(d, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1}) % 10 == 0;
}

bool PolandNip(Text d) {
  return !IsOneByteRepeated(d) && WeightedSum(d, {6, 5, 7, 2, 3, 4, 5, 6, 7}) % 11 == Last(d);
}

// Czechia and Slovakia; a woman's month has 50 added, a full series 20 more. Nine digits before
// 1954 have no check.
bool CzechBirthNumber(Text d) {
  const int64_t month = Part(d, 2, 2) % 50;
  if (!IsCalendarDate(0, month > 20 ? month - 20 : month, Part(d, 4, 2))) return false;
  if (d.size() == 9) return Part(d, 0, 2) < 54 && d.substr(6) != "000";
  return NumberOf(d) % 11 == 0 || (Part(d, 0, 9) % 11 == 10 && Last(d) == 0);
}

bool Sweden(Text d) {
  const Text short_form = d.substr(d.size() - 10);
  return HasDate(short_form, 0, 2, 4) && PassesLuhn(short_form) &&
         (d.size() == 10 || (Part(d, 0, 4) >= 1900 && Part(d, 0, 4) <= 2018));
}

bool Norway(Text d) {
  const int64_t day = Part(d, 0, 2);  // 40 more: given to people from abroad.
  if (!IsCalendarDate(0, Part(d, 2, 2), day > 40 ? day - 40 : day)) return false;
  return WeightedSum(d, {3, 7, 6, 1, 8, 9, 4, 5, 2, 1}) % 11 == 0 &&
         WeightedSum(d, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

// Since 2007 numbers are given whose weighted sum is no multiple of 11: only the date is left.
bool Denmark(Text d) { return HasDate(d, 4, 2, 0); }

bool Iceland(Text d) {
  return HasDate(d, 4, 2, 0) && (d[9] == '9' || d[9] == '0') &&
         WeightedSum(d, {3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

// Sex, year, month, department, commune, order, key.
bool FranceNir(Text d) {
  if (d[0] != '1' && d[0] != '2') return false;
  const int64_t month = Part(d, 3, 2);
  if (month < 1 || (month > 12 && month < 20) || (month > 42 && month < 50)) return false;
  return Part(d, 13, 2) == 97 - Part(d, 0, 13) % 97;
}

bool SwitzerlandAhv(Text d) {
  return d.starts_with("756") && WeightedSum(d, {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1}) % 10 == 0;
}

bool Austria(Text d) {
  return d[0] != '0' && IsCalendarDate(0, Part(d, 6, 2), Part(d, 4, 2)) &&
         WeightedSum(d, {3, 7, 9, 0, 5, 8, 4, 2, 1, 6}) % 11 == Digit(d, 3);
}

bool Luxembourg(Text d) {
  return Part(d, 0, 4) >= 1880 && Part(d, 0, 4) < 2100 &&
         IsCalendarDate(Part(d, 0, 4), Part(d, 4, 2), Part(d, 6, 2)) &&
         PassesLuhn(d.substr(0, 12)) && PassesVerhoeff(std::string(d.substr(0, 11)) + d[12]);
}

bool HungaryTax(Text d) {
  return d[0] == '8' && WeightedSum(d, {1, 2, 3, 4, 5, 6, 7, 8, 9}) % 11 == Last(d);
}

bool Ukraine(Text d) {
  const int sum = WeightedSum(d, {-1, 5, 7, 9, 4, 6, 10, 5, 7}) % 11;
  return !IsOneByteRepeated(d) && (sum + 11) % 11 % 10 == Last(d);
}

bool RussiaInn(Text d) {
  return WeightedSum(d, {7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == Digit(d, 10) &&
         WeightedSum(d, {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == Digit(d, 11) &&
         !IsOneByteRepeated(d);
}

bool RussiaSnils(Text d) {
  return NumberOf(d.substr(0, 9)) > 1'001'998 &&
         WeightedSum(d, {9, 8, 7, 6, 5, 4, 3, 2, 1}) % 101 % 100 == Part(d, 9, 2);
}

bool Kazakhstan(Text d) {
  if (!HasDate(d, 0, 2, 4) || d[6] > '6') return false;
  int rest = WeightedSum(d, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}) % 11;
  if (rest == 10) rest = WeightedSum(d, {3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2}) % 11;
  return rest == Last(d);
}

bool China(Text d) {
  if (Part(d, 6, 4) < 1900 || Part(d, 6, 4) > 2100 || d[0] == '0' || d[0] == '9') return false;
  if (!IsCalendarDate(Part(d, 6, 4), Part(d, 10, 2), Part(d, 12, 2))) return false;
  const int sum = WeightedSum(d, {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2});
  return d[17] == Text("10X98765432")[static_cast<size_t>(sum % 11)];
}

bool Korea(Text d) {
  const int sum = WeightedSum(d, {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5});
  return HasDate(d, 0, 2, 4) && d[6] <= '8' && d[6] != '0' && Last(d) == (11 - sum % 11) % 10;
}

bool Argentina(Text d) {
  const int64_t kind = Part(d, 0, 2);
  if (kind != 20 && (kind < 23 || kind > 27)) return false;
  const int rest = WeightedSum(d, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
  return Last(d) == (rest == 1 ? 9 : (11 - rest) % 11);
}

bool Chile(Text d) {
  int sum = 0;
  int weight = 2;
  for (size_t i = d.size() - 1; i-- > 0; weight = weight == 7 ? 2 : weight + 1)
    sum += weight * Digit(d, i);
  return d.size() >= 8 && d.back() == Text("0K987654321")[static_cast<size_t>(sum % 11)];
}

bool Ecuador(Text d) {
  return Part(d, 0, 2) >= 1 && Part(d, 0, 2) <= 24 && d[2] <= '6' && PassesLuhn(d);
}

bool Uruguay(Text d) {
  return WeightedSum(d, {2, 9, 8, 7, 6, 3, 4, 1}) % 10 == 0 && !IsOneByteRepeated(d);
}

bool Iran(Text d) {
  const int rest = WeightedSum(d, {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return !IsOneByteRepeated(d) && Last(d) == (rest < 2 ? rest : 11 - rest);
}

bool Pakistan(Text d) { return d[0] >= '1' && d[0] <= '7'; }

bool Egypt(Text d) {
  return (d[0] == '2' || d[0] == '3') && HasDate(d, 1, 3, 5) && Part(d, 7, 2) >= 1 &&
         (Part(d, 7, 2) <= 35 || Part(d, 7, 2) == 88);
}

bool SaudiArabia(Text d) { return (d[0] == '1' || d[0] == '2') && PassesLuhn(d); }
bool Emirates(Text d) { return d.starts_with("784") && PassesLuhn(d); }

// With letters.

bool SpainDni(Text d) {
  return d[8] == Text("TRWAGMYFPDXBNJZSQVHLCKE")[static_cast<size_t>(Part(d, 0, 8) % 23)];
}

bool SpainNie(Text d) {
  const size_t kind = Text("XYZ").find(d[0]);
  if (kind == Text::npos) return false;
  const int64_t number = static_cast<int64_t>(kind) * 10'000'000 + Part(d, 1, 7);
  return d[8] == Text("TRWAGMYFPDXBNJZSQVHLCKE")[static_cast<size_t>(number % 23)];
}

// Odd places (the first is odd) count by a table, even ones by the alphabet.
bool ItalyFiscal(Text d) {
  static constexpr std::array<int, 26> kOdd = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                               20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
  if (Text("ABCDEHLMPRST").find(d[8]) == Text::npos) return false;
  int sum = 0;
  for (size_t i = 0; i < 15; ++i) {
    const int value = IsDigit(d[i]) ? d[i] - '0' : d[i] - 'A';
    sum += i % 2 == 0 ? kOdd[static_cast<size_t>(value)] : value;
  }
  return d[15] - 'A' == sum % 26;
}

bool BritainNino(Text d) {
  static constexpr std::array<Text, 7> kNever = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};
  for (const Text pair : kNever) {
    if (d.starts_with(pair)) return false;
  }
  return Text("DFIQUV").find(d[0]) == Text::npos && Text("DFIOQUV").find(d[1]) == Text::npos &&
         d.back() >= 'A' && d.back() <= 'D';
}

bool MexicoCurp(Text d) {
  if (!HasDate(d, 4, 6, 8) || (d[10] != 'H' && d[10] != 'M' && d[10] != 'X')) return false;
  int sum = 0;
  for (size_t i = 0; i < 17; ++i) {  // Ñ stands between N and O.
    const int value = IsDigit(d[i]) ? d[i] - '0' : d[i] - 'A' + 10 + (d[i] > 'N' ? 1 : 0);
    sum += value * static_cast<int>(18 - i);
  }
  return (10 - sum % 10) % 10 == Last(d);
}

// The fourth letter says what kind of taxpayer it is: P is a person.
bool IndiaPan(Text d) { return d[3] == 'P'; }

bool Singapore(Text d) {
  const int sum = WeightedSum(d.substr(1), {2, 7, 6, 5, 4, 3, 2});
  const bool later = d[0] == 'T' || d[0] == 'G';
  const auto rest = static_cast<size_t>((sum + (d[0] == 'M' ? 3 : later ? 4 : 0)) % 11);
  if (d[0] == 'S' || d[0] == 'T') return d[8] == Text("JZIHGFEDCBA")[rest];
  if (d[0] == 'F' || d[0] == 'G') return d[8] == Text("XWUTRQPNMLK")[rest];
  return d[0] == 'M' && d[8] == Text("XWUTRQPNJLK")[rest];
}

// Letters count from A = 10; a missing first letter counts 36.
bool HongKong(Text d) {
  const size_t letters = IsAsciiLetter(d[1]) ? 2 : 1;
  int sum = letters == 2 ? 9 * (d[0] - 'A' + 10) : 9 * 36;
  sum += 8 * (d[letters - 1] - 'A' + 10) + WeightedSum(d.substr(letters), {7, 6, 5, 4, 3, 2});
  const int check = d.back() == 'A' ? 10 : IsDigit(d.back()) ? Last(d) : 99;
  return (sum + check) % 11 == 0;
}

bool Taiwan(Text d) {
  // The number of each letter, in the order in which the counties had them.
  const size_t letter = Text("ABCDEFGHJKLMNPQRSTUVXYWZIO").find(d[0]);
  if (letter == Text::npos || (d[1] != '1' && d[1] != '2')) return false;
  const int number = static_cast<int>(letter) + 10;
  return (number / 10 + number % 10 * 9 + WeightedSum(d.substr(1), {8, 7, 6, 5, 4, 3, 2, 1, 1})) %
             10 ==
         0;
}

bool IrelandPps(Text d) {
  int sum = WeightedSum(d, {8, 7, 6, 5, 4, 3, 2});
  if (d.size() == 9 && d[8] != 'W') sum += 9 * (d[8] - 'A' + 1);
  return d[7] == Text("WABCDEFGHIJKLMNOPQRSTUV")[static_cast<size_t>(sum % 23)];
}

bool Finland(Text d) {  // The century's mark is not among them.
  const int64_t number = Part(d, 0, 6) * 1000 + Part(d, d.size() - 4, 3);
  return HasDate(d, 4, 2, 0) &&
         d.back() == Text("0123456789ABCDEFHJKLMNPRSTUVWXY")[static_cast<size_t>(number % 31)];
}

bool FranceCorsica(Text d) {
  std::string digits(d);
  digits[5] = '2';
  if (d[5] != '2' || (d[6] != 'A' && d[6] != 'B') || (d[0] != '1' && d[0] != '2')) return false;
  digits[5] = '1';
  digits[6] = d[6] == 'A' ? '9' : '8';
  return Part(digits, 13, 2) == 97 - Part(digits, 0, 13) % 97;
}

constexpr NationalId kDigitIds[] = {
    {"br", "CPF", "3.3.3-2|9-2|3 3 3 2|11", BrazilCpf, "cpf|cadastro|documento", 0.85, 0.4},
    {"de", "Steuer-ID", "2 3 3 3|11", GermanyTax,
     "steuer|idnr|steuerid|tax id|identifikationsnummer|tin", 0.5, 0.3},
    {"nl", "BSN", "4.2.3|4 2 3|3 3 3|9", NetherlandsBsn, "bsn|burgerservicenummer|sofinummer|sofi",
     0.35, 0.15},
    {"be", "Rijksregisternummer", "2.2.2-3.2|2.2.2 3 2|2 2 2 3 2|6-3-2|11", Belgium,
     "rijksregister|registre national|insz|niss|national register|nationaal nummer", 0.85, 0.35},
    {"pt", "NIF", "3 3 3|3.3.3|9", PortugalNif, "nif|contribuinte|fiscal", 0.3, 0.15},
    {"gr", "AMKA", "11", GreeceAmka, "amka|αμκα", 0.4, 0.35},
    {"gr", "AFM", "9", GreeceAfm, "afm|αφμ|vat", 0.15, 0.15},
    {"tr", "TCKN", "3 3 3 2|11", Turkey, "t.c.|tc kimlik|tckn|kimlik|tc no", 0.5, 0.35},
    {"il", "Teudat Zehut", "8-1|9", LuhnButNotOneDigit,
     "teudat|israeli id|t.z|id number|תעודת זהות|ת.ז|ת\"ז", 0.35, 0.15},
    {"za", "ID number", "6 4 3|6 4 2 1|13", SouthAfrica,
     "south african id|id number|id no|rsa id|identity", 0.6, 0.4},
    {"au", "TFN", "3 3 3|9", AustraliaTfn, "tfn|tax file", 0.3, 0.15},
    {"au", "Medicare", "4 5 1|4-5-1|10", AustraliaMedicare, "medicare", 0.4, 0.15},
    {"ca", "SIN", "3 3 3|3-3-3|9", CanadaSin, "sin|social insurance|assurance sociale|nas", 0.4,
     0.15},
    {"nz", "IRD", "2-3-3|3-3-3|8|9", NewZealandIrd, "ird|inland revenue", 0.4, 0.1},
    {"jp", "My Number", "4 4 4|4-4-4|12", Japan, "マイナンバー|個人番号|my number|mynumber", 0.3,
     0.2},
    {"th", "ID", "1-4-5-2-1|1 4 5 2 1|13", Thailand, "บัตรประชาชน|เลขประจำตัว|thai id|citizen id",
     0.85, 0.3},
    {"in", "Aadhaar", "4 4 4|4-4-4|12", IndiaAadhaar, "aadhaar|aadhar|uidai|uid|आधार", 0.45, 0.25},
    {"my", "MyKad", "6-2-4|12", Malaysia, "mykad|nric|ic no|ic number|kad pengenalan|i/c", 0.5,
     0.2},
    {"id", "NIK", "16", Indonesia, "nik|ktp|kependudukan", 0.35, 0.35},
    {"gb", "NHS number", "3 3 4|3-3-4|10", BritainNhs, "nhs|health service", 0.3, 0.15},
    {"ee", "Isikukood", "11", Baltic, "isikukood|asmens kodas|personal code|personal id", 0.4, 0.4},
    {"lv", "Personas kods", "6-5|11", Latvia, "personas kods|personal code", 0.75, 0.3},
    {"hr", "OIB", "11", PassesMod11And10, "oib", 0.2, 0.2},
    {"rs", "JMBG", "13", YugoslavJmbg, "jmbg|emšo|emso|емш|јмбг|matični", 0.4, 0.4},
    {"ro", "CNP", "13", Romania, "cnp|cod numeric", 0.4, 0.4},
    {"bg", "EGN", "10", Bulgaria, "egn|егн", 0.3, 0.3},
    {"pl", "PESEL", "11", PolandPesel, "pesel", 0.4, 0.4},
    {"pl", "NIP", "3-3-2-2|3-2-2-3|10", PolandNip, "nip|podatk", 0.45, 0.15},
    {"cz", "Rodné číslo", "6/4|6/3|10", CzechBirthNumber,
     "rodné číslo|rodne cislo|rodné|r.č|rč|birth number", 0.75, 0.25},
    {"se", "Personnummer", "6-4|8-4|10|12", Sweden,
     "personnummer|person-nr|personnr|swedish id|samordningsnummer", 0.65, 0.3},
    {"no", "Fødselsnummer", "6 5|11", Norway,
     "fødselsnummer|fodselsnummer|personnummer|fnr|d-nummer", 0.6, 0.4},
    {"dk", "CPR", "6-4|10", Denmark, "cpr|personnummer", 0.5, 0.1},
    {"is", "Kennitala", "6-4|10", Iceland, "kennitala|kt", 0.65, 0.3},
    {"fr", "NIR", "1 2 2 2 3 3 2|1 2 2 2 3 3-2|13 2|15", FranceNir,
     "sécurité sociale|securite sociale|nir|numéro de sécu|insee|secu", 0.9, 0.6},
    {"ch", "AHV", "3.4.4.2|3 4 4 2|13", SwitzerlandAhv, "ahv|avs|sozialversicherung", 0.9, 0.45},
    {"at", "SVNR", "4 6|4-6|4 2 2 2|10", Austria, "svnr|sozialversicherung|sv-nummer|svn", 0.5,
     0.3},
    {"lu", "Matricule", "13", Luxembourg, "matricule", 0.5, 0.5},
    {"hu", "Adóazonosító", "10", HungaryTax, "adóazonosító|adoazonosito|adószám", 0.2, 0.2},
    {"ua", "RNOKPP", "10", Ukraine, "рнокпп|іпн|ідентифікаційн|инн|ипн", 0.2, 0.15},
    {"ru", "INN", "12", RussiaInn, "инн|inn", 0.35, 0.35},
    {"ru", "SNILS", "3-3-3 2|3-3-3-2|11", RussiaSnils, "снилс|snils", 0.85, 0.2},
    {"kz", "IIN", "12", Kazakhstan, "иин|жсн|iin", 0.35, 0.35},
    {"cn", "Resident id", "18|17X|6 8 4", China, "身份证|身份證|id card|identity", 0.9, 0.85},
    {"kr", "RRN", "6-7|13", Korea, "주민등록|주민번호|rrn|resident registration", 0.85, 0.35},
    {"ar", "CUIL", "2-8-1|11", Argentina, "cuil|cuit", 0.85, 0.2},
    {"cl", "RUT", "2.3.3-1|1.3.3-1|8-1|7-1|2.3.3X|1.3.3X|8X|7X", Chile, "rut|run|cédula", 0.6, 0.3},
    {"ec", "Cédula", "9-1|10", Ecuador, "cédula|cedula|identidad", 0.5, 0.15},
    {"uy", "Cédula", "1.3.3-1|7-1|8", Uruguay, "cédula|cedula|c.i.", 0.55, 0.1},
    {"do", "Cédula", "3-7-1|11", LuhnButNotOneDigit, "cédula|cedula", 0.6, 0.1},
    {"ir", "National code", "3-6-1|10", Iran, "کد ملی|کدملی|شماره ملی|melli", 0.5, 0.15},
    {"pk", "CNIC", "5-7-1|13", Pakistan, "cnic|nadra|شناختی", 0.6, 0.1},
    {"eg", "National number", "14", Egypt, "الرقم القومي|national id|القومي", 0.3, 0.3},
    {"sa", "National id", "10", SaudiArabia, "iqama|absher|الهوية|إقامة|national id", 0.1, 0.1},
    {"ae", "Emirates ID", "3-4-7-1|15", Emirates, "emirates id|الهوية|eid", 0.9, 0.5},
};

constexpr NationalId kLetterIds[] = {
    {"es", "DNI", "dddddddd-?L|dd.ddd.ddd-?L", SpainDni, "dni|nif|documento|identidad", 0.65, 0.65},
    {"es", "NIE", "L-?ddddddd-?L", SpainNie, "nie|extranjero", 0.65, 0.65},
    {"it", "Codice fiscale", "LLLLLLddLddLdddL|LLL LLL ddLdd LdddL", ItalyFiscal,
     "codice fiscale|c.f.|cf", 0.95, 0.95},
    {"gb", "National insurance", "LL ?dd ?dd ?dd ?L|LLddddddL", BritainNino,
     "national insurance|nino|ni number|insurance number", 0.6, 0.55},
    {"mx", "CURP", "LLLLddddddLLLLLLdd", MexicoCurp, "curp", 0.95, 0.95},
    {"in", "PAN", "LLLLLddddL", IndiaPan, "pan|permanent account|income tax", 0.4, 0.4},
    {"sg", "NRIC", "LdddddddL", Singapore, "nric|fin|singapore", 0.7, 0.7},
    {"hk", "HKID", "Ldddddd(d)|LLdddddd(d)|Ldddddd(L)|LLdddddd(L)", HongKong,
     "hkid|hong kong|身份證|香港", 0.75, 0.75},
    {"tw", "National id", "Lddddddddd", Taiwan, "身分證|身份證|taiwan|national id", 0.5, 0.5},
    {"ie", "PPS", "dddddddL|dddddddLL", IrelandPps, "pps|ppsn|personal public", 0.4, 0.4},
    {"fi", "Henkilötunnus", "dddddd-dddd|dddddd-dddL|ddddddAdddd|ddddddAdddL", Finland,
     "henkilötunnus|hetu|personbeteckning|social security", 0.75, 0.75},
    {"fr", "NIR of Corsica",
     "d dd dd dL ddd ddd dd|dddddd"
     "Ldddddddd",
     FranceCorsica, "sécurité sociale|nir", 0.9, 0.85},
};

}  // namespace

std::span<const NationalId> DigitIds() { return kDigitIds; }
std::span<const NationalId> LetterIds() { return kLetterIds; }

}  // namespace parley
