#include "stages/redact/pii_detector.h"

#include <algorithm>
#include <array>

#include "stages/redact/candidate_scan.h"
#include "stages/redact/email.h"
#include "stages/redact/ip_address.h"
#include "stages/redact/letters.h"
#include "stages/redact/phone.h"
#include "stages/redact/tags.h"
#include "stages/redact/url_credentials.h"

namespace parley {
namespace {

constexpr std::array<std::string_view, 4> kTypes = {"EMAIL", "URL", "PHONE", "IP"};

std::optional<PiiSpan> AtSign(std::string_view text, size_t end) {
  size_t at_end = end - 1;  // Before the byte that had to follow.
  size_t width = 1;
  if (text[at_end - 1] != '@') width = 3;
  return EmailAt(text, at_end - width, at_end);
}

// Whether `left` is kept rather than `right`, which it overlaps.
bool Wins(const PiiSpan& left, const PiiSpan& right) {
  if (MustBeReplaced(left) != MustBeReplaced(right)) return MustBeReplaced(left);
  const int64_t left_size = left.end - left.begin;
  const int64_t right_size = right.end - right.begin;
  if (left_size != right_size) return left_size > right_size;
  if (left.score != right.score) return left.score > right.score;
  return left.begin != right.begin ? left.begin < right.begin : left.type < right.type;
}

// The best first, each that overlaps none taken before; then in the order of the text.
std::vector<PiiSpan> WithoutOverlaps(std::vector<PiiSpan> spans) {
  std::ranges::sort(spans, [](const PiiSpan& a, const PiiSpan& b) { return a.begin < b.begin; });
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

}  // namespace

struct PiiDetector::Engine {
  CandidateScan scan;
  PhoneFinder phones;
  std::array<bool, kTypes.size()> wanted{};

  bool Wants(std::string_view type) const {
    return wanted[std::ranges::find(kTypes, type) - kTypes.begin()];
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
    const auto known = std::ranges::find(kTypes, type);
    if (known == kTypes.end())
      return Invalid("types: \"" + type + "\" is not one of EMAIL, URL, PHONE, IP");
    engine->wanted[known - kTypes.begin()] = true;
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
  size_t address_end = 0;  // How far the last look at an IP address or a row of digits reached.
  size_t row_end = 0;
  for (const Candidate& candidate : candidates) {
    std::optional<PiiSpan> span;
    switch (candidate.kind) {
      case CandidateKind::kAtSign:
        if (Wants("EMAIL")) span = AtSign(text, candidate.end);
        break;
      case CandidateKind::kSpelledAt:
        if (Wants("EMAIL")) span = SpelledEmailBefore(text, candidate.end);
        break;
      case CandidateKind::kIpv4:
        if (Wants("IP") && candidate.end > address_end) span = Ipv4At(text, candidate.end - 1);
        break;
      case CandidateKind::kIpv6:
        if (Wants("IP") && candidate.end > address_end) span = Ipv6At(text, candidate.end - 1);
        break;
      case CandidateKind::kScheme:
        if (Wants("URL")) span = UrlWithSecretAt(text, text.rfind("://", candidate.end));
        break;
      case CandidateKind::kDigits:
        if (!Wants("PHONE") || candidate.end <= row_end) break;
        if (!words) words = PhoneWords(text, candidates);
        row_end = phones.FindAround(text, candidate.end - 1, language, *words, spans);
        break;
      case CandidateKind::kPhoneNoun:
      case CandidateKind::kPhoneVerb:
        break;
    }
    if (!span) continue;
    if (span->type == "IP") address_end = static_cast<size_t>(span->end);
    spans.push_back(*std::move(span));
  }
  return spans;
}

std::vector<PiiSpan> PiiDetector::Find(std::string_view text, std::string_view language) const {
  std::vector<PiiSpan> spans = engine_->Look(text, language);
  if (spans.empty()) return spans;
  const std::vector<StandingTag> tags = FindTags(text);
  std::erase_if(spans, [&](PiiSpan& span) { return !LeaveTags(text, tags, span); });
  return WithoutOverlaps(std::move(spans));
}

std::vector<PiiSpan> PiiDetector::FindPersonal(std::string_view text,
                                               std::string_view language) const {
  std::vector<PiiSpan> spans = Find(text, language);
  std::erase_if(spans, [](const PiiSpan& span) { return !MustBeReplaced(span); });
  return spans;
}

}  // namespace parley
