#include "stages/redact/pii_detector.h"

#include <algorithm>
#include <array>

#include "stages/redact/candidate_scan.h"
#include "stages/redact/detectors/birth_date.h"
#include "stages/redact/detectors/card_number.h"
#include "stages/redact/detectors/coordinates.h"
#include "stages/redact/detectors/crypto_wallet.h"
#include "stages/redact/detectors/document_number.h"
#include "stages/redact/detectors/iban.h"
#include "stages/redact/detectors/mac_address.h"
#include "stages/redact/detectors/national_id.h"
#include "stages/redact/detectors/secret_assignment.h"
#include "stages/redact/detectors/secret_formats.h"
#include "stages/redact/detectors/street_address.h"
#include "stages/redact/detectors/us_numbers.h"
#include "stages/redact/detectors/user_name.h"
#include "stages/redact/digit_row.h"
#include "stages/redact/email.h"
#include "stages/redact/ip_address.h"
#include "stages/redact/letters.h"
#include "stages/redact/phone.h"
#include "stages/redact/tags.h"
#include "stages/redact/url_credentials.h"

namespace parley {
namespace {

std::optional<PiiSpan> AtSign(std::string_view text, size_t end) {
  size_t at_end = end - 1;  // Before the byte that had to follow.
  size_t width = 1;
  if (text[at_end - 1] != '@') width = 3;
  return EmailAt(text, at_end - width, at_end);
}

// Where the two letters of an IBAN stand whose eighth character ends at `end`.
size_t IbanBegin(std::string_view text, size_t end) {
  size_t begin = end - 4;
  while (begin > 0 && !IsDigit(text[begin - 1])) --begin;
  return begin - std::min<size_t>(begin, 4);
}

// Where the first number of a pair stands whose second the engine saw up to `end`, or the number
// before a degree sign.
size_t FirstNumberOf(std::string_view text, size_t end) {
  if (!IsDigit(text[end - 1])) return end - 2;  // Behind the digit; the sign has two bytes.
  size_t at = end;
  while (at > 0 && (IsDigit(text[at - 1]) || text[at - 1] == '.')) --at;
  if (at > 0 && text[at - 1] == '-') --at;
  while (at > 0 && !IsDigit(text[at - 1])) --at;
  return at;
}

// The one rule for overlaps: of two the longer stays, since the shorter is mostly a part that was
// taken for a whole; else the likelier, the earlier, the one whose type is listed first.
bool Wins(const PiiSpan& left, const PiiSpan& right) {
  const int64_t left_size = left.end - left.begin;
  const int64_t right_size = right.end - right.begin;
  if (left_size != right_size) return left_size > right_size;
  if (left.score != right.score) return left.score > right.score;
  if (left.begin != right.begin) return left.begin < right.begin;
  return std::ranges::find(kPiiTypes, left.type) < std::ranges::find(kPiiTypes, right.type);
}

// `spans` by begin. Each that comes is measured against those kept that it overlaps.
std::vector<PiiSpan> WithoutOverlaps(std::vector<PiiSpan> spans) {
  std::vector<PiiSpan> kept;
  for (PiiSpan& span : spans) {
    bool beaten = false;
    while (!kept.empty() && kept.back().end > span.begin && !beaten) {
      if (Wins(kept.back(), span)) {
        beaten = true;
      } else {
        kept.pop_back();
      }
    }
    if (!beaten) kept.push_back(std::move(span));
  }
  return kept;
}

bool ComesBefore(const PiiSpan& a, const PiiSpan& b) {
  if (a.begin != b.begin) return a.begin < b.begin;
  return a.end != b.end ? a.end < b.end : a.type < b.type;
}

// Within each type the sure before the unsure, then by the rule; the order stays.
std::vector<PiiSpan> WithoutOverlapsOfOneType(std::vector<PiiSpan> spans) {
  std::ranges::sort(spans, ComesBefore);
  std::array<std::optional<size_t>, kPiiTypes.size()> last;
  std::vector<bool> dropped(spans.size(), false);
  for (size_t i = 0; i < spans.size(); ++i) {
    auto& before =
        last[static_cast<size_t>(std::ranges::find(kPiiTypes, spans[i].type) - kPiiTypes.begin())];
    if (before && spans[*before].end > spans[i].begin) {
      const bool sure = MustBeReplaced(spans[i]);
      const bool was_sure = MustBeReplaced(spans[*before]);
      const bool stays = sure != was_sure ? was_sure : Wins(spans[*before], spans[i]);
      dropped[stays ? i : *before] = true;
      if (stays) continue;
    }
    before = i;
  }
  std::vector<PiiSpan> kept;
  for (size_t i = 0; i < spans.size(); ++i) {
    if (!dropped[i]) kept.push_back(std::move(spans[i]));
  }
  return kept;
}

// What lies in a tag is redacted already. A tag inside an address or a URL goes with the rest of it
// ("https://NAME_1:secret@host"), one in front of an address is cut off it ("NAME_1mary@mail.net");
// a number that only touches a tag is the tag's own. False if nothing is left of `span`.
bool LeaveTags(std::string_view text, const std::vector<StandingTag>& tags, PiiSpan& span) {
  for (const StandingTag& tag : tags) {
    if (tag.end <= span.begin || span.end <= tag.begin) continue;
    if (tag.begin <= span.begin && span.end <= tag.end) return false;
    const bool within = span.begin <= tag.begin && tag.end <= span.end;
    if (within && span.type == "URL") continue;
    if (span.type != "EMAIL") return false;
    if (tag.begin > span.begin) continue;
    int64_t behind = tag.end;
    while (behind < span.end && std::string_view(".-+_").contains(text[behind])) ++behind;
    if (behind == span.end || (!IsAsciiWord(text[behind]) && IsAscii(text[behind]))) return false;
    span.value.erase(0, behind - span.begin);
    span.begin = behind;
  }
  return true;
}

// Phone words come behind the number that they speak of as well ("(cell)"), so they are gathered
// before the numbers are judged.
std::vector<PhoneWord> PhoneWords(std::string_view text, const std::vector<Candidate>& candidates) {
  constexpr size_t kUsualBytes = 4;
  std::vector<PhoneWord> words;
  for (const Candidate& candidate : candidates) {
    const bool noun = candidate.kind == CandidateKind::kPhoneNoun;
    if (!noun && candidate.kind != CandidateKind::kPhoneVerb) continue;
    // The tag PHONE_1 stands for a number and says nothing of the next one.
    const bool tag = text.substr(0, candidate.end).ends_with("PHONE") &&
                     candidate.end + 1 < text.size() && text[candidate.end] == '_' &&
                     IsDigit(text[candidate.end + 1]);
    if (tag) continue;
    words.push_back({candidate.end - std::min(candidate.end, kUsualBytes), candidate.end, noun});
  }
  return words;
}

const SecretMatcher& Secrets() {
  static const SecretMatcher matcher;
  return matcher;
}

// The one span that a candidate other than a row of digits leads to, if any.
std::optional<PiiSpan> SpanAt(std::string_view text, const Candidate& candidate) {
  const size_t end = candidate.end;
  switch (candidate.kind) {
    case CandidateKind::kAtSign:
      return AtSign(text, end);
    case CandidateKind::kSpelledAt:
      return SpelledEmailBefore(text, end);
    case CandidateKind::kIpv4:
      return Ipv4At(text, end - 1);
    case CandidateKind::kIpv6:
      return Ipv6At(text, end - 1);
    case CandidateKind::kScheme:
      return UrlWithSecretAt(text, text.rfind("://", end));
    case CandidateKind::kMac:
      return MacAddressAt(text, end - 1);
    case CandidateKind::kIban:
      return IbanAt(text, IbanBegin(text, end));
    case CandidateKind::kBase58:
    case CandidateKind::kBech32:
      return WalletAt(text, end - 1);
    case CandidateKind::kEthereum:
      return EthereumAt(text, end - 42);
    case CandidateKind::kSecretForm:
      return Secrets().Match(text, candidate.detail, end);
    case CandidateKind::kSecretWord:
      return SecretBehind(text, end, static_cast<SecretWord>(candidate.detail));
    case CandidateKind::kPrivateKey:
      return PrivateKeyAt(text, end);
    case CandidateKind::kLetterId:
      return LetterIdBefore(text, end, candidate.detail);
    case CandidateKind::kBirthWord:
      return BirthDateBehind(text, end, candidate.detail == 1);
    case CandidateKind::kCoordinates:
      return CoordinatesAt(text, FirstNumberOf(text, end));
    case CandidateKind::kUserFolder:
      return HomeFolderName(text, end);
    case CandidateKind::kHandle:
      return HandleAt(text, end - 2);
    case CandidateKind::kDocument:
      return DocumentBehind(text, end, static_cast<DocumentWord>(candidate.detail));
    case CandidateKind::kStreet:
      return AddressAt(text, end, static_cast<StreetKind>(candidate.detail));
    case CandidateKind::kDigits:
    case CandidateKind::kPhoneNoun:
    case CandidateKind::kPhoneVerb:
      break;
  }
  return std::nullopt;
}

// Numbers other than phones' in the row around `text[at]`; returns where the row ends.
size_t FindNumbers(std::string_view text, size_t at, std::vector<PiiSpan>& spans) {
  thread_local DigitRow row;
  ReadDigitRow(text, at, row);
  FindCards(text, row, spans);
  FindUsNumbers(text, row, spans);
  FindNationalIds(text, row, spans);
  return row.end;
}

}  // namespace

struct PiiDetector::Engine {
  CandidateScan scan;
  PhoneFinder phones;
  std::array<bool, kPiiTypes.size()> wanted{};

  bool Wants(std::string_view type) const {
    return wanted[static_cast<size_t>(std::ranges::find(kPiiTypes, type) - kPiiTypes.begin())];
  }
  std::vector<PiiSpan> Look(std::string_view text, std::string_view language) const;
};

PiiDetector::PiiDetector(std::unique_ptr<const Engine> engine) : engine_(std::move(engine)) {}
PiiDetector::PiiDetector(PiiDetector&&) noexcept = default;
PiiDetector& PiiDetector::operator=(PiiDetector&&) noexcept = default;
PiiDetector::~PiiDetector() = default;

Result<PiiDetector> PiiDetector::Create(const Options& options) {
  auto engine = std::make_unique<Engine>(
      Engine{TRY(CandidateScan::Create()), TRY(PhoneFinder::Create(options.phone_regions))});
  for (const std::string& type : options.types) {
    const auto known = std::ranges::find(kPiiTypes, type);
    if (known == kPiiTypes.end())
      return Invalid("types: \"" + type + "\" is not one of " + ListOfPiiTypes());
    engine->wanted[static_cast<size_t>(known - kPiiTypes.begin())] = true;
  }
  return PiiDetector(std::move(engine));
}

std::vector<PiiSpan> PiiDetector::Engine::Look(std::string_view text,
                                               std::string_view language) const {
  thread_local std::vector<Candidate> candidates;
  candidates.clear();
  scan.Find(text, candidates);
  std::vector<PiiSpan> spans;
  std::optional<std::vector<PhoneWord>> words;
  std::array<size_t, kCandidateKindCount> seen_to{};  // How far the last look of a kind reached.
  for (const Candidate& candidate : candidates) {
    size_t& seen = seen_to[static_cast<size_t>(candidate.kind)];
    // Two formats of secrets may begin alike; the longer is told apart at the end.
    if (candidate.end <= seen && candidate.kind != CandidateKind::kSecretForm) continue;
    const size_t before = spans.size();
    if (candidate.kind != CandidateKind::kDigits) {
      if (auto span = SpanAt(text, candidate)) spans.push_back(*std::move(span));
    } else {
      if (!words) words = PhoneWords(text, candidates);
      if (Wants("PHONE"))
        seen = phones.FindAround(text, candidate.end - 1, language, *words, spans);
      seen = std::max(seen, FindNumbers(text, candidate.end - 1, spans));
    }
    if (spans.size() > before) seen = std::max(seen, static_cast<size_t>(spans.back().end));
  }
  std::erase_if(spans, [&](const PiiSpan& span) { return !Wants(span.type); });
  return spans;
}

std::vector<PiiSpan> PiiDetector::Find(std::string_view text, std::string_view language) const {
  std::vector<PiiSpan> spans = engine_->Look(text, language);
  if (spans.empty()) return spans;
  const std::vector<StandingTag> tags = FindTags(text);
  std::erase_if(spans, [&](PiiSpan& span) { return !LeaveTags(text, tags, span); });
  return WithoutOverlapsOfOneType(std::move(spans));
}

std::vector<PiiSpan> PiiDetector::FindPersonal(std::string_view text,
                                               std::string_view language) const {
  std::vector<PiiSpan> spans = Find(text, language);
  std::erase_if(spans, [](const PiiSpan& span) { return !MustBeReplaced(span); });
  return WithoutOverlaps(std::move(spans));
}

}  // namespace parley
