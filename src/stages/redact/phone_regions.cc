#include "stages/redact/phone_regions.h"

#include <algorithm>
#include <array>

namespace parley {
namespace {

constexpr size_t kMaxRegions = 8;

struct Spoken {
  std::string_view language;
  std::array<std::string_view, kMaxRegions> regions;  // Empty behind the last.
};

// Ordered by language.
constexpr Spoken kSpoken[] = {
    {"ar", {"EG", "SA", "AE", "MA", "DZ", "IQ", "JO", "LB"}},
    {"az", {"AZ"}},
    {"bg", {"BG"}},
    {"bn", {"BD", "IN"}},
    {"ca", {"ES"}},
    {"cs", {"CZ"}},
    {"da", {"DK"}},
    {"de", {"DE", "AT", "CH"}},
    {"el", {"GR", "CY"}},
    {"en", {"US", "GB", "IN", "AU", "CA", "IE", "NZ", "ZA"}},
    {"es", {"ES", "MX", "AR", "CO", "CL", "PE", "VE", "EC"}},
    {"et", {"EE"}},
    {"fa", {"IR"}},
    {"fi", {"FI"}},
    {"fr", {"FR", "BE", "CH", "CA"}},
    {"he", {"IL"}},
    {"hi", {"IN"}},
    {"hr", {"HR"}},
    {"hu", {"HU"}},
    {"id", {"ID"}},
    {"it", {"IT", "CH"}},
    {"ja", {"JP"}},
    {"ka", {"GE"}},
    {"kk", {"KZ"}},
    {"ko", {"KR"}},
    {"lt", {"LT"}},
    {"lv", {"LV"}},
    {"ms", {"MY"}},
    {"nb", {"NO"}},
    {"nl", {"NL", "BE"}},
    {"no", {"NO"}},
    {"pl", {"PL"}},
    {"pt", {"BR", "PT"}},
    {"ro", {"RO", "MD"}},
    {"ru", {"RU", "KZ", "BY", "UA"}},
    {"sk", {"SK"}},
    {"sl", {"SI"}},
    {"sr", {"RS"}},
    {"sv", {"SE"}},
    {"th", {"TH"}},
    {"tl", {"PH"}},
    {"tr", {"TR"}},
    {"uk", {"UA"}},
    {"ur", {"PK"}},
    {"vi", {"VN"}},
    {"zh", {"CN", "TW", "HK", "SG", "MO"}},
};

constexpr std::array<std::string_view, 8> kCommon = {"US", "GB", "DE", "IL",
                                                     "IN", "BR", "CN", "JP"};

constexpr std::array<std::string_view, 9> kTrunkOptional = {"AR", "BR", "CN", "IN", "IR",
                                                            "PH", "RU", "TR", "US"};

}  // namespace

std::span<const std::string_view> PhoneRegionsOf(std::string_view language) {
  const auto found = std::ranges::lower_bound(kSpoken, language, {}, &Spoken::language);
  if (found == std::end(kSpoken) || found->language != language) return {};
  const auto count = static_cast<size_t>(std::ranges::find(found->regions, std::string_view()) -
                                         found->regions.begin());
  return std::span(found->regions).first(count);
}

std::span<const std::string_view> CommonPhoneRegions() { return kCommon; }

bool TrunkIsOptional(std::string_view region) {
  return std::ranges::find(kTrunkOptional, region) != kTrunkOptional.end();
}

}  // namespace parley
