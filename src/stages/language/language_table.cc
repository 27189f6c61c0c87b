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
  const auto add = [&](std::string_view codes, Rarity rarity) {
    ForEachCode(codes, [&](std::string_view code) {
      if (std::ranges::find(table, code, &LanguageEntry::code) != table.end()) return;
      LanguageEntry entry{.code = code, .rarity = rarity, .scripts = 0};
      for (const ScriptList& list : kScriptLists) {
        if (Holds(list.codes, code)) entry.scripts |= 1U << static_cast<int>(list.script);
      }
      if (entry.scripts == 0) entry.scripts = 1U << static_cast<int>(Script::kLatin);
      table.push_back(entry);
    });
  };
  add(kCommon, Rarity::kCommon);
  add(kUncommon, Rarity::kUncommon);
  add(kRare, Rarity::kRare);
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
