#include "stages/redact/candidate_scan.h"

#include <hs/hs.h>

#include <limits>
#include <string>

#include "stages/patterns/sound_scan.h"
#include "stages/redact/detectors/birth_date.h"
#include "stages/redact/detectors/document_number.h"
#include "stages/redact/detectors/national_id.h"
#include "stages/redact/detectors/secret_assignment.h"
#include "stages/redact/detectors/secret_formats.h"
#include "stages/redact/detectors/street_address.h"
#include "stages/redact/phone_words.h"

namespace parley {
namespace {

struct Pattern {
  CandidateKind kind;
  std::string expression;
  bool caseless = false;
  uint16_t detail = 0;
};

// What gives a candidate away: short patterns that the engine merges into one automaton, since the
// exact look at the surroundings is cheaper in code. A match is reported at its end.
std::vector<Pattern> Patterns() {
  using enum CandidateKind;
  const std::string digit =
      R"((?:[0-9]|\xEF\xBC[\x90-\x99]|\xD9[\xA0-\xA9]|\xDB[\xB0-\xB9]|\xE0\xA5[\xA6-\xAF]))";
  const std::string separator =
      R"((?:[ \-./()]|\xC2\xA0|\xE2\x80[\x90-\x95\xAF]|\xE2\x88\x92|\xE3\x83\xBC|\xEF\xBC[\x88\x89\x8D]))";
  return {
      {kAtSign, R"((?:@|\xEF\xBC\xA0|\xEF\xB9\xAB|%40)[0-9A-Za-z\x80-\xFF])"},
      {kSpelledAt,
       R"([0-9A-Za-z] ?[\[({<] ?at ?[\])}>]|[0-9A-Za-z] at [0-9A-Za-z.\-]{1,40} dot [A-Za-z])",
       true},
      {kIpv4, R"([0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9])"},
      {kIpv6, R"([0-9A-Fa-f]:[0-9A-Fa-f]{0,4}:|::[0-9A-Fa-f])"},
      {kScheme, R"(://[^ ])"},
      {kDigits, "(?:" + digit + separator + "{0,3}){6}" + digit},
      {kPhoneNoun, std::string(PhoneNounPattern()), true},
      {kPhoneVerb, std::string(PhoneVerbPattern()), true},
      {kMac,
       R"((?:[0-9A-Fa-f]{2}[:\-]){3}[0-9A-Fa-f]{2}|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})"},
      {kIban, R"((?:^|[^0-9A-Za-z])[A-Za-z]{2}[0-9]{2}[ \-\xC2\xA0]{0,2}[0-9A-Za-z]{4})"},
      {kBase58,
       "(?:^|[^0-9A-Za-z])(?:[123479ADLMXtTr58KcmnSG][1-9A-HJ-NP-Za-km-z]{24}|G[A-Z2-7]{24})"},
      {kBech32,
       "(?:bc|tb|bcrt|ltc|tltc|addr|stake|cosmos|osmo|terra|juno|kava|secret|inj|sei|celestia|lnbc|"
       "zs)"
       "1[02-9ac-hj-np-z]{20}|bitcoincash:[qp][02-9ac-hj-np-z]{20}",
       true},
      {kEthereum, "0x[0-9A-Fa-f]{40}"},
  };
}

void AddSecrets(std::vector<Pattern>& patterns) {
  const SecretMatcher matcher;
  for (size_t i = 0; i < SecretFormats().size(); ++i)
    patterns.push_back(
        {CandidateKind::kSecretForm, matcher.Pattern(i), false, static_cast<uint16_t>(i)});
  for (uint16_t i = 0; i < kSecretWordCount; ++i)
    patterns.push_back({CandidateKind::kSecretWord,
                        std::string(SecretWordPattern(static_cast<SecretWord>(i))), true, i});
  patterns.push_back({CandidateKind::kPrivateKey, "PRIVATE KEY"});
}

void AddLetterIds(std::vector<Pattern>& patterns) {
  for (size_t i = 0; i < LetterIds().size(); ++i)
    patterns.push_back(
        {CandidateKind::kLetterId, LetterIdPattern(i), false, static_cast<uint16_t>(i)});
}

void AddWords(std::vector<Pattern>& patterns) {
  using enum CandidateKind;
  for (uint16_t field = 0; field < 2; ++field)
    patterns.push_back({kBirthWord, std::string(BirthWordPattern(field == 1)), true, field});
  for (uint16_t i = 0; i < kDocumentWordCount; ++i)
    patterns.push_back(
        {kDocument, std::string(DocumentWordPattern(static_cast<DocumentWord>(i))), true, i});
  for (uint16_t i = 0; i < kStreetKindCount; ++i)
    patterns.push_back({kStreet, std::string(StreetPattern(static_cast<StreetKind>(i))), true, i});
  patterns.push_back(
      {kCoordinates,
       R"([0-9]\.[0-9]{3,17}(?:°)? ?[NSns]?[,; ]{1,3}(?:[NSEW] ?)?-?[0-9]{1,3}\.[0-9]{3}|[0-9](?:°|º))"});
  patterns.push_back(
      {kUserFolder, R"(/home/[0-9A-Za-z_]|/Users/[0-9A-Za-z_]|\\Users\\{1,2}[0-9A-Za-z_])"});
  patterns.push_back({kHandle, R"((?:^|[^0-9A-Za-z_./+@\-\\%:=\x80-\xFF])@[A-Za-z_])"});
}

struct FreeScratch {
  void operator()(hs_scratch_t* scratch) const { hs_free_scratch(scratch); }
};
struct FreeDatabase {
  void operator()(hs_database_t* database) const { hs_free_database(database); }
};

int Note(unsigned id, unsigned long long, unsigned long long to, unsigned, void* context) {
  // The number of a pattern holds its kind and detail.
  auto& candidates = *static_cast<std::vector<Candidate>*>(context);
  candidates.push_back({static_cast<CandidateKind>(id >> 16), static_cast<uint16_t>(id & 0xFFFF),
                        static_cast<size_t>(to)});
  return 0;
}

}  // namespace

struct CandidateScan::Database {
  std::unique_ptr<hs_database_t, FreeDatabase> patterns;
  std::unique_ptr<hs_scratch_t, FreeScratch> prototype;

  hs_scratch_t* Scratch() const {
    thread_local std::unique_ptr<hs_scratch_t, FreeScratch> scratch;
    if (!scratch) {
      hs_scratch_t* clone = nullptr;
      Check(hs_clone_scratch(prototype.get(), &clone) == HS_SUCCESS, "no memory for a scan");
      scratch.reset(clone);
    }
    return scratch.get();
  }
};

CandidateScan::CandidateScan(std::shared_ptr<const Database> database)
    : database_(std::move(database)) {}

Result<CandidateScan> CandidateScan::Create() {
  static const Result<std::shared_ptr<const Database>> compiled = Compile();
  if (!compiled) return std::unexpected(compiled.error());
  return CandidateScan(*compiled);
}

Result<std::shared_ptr<const CandidateScan::Database>> CandidateScan::Compile() {
  std::vector<Pattern> patterns = Patterns();
  AddSecrets(patterns);
  AddLetterIds(patterns);
  AddWords(patterns);
  std::vector<const char*> expressions;
  std::vector<unsigned> flags;
  std::vector<unsigned> ids;
  for (const Pattern& pattern : patterns) {
    expressions.push_back(pattern.expression.c_str());
    flags.push_back(pattern.caseless ? HS_FLAG_CASELESS : 0);
    ids.push_back(static_cast<unsigned>(pattern.kind) << 16 | pattern.detail);
  }
  auto made = std::make_shared<Database>();
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  const hs_platform_info_t platform = SoundPlatform();
  if (hs_compile_multi(expressions.data(), flags.data(), ids.data(),
                       static_cast<unsigned>(ids.size()), HS_MODE_BLOCK, &platform, &database,
                       &error) != HS_SUCCESS) {
    std::string message = "the patterns of personal data do not compile";
    if (error != nullptr) message += ": " + std::string(error->message);
    hs_free_compile_error(error);
    return Invalid(std::move(message));
  }
  made->patterns.reset(database);
  hs_scratch_t* scratch = nullptr;
  if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS)
    return Fail(Code::kIo, "no memory for the patterns of personal data");
  made->prototype.reset(scratch);
  return std::shared_ptr<const Database>(std::move(made));
}

void CandidateScan::Find(std::string_view text, std::vector<Candidate>& candidates) const {
  // The engine counts in 32 bits; no message is that long, and a longer one is cut into pieces at
  // whose borders something could only be missed if it straddled a 2 GB mark.
  constexpr size_t kPieceBytes = std::numeric_limits<int32_t>::max();
  for (size_t begin = 0; begin < text.size(); begin += kPieceBytes) {
    const std::string_view piece = text.substr(begin, kPieceBytes);
    const size_t first = candidates.size();
    const hs_error_t outcome =
        SoundScan(database_->patterns.get(), piece.data(), static_cast<unsigned>(piece.size()),
                  database_->Scratch(), &Note, &candidates);
    Check(outcome == HS_SUCCESS, "the scan for personal data failed");
    for (size_t i = first; i < candidates.size(); ++i) candidates[i].end += begin;
  }
}

}  // namespace parley
