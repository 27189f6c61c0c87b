#include "stages/language/language_table.h"

#include <algorithm>
#include <array>

#include "parley/status.h"

namespace parley {
namespace {

/// Codes between spaces, each once; whoever stands in no list of a script is written in Latin.
struct ScriptList {
  Script script;
  std::string_view codes;
};

constexpr ScriptList kScriptLists[] = {
    {Script::kLatin, "az uz sr ku tt ms id"},
    {Script::kCyrillic,
     "ru uk be bg sr mk kk ky mn tg tt ba cv ce av os sah tyv bxr xal lez krc mhr mrj kv rue myv "
     "uz"},
    {Script::kGreek, "el"},
    {Script::kArmenian, "hy"},
    {Script::kGeorgian, "ka xmf ab"},
    {Script::kHebrew, "he yi"},
    {Script::kArabic, "ar fa ur ps sd ug ku azb mzn pnb lrc ks"},
    {Script::kSyriac, "syr"},
    {Script::kThaana, "dv"},
    {Script::kDevanagari, "hi mr ne sa bho mai gom new"},
    {Script::kBengali, "bn as bpy"},
    {Script::kGurmukhi, "pa"},
    {Script::kGujarati, "gu"},
    {Script::kOriya, "or"},
    {Script::kTamil, "ta"},
    {Script::kTelugu, "te"},
    {Script::kKannada, "kn"},
    {Script::kMalayalam, "ml"},
    {Script::kSinhala, "si"},
    {Script::kThai, "th"},
    {Script::kLao, "lo"},
    {Script::kTibetan, "bo dz"},
    {Script::kMyanmar, "my"},
    {Script::kEthiopic, "am ti"},
    {Script::kKhmer, "km"},
    {Script::kMongolian, "mn"},
    {Script::kHangul, "ko"},
    {Script::kKana, "ja"},
    {Script::kHan, "zh ja yue"},
};

constexpr std::string_view kCommon =
    "am ar az be bg bn ca cs da de el en es et eu fa fi fr gu he hi hr hu hy id is it ja ka kn ko "
    "ku lo lt lv ml mr ms nl no or pa pl pt ro ru sk sl sq sr sv ta te th tl tr uk ur vi yo zh "
    "km my si bo dv ti ne";

constexpr std::string_view kUncommon =
    "af bs cy eo ga gl ha ig kk ky la mi mk mn mt nn ps rw sd sn so st sw tg tk tn ts tt ug uz xh "
    "yi yue zu as mg ny lg ht jv su ceb";

constexpr std::string_view kRare =
    "als an ast av azb ba bar bcl bho bpy br bxr cbk ce co cv diq dsb dty dz egl fj frr fy gd gn "
    "gom gv haw hif hmn hsb ia ie ilo io jbo krc kv kw lb lez li lmo ln lo lrc mai mhr min mrj mwl "
    "myv mzn nah nap nds new nso oc om os pam pfl pms pnb qu rm rue sa sah sc scn sco sm ss syr "
    "to tyv vec vep vls vo wa war wo xal xmf ab ay aa ak bi bm crs ee ff ks kha lu mfe nr om rn sg "
    "ve za";

/// What detectors call a language by, and its code here.
constexpr std::pair<std::string_view, std::string_view> kAliases[] = {
    {"iw", "he"},      {"jw", "jv"},   {"in", "id"},   {"mo", "ro"},   {"zh-Hant", "zh"},
    {"zh-Hans", "zh"}, {"wuu", "zh"},  {"ckb", "ku"},  {"arz", "ar"},  {"fil", "tl"},
    {"nb", "no"},      {"bh", "bho"},  {"eml", "egl"}, {"als", "als"}, {"lug", "lg"},
    {"sr-ME", "sr"},   {"blu", "hmn"}, {"tlh", ""},    {"dty", "ne"},  {"bxr", "bxr"},
    {"sit-NP", "ne"},  {"ceb", "ceb"},
};

// Fitted by bench/language_tune.py, then drawn towards nought for the languages with n-grams (chat
// holds more English than the texts of the fit) and lowered by hand for languages that others are
// taken for: Bosnian, Galician, Afrikaans, Nynorsk.
constexpr double kCommonPrior = 0;
constexpr double kUncommonPrior = 1.9;  // Without n-grams it would lose to any that has some.
constexpr double kRarePrior = -2.0;
constexpr std::pair<std::string_view, double> kPriors[] = {
    {"ar", -0.2}, {"bg", -0.3}, {"bn", 0.5},  {"ca", 0.2},  {"cs", -0.3}, {"da", 0.5},
    {"en", -0.3}, {"es", 0.2},  {"et", 0.4},  {"fi", -0.2}, {"fr", 0.2},  {"hi", -0.3},
    {"hr", 0.5},  {"id", -1.5}, {"is", 0.6},  {"it", 0.3},  {"ja", -0.4}, {"ku", 2.0},
    {"ms", -0.2}, {"nl", 0.4},  {"no", 0.2},  {"pl", -0.2}, {"ru", -1.0}, {"sl", 0.4},
    {"sq", -0.3}, {"sr", -0.8}, {"tr", -0.4}, {"uk", -1.0}, {"ur", 0.4},  {"vi", 1.6},
    {"yo", 1.2},  {"zh", 0.5},  {"km", -0.3}, {"my", -0.3}, {"si", -0.3}, {"ti", -0.3},
    {"ne", 1.2},  {"af", -1.5}, {"bs", -2.1}, {"cy", 4.0},  {"eo", 3.7},  {"ga", 4.0},
    {"gl", -2.2}, {"kk", 5.2},  {"ky", 5.9},  {"la", 3.5},  {"mk", -1.1}, {"mn", 5.6},
    {"nn", -1.4}, {"ps", 2.6},  {"sd", 2.6},  {"so", 3.9},  {"sw", 4.3},  {"tg", 2.6},
    {"ug", 2.6},  {"uz", 4.2},  {"yi", 2.6},  {"yue", 2.6}, {"zu", 4.4},  {"as", 1.7}};

template <class Function>
void ForEachCode(std::string_view codes, Function function) {
  while (!codes.empty()) {
    const size_t end = std::min(codes.find(' '), codes.size());
    if (end > 0) function(codes.substr(0, end));
    codes.remove_prefix(std::min(end + 1, codes.size()));
  }
}

bool Holds(std::string_view codes, std::string_view code) {
  bool found = false;
  ForEachCode(codes, [&](std::string_view each) { found |= each == code; });
  return found;
}

std::vector<LanguageEntry> MakeTable() {
  std::vector<LanguageEntry> table;
  const auto add = [&](std::string_view codes, double prior) {
    ForEachCode(codes, [&](std::string_view code) {
      if (std::ranges::find(table, code, &LanguageEntry::code) != table.end()) return;
      LanguageEntry entry{.code = code, .prior = prior, .scripts = 0};
      for (const ScriptList& list : kScriptLists) {
        if (Holds(list.codes, code)) entry.scripts |= 1U << static_cast<int>(list.script);
      }
      if (entry.scripts == 0) entry.scripts = 1U << static_cast<int>(Script::kLatin);
      for (const auto& [fitted, value] : kPriors) {
        if (fitted == code) entry.prior = value;
      }
      table.push_back(entry);
    });
  };
  add(kCommon, kCommonPrior);
  add(kUncommon, kUncommonPrior);
  add(kRare, kRarePrior);
  return table;
}

}  // namespace

const std::vector<LanguageEntry>& LanguageTable() {
  static const std::vector<LanguageEntry> table = MakeTable();
  return table;
}

int FindLanguage(std::string_view code) {
  for (const auto& [alias, meant] : kAliases) {
    if (alias == code) code = meant;
  }
  const std::vector<LanguageEntry>& table = LanguageTable();
  const auto found = std::ranges::find(table, code, &LanguageEntry::code);
  return found == table.end() ? -1 : static_cast<int>(found - table.begin());
}

}  // namespace parley
