// From cheap to dear: the shape of the row, the words around it, the length that a region's plan
// allows, the plan itself, and last the grouping in which libphonenumber would write the number.
//
// libphonenumber's own parser and matcher cost 50 to 100 microseconds a number, most of it for
// reading digits out of text, which has been done here already; so numbers are handed over as
// numbers, and only the plan's pattern is matched.

#include "stages/redact/phone.h"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "stages/redact/digit_row.h"
#include "stages/redact/letters.h"
#include "stages/redact/phone_regions.h"
#include "stages/redact/phone_words.h"

namespace parley {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr size_t kMinDigits = 7;
constexpr size_t kMaxDigits = 15;
constexpr size_t kMaxGroups = 8;
constexpr size_t kTableGroups = 32;  // A row with more is a table: only marked numbers count.
constexpr size_t kNearBytes = 40;    // How far a word may stand before a number and mean it.
constexpr size_t kBesideBytes = 12;  // … and stand right before it.
constexpr size_t kBehindBytes = 16;  // … or behind it.
constexpr size_t kHomeRegions = 2;   // Of those where a language is spoken.
constexpr size_t kFarBytes = 2000;   // How far a noun may stand before a list of numbers.

struct Region {
  std::string code;
  int country = 0;
  std::string trunk;  // What is dialled before a national number: "0", "8", "06", "1", or nothing.
  bool trunk_is_optional = false;
};

// What the words around a number say.
enum class Context : uint8_t {
  kOther,  // That it is a number of another kind.
  kNone,
  kFar,     // Phones were spoken of before.
  kVerb,    // "call", "number" and the like stand near it,
  kNear,    // or what hardly means anything else,
  kBeside,  // or that, "Phone:", right before it.
};

// A run of groups, and how it is written.
struct Writing {
  std::string_view digits;
  std::vector<size_t> lengths;  // Of the groups.
  size_t begin = 0;             // With its plus and bracket.
  size_t end = 0;
  bool plus = false;
  bool bracket = false;   // Holds one.
  bool spaced = true;     // Only spaces separate the groups.
  size_t row_groups = 0;  // In the whole row, these among them.
};

struct Judgement {
  double score = 0;
  std::string value;
};

std::string Value(const PhoneNumber& number) {
  std::string value;
  PhoneNumberUtil::GetInstance()->Format(number, PhoneNumberUtil::E164, &value);
  return value;
}

PhoneNumber MakeNumber(int country, std::string_view national) {
  PhoneNumber number;
  number.set_country_code(country);
  uint64_t value = 0;
  for (const char c : national) value = value * 10 + static_cast<uint64_t>(c - '0');
  number.set_national_number(value);
  const size_t noughts = std::min(national.find_first_not_of('0'), national.size());
  if (noughts > 0) {  // As in Italy, where they belong to the number.
    number.set_italian_leading_zero(true);
    number.set_number_of_leading_zeros(static_cast<int>(noughts));
  }
  return number;
}

// The lengths of the groups of digits in `written`.
std::vector<size_t> LengthsOf(std::string_view written) {
  std::vector<size_t> lengths;
  bool inside = false;
  for (const char c : written) {
    if (!IsDigit(c)) {
      inside = false;
      continue;
    }
    if (!inside) lengths.push_back(0);
    ++lengths.back();
    inside = true;
  }
  return lengths;
}

// Whether `lengths` are those of `usual`, or of it with neighbours written together.
bool GroupsLike(const std::vector<size_t>& lengths, const std::vector<size_t>& usual) {
  if (lengths.size() < 2 || usual.size() < 2) return false;
  size_t at = 0;
  for (const size_t length : lengths) {
    size_t sum = 0;
    while (sum < length && at < usual.size()) sum += usual[at++];
    if (sum != length) return false;
  }
  return at == usual.size();
}

bool IsGroupedLike(const Writing& writing, const PhoneNumber& number, const Region& region) {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  std::string national;
  util.Format(number, PhoneNumberUtil::NATIONAL, &national);
  if (GroupsLike(writing.lengths, LengthsOf(national))) return true;
  std::string abroad;
  util.Format(number, PhoneNumberUtil::INTERNATIONAL, &abroad);
  std::vector<size_t> usual = LengthsOf(abroad);
  if (!usual.empty()) usual.erase(usual.begin());  // The country code.
  if (GroupsLike(writing.lengths, usual)) return true;
  usual.insert(usual.begin(), region.trunk.size());  // "1-415-…", "8 912 …"
  return !region.trunk.empty() && GroupsLike(writing.lengths, usual);
}

// The last word that ends at `at` or before it.
const PhoneWord* WordBefore(const std::vector<PhoneWord>& words, size_t at, bool noun) {
  auto found = std::ranges::upper_bound(words, at, {}, &PhoneWord::end);
  while (found != words.begin()) {
    --found;
    if (found->noun || !noun) return &*found;
    if (at - found->end > kFarBytes) break;
  }
  return nullptr;
}

const PhoneWord* WordBehind(const std::vector<PhoneWord>& words, size_t at) {
  const auto found = std::ranges::lower_bound(words, at, {}, &PhoneWord::begin);
  return found != words.end() ? &*found : nullptr;
}

bool SameParagraph(std::string_view text, size_t begin, size_t end) {
  if (end - begin > kNearBytes) return false;
  return text.substr(begin, end - begin).find("\n\n") == std::string_view::npos;
}

Context ContextOf(std::string_view text, const Writing& writing,
                  const std::vector<PhoneWord>& words) {
  const PhoneWord* noun = WordBefore(words, writing.begin, true);
  const auto distance = [&](const PhoneWord* word) {
    return word != nullptr && SameParagraph(text, word->end, writing.begin)
               ? writing.begin - word->end
               : kFarBytes + 1;
  };
  if (distance(noun) <= kBesideBytes) return Context::kBeside;
  if (IsNamedOtherwise(text, writing.begin)) return Context::kOther;
  if (distance(noun) <= kNearBytes) return Context::kNear;
  const PhoneWord* behind = WordBehind(words, writing.end);
  if (behind != nullptr && behind->begin - writing.end <= kBehindBytes && behind->noun)
    return Context::kNear;
  if (distance(WordBefore(words, writing.begin, false)) <= kNearBytes) return Context::kVerb;
  if (noun != nullptr && writing.begin - noun->end <= kFarBytes) return Context::kFar;
  return Context::kNone;
}

// Whether a national number that is written so, with such words around it, could be sure at all:
// what NationalScore would give the likeliest. Saves the dear steps in tables and code.
bool CouldBeSure(const Writing& writing, Context context) {
  if (context >= Context::kVerb) return true;
  const bool nought = writing.digits[0] == '0';
  if (writing.lengths.size() == 1) {
    const bool american = context == Context::kFar && writing.digits.size() == 10 &&
                          writing.digits[0] > '1' && writing.digits[3] > '1';
    return american || nought || writing.digits.size() == 11;
  }
  if (nought || writing.bracket || !writing.spaced) return true;
  return writing.row_groups == writing.lengths.size() &&
         (writing.lengths.size() > 2 || context == Context::kFar);
}

// "(415) 736-2671"
bool IsWrittenAsInAmerica(const Writing& writing) {
  return writing.bracket && writing.digits[0] != '0' &&
         writing.lengths == std::vector<size_t>{3, 3, 4};
}

// How sure a valid national number is, from what stands around it and how it is written.
//
// `home`: the text's language is spoken first of all in the region.
double NationalScore(const Writing& writing, const Region& region, Context context, bool home,
                     const PhoneNumber& number) {
  if (context >= Context::kNear) return IsGroupedLike(writing, number, region) ? 0.9 : 0.75;
  const bool nought = writing.digits[0] == '0';
  const double hint = context == Context::kVerb ? 0.2 : context == Context::kFar ? 0.1 : 0;
  if (writing.lengths.size() == 1) {
    // Eleven digits that begin with a trunk nought are little else where they are at home.
    const bool mobile =
        PhoneNumberUtil::GetInstance()->GetNumberType(number) == PhoneNumberUtil::MOBILE;
    const bool mobile_at_home = home && mobile && writing.digits.size() >= 10;
    if (mobile_at_home && (nought || writing.digits.size() == 11)) return 0.55 + hint;
    return (mobile_at_home || region.country == 1 ? 0.4 : 0.25) + hint;
  }
  if (!IsGroupedLike(writing, number, region))
    return (home && nought ? 0.45 : home && writing.spaced ? 0.3 : 0.25) + hint;
  if (nought && writing.spaced && writing.row_groups > 2 * writing.lengths.size()) return 0.3;
  if (writing.bracket || nought) return 0.85;
  if (writing.spaced && writing.row_groups > writing.lengths.size()) return 0.3;  // A table.
  if (writing.spaced) return (writing.lengths.size() > 2 ? 0.5 : 0.4) + hint;
  return 0.8;
}

}  // namespace

struct PhoneFinder::Plans {
  std::vector<Region> regions;  // Sorted by code.
  std::vector<std::string> extra;
  std::array<std::string, 1000> by_country;  // The main region of each country code, or empty.

  const Region* Find(std::string_view code) const {
    const auto found = std::ranges::lower_bound(regions, code, {}, &Region::code);
    return found != regions.end() && found->code == code ? &*found : nullptr;
  }
  std::vector<const Region*> Tried(std::string_view language, size_t& spoken) const;
  std::optional<PhoneNumber> International(std::string_view digits) const;
  std::optional<PhoneNumber> National(std::string_view digits, const Region& region) const;
  std::optional<Judgement> JudgeInternational(const Writing& writing, Context context) const;
  std::optional<Judgement> JudgeNational(const Writing& writing, Context context,
                                         std::string_view language) const;
};

PhoneFinder::PhoneFinder(std::unique_ptr<const Plans> plans) : plans_(std::move(plans)) {}
PhoneFinder::PhoneFinder(PhoneFinder&&) noexcept = default;
PhoneFinder& PhoneFinder::operator=(PhoneFinder&&) noexcept = default;
PhoneFinder::~PhoneFinder() = default;

Result<PhoneFinder> PhoneFinder::Create(const std::vector<std::string>& regions) {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  auto plans = std::make_unique<Plans>();
  std::set<std::string> supported;
  util.GetSupportedRegions(&supported);
  for (const std::string& code : supported) {
    Region region{.code = code,
                  .country = util.GetCountryCodeForRegion(code),
                  .trunk = {},
                  .trunk_is_optional = TrunkIsOptional(code)};
    util.GetNddPrefixForRegion(code, true, &region.trunk);
    region.trunk_is_optional = region.trunk_is_optional || region.trunk != "0";
    plans->regions.push_back(std::move(region));
  }
  std::set<int> countries;
  util.GetSupportedCallingCodes(&countries);
  for (const int country : countries)
    util.GetRegionCodeForCountryCode(country, &plans->by_country.at(static_cast<size_t>(country)));
  for (const std::string& code : regions) {
    if (plans->Find(code) == nullptr)
      return Invalid("phone_regions: \"" + code + "\" is no region with a numbering plan");
    plans->extra.push_back(code);
  }
  return PhoneFinder(std::move(plans));
}

std::vector<const Region*> PhoneFinder::Plans::Tried(std::string_view language,
                                                     size_t& spoken) const {
  std::vector<const Region*> tried;
  const auto add = [&](std::string_view code) {
    const Region* region = Find(code);
    if (region != nullptr && std::ranges::find(tried, region) == tried.end())
      tried.push_back(region);
  };
  for (const std::string_view code : PhoneRegionsOf(language)) add(code);
  for (const std::string& code : extra) add(code);
  spoken = tried.size();
  for (const std::string_view code : CommonPhoneRegions()) add(code);
  return tried;
}

// `digits` begin with the country code.
std::optional<PhoneNumber> PhoneFinder::Plans::International(std::string_view digits) const {
  size_t country = 0;
  for (size_t size = 1; size <= 3 && size + 3 < digits.size(); ++size) {
    country = country * 10 + static_cast<size_t>(digits[size - 1] - '0');
    if (country == 0) return std::nullopt;
    if (by_country[country].empty()) continue;
    const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
    std::string_view national = digits.substr(size);
    PhoneNumber number = MakeNumber(static_cast<int>(country), national);
    if (util.IsValidNumber(number)) return number;
    if (national[0] != '0') return std::nullopt;  // "+44 (0)20 …", "+44 020 …"
    number = MakeNumber(static_cast<int>(country), national.substr(1));
    if (util.IsValidNumber(number)) return number;
    return std::nullopt;
  }
  return std::nullopt;
}

std::optional<PhoneNumber> PhoneFinder::Plans::National(std::string_view digits,
                                                        const Region& region) const {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  std::string_view national = digits;
  const bool trunk = !region.trunk.empty() && digits.starts_with(region.trunk);
  if (trunk) national.remove_prefix(region.trunk.size());
  if (!trunk && !region.trunk.empty() && !region.trunk_is_optional) return std::nullopt;
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (!national.empty()) {
      PhoneNumber number = MakeNumber(region.country, national);
      if (util.IsPossibleNumber(number) && util.IsValidNumber(number)) return number;
    }
    if (!trunk || !region.trunk_is_optional) break;
    national = digits;  // What looked like a trunk prefix was part of the number.
  }
  return std::nullopt;
}

std::optional<Judgement> PhoneFinder::Plans::JudgeInternational(const Writing& writing,
                                                                Context context) const {
  const bool near = context >= Context::kVerb;
  if (writing.plus) {
    if (const auto number = International(writing.digits)) return Judgement{0.95, Value(*number)};
    if (near && writing.digits.size() >= 8)
      return Judgement{0.6, std::string("+").append(writing.digits)};
    return std::nullopt;
  }
  if (!writing.digits.starts_with("00")) return std::nullopt;
  const auto number = International(writing.digits.substr(2));
  if (!number) return std::nullopt;
  return Judgement{near || writing.lengths.size() > 1 ? 0.8 : 0.4, Value(*number)};
}

std::optional<Judgement> PhoneFinder::Plans::JudgeNational(const Writing& writing, Context context,
                                                           std::string_view language) const {
  size_t spoken = 0;
  std::optional<Judgement> best;
  const std::vector<const Region*> tried = Tried(language, spoken);
  const bool american = IsWrittenAsInAmerica(writing);
  for (size_t i = 0; i < tried.size(); ++i) {
    // Of a number that nobody but Americans writes so, another country's plan says nothing.
    if (american && tried[i]->country != 1) continue;
    const auto number = National(writing.digits, *tried[i]);
    if (!number) continue;
    const double score =
        NationalScore(writing, *tried[i], context, i < std::min(spoken, kHomeRegions), *number);
    if (!best || score > best->score) best = Judgement{score, Value(*number)};
    if (best->score >= 0.85) break;
  }
  // "Phone: 555-1234": valid nowhere without its area, or a slip; but said to be a phone number.
  if (!best && context == Context::kBeside)
    best = Judgement{0.55, std::string("local ").append(writing.digits)};
  if (!best && american)  // "(123) 456-7890": of no area that there is.
    best = Judgement{context >= Context::kVerb ? 0.6 : 0.4,
                     std::string("local ").append(writing.digits)};
  return best;
}

namespace {

bool EndsWithAny(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::ranges::any_of(ends, [&](std::string_view end) { return text.ends_with(end); });
}

// Fills `writing`, whose memory is used again.
void ReadWriting(std::string_view text, const DigitRow& row, const GroupRun& run,
                 Writing& writing) {
  writing.lengths.clear();
  writing.plus = false;
  writing.spaced = true;
  writing.digits = DigitsOf(row, run);
  writing.begin = row.groups[run.first].begin;
  writing.end = row.groups[run.last].end;
  writing.row_groups = row.groups.size();
  bool closes = false;
  for (size_t i = run.first; i <= run.last; ++i) {
    writing.lengths.push_back(row.groups[i].count);
    if (i == run.last) break;
    const std::string_view separator = SeparatorBehind(text, row, i);
    closes = closes || separator.find(')') != std::string_view::npos ||
             separator.find("）") != std::string_view::npos;
    writing.spaced = writing.spaced && separator == " ";
  }
  writing.bracket = closes;
  // To the left: "(", "+", "(+".
  const auto take = [&](std::string_view narrow, std::string_view wide) {
    const std::string_view before = text.substr(0, writing.begin);
    if (!EndsWithAny(before, {narrow, wide})) return false;
    writing.begin -= before.ends_with(narrow) ? narrow.size() : wide.size();
    return true;
  };
  size_t without = writing.begin;
  bool opened = closes && take("(", "（");
  writing.plus = take("+", "＋") || (writing.lengths.size() > 1 && take("+ ", "＋ "));
  if (!opened && closes) opened = take("(", "（");
  if (opened && !writing.plus && writing.begin == without) opened = false;
}

}  // namespace

size_t PhoneFinder::FindAround(std::string_view text, size_t at, std::string_view language,
                               const std::vector<PhoneWord>& words,
                               std::vector<PiiSpan>& spans) const {
  thread_local DigitRow row;
  ReadDigitRow(text, at, row);
  const auto judge = [&](const GroupRun& run) -> bool {
    thread_local Writing writing;
    ReadWriting(text, row, run, writing);
    if (IsPartOfMore(text, writing.begin, writing.end)) return false;
    if (row.groups.size() > kTableGroups && writing.spaced && !writing.plus) return false;
    std::optional<Judgement> judgement;
    const bool abroad = writing.plus || writing.digits.starts_with("00");
    if (!abroad && (writing.digits.size() > 13 || HasOtherShape(text, row, run))) return false;
    if (writing.lengths.size() == 1 && !writing.plus && writing.begin > 0 &&
        text[writing.begin - 1] == '-')
      return false;  // A negative number.
    const Context context = ContextOf(text, writing, words);
    if (!abroad && context < Context::kVerb && HasDoubtfulShape(row, run)) return false;
    if (abroad) judgement = plans_->JudgeInternational(writing, context);
    if (!writing.plus && !judgement && context != Context::kOther && CouldBeSure(writing, context))
      judgement = plans_->JudgeNational(writing, context, language);
    if (!judgement) return false;
    spans.push_back({.type = "PHONE",
                     .begin = static_cast<int64_t>(writing.begin),
                     .end = static_cast<int64_t>(writing.end),
                     .score = judgement->score,
                     .value = std::move(judgement->value)});
    return true;
  };
  const size_t count = row.groups.size();
  for (size_t first = 0; first < count; ++first) {
    if (first > 0 && !IsBreak(SeparatorBehind(text, row, first - 1))) continue;
    // The longest that may be a number is tried first.
    size_t last = first;
    size_t digits = row.groups[first].count;
    while (last + 1 < count && last + 1 - first < kMaxGroups &&
           digits + row.groups[last + 1].count <= kMaxDigits + 2 &&
           SeparatorBehind(text, row, last).find('+') == std::string_view::npos)
      digits += row.groups[++last].count;
    for (;; digits -= row.groups[last--].count) {
      const bool ends = last + 1 == count || IsBreak(SeparatorBehind(text, row, last));
      if (ends && digits >= kMinDigits && digits <= kMaxDigits + 2 && judge({first, last})) {
        first = last;
        break;
      }
      if (last == first) break;
    }
  }
  return row.end;
}

}  // namespace parley
