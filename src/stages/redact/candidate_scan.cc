#include "stages/redact/candidate_scan.h"

#include <hs/hs.h>

#include <array>
#include <atomic>
#include <limits>
#include <map>

namespace parley {
namespace {

// What gives a candidate away: short patterns that the engine merges into one automaton, since the
// exact look at the surroundings is cheaper in code. A match is reported at its end.
constexpr std::array<const char*, kCandidateKindCount> kPatterns = {
    // An at sign (also full-width, small, or encoded in a URL) before a letter or digit.
    R"((?:@|\xEF\xBC\xA0|\xEF\xB9\xAB|%40)[0-9A-Za-z\x80-\xFF])",
    // Three parts of a dotted quad.
    R"([0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9])",
    // Two groups and what follows them, or a gap.
    R"([0-9A-Fa-f]:[0-9A-Fa-f]{0,4}:|::[0-9A-Fa-f])",
};

struct FreeScratch {
  void operator()(hs_scratch_t* scratch) const { hs_free_scratch(scratch); }
};
struct FreeDatabase {
  void operator()(hs_database_t* database) const { hs_free_database(database); }
};

int Note(unsigned id, unsigned long long, unsigned long long to, unsigned, void* context) {
  auto& candidates = *static_cast<std::vector<Candidate>*>(context);
  candidates.push_back({static_cast<CandidateKind>(id), static_cast<size_t>(to)});
  return 0;
}

}  // namespace

struct CandidateScan::Database {
  std::unique_ptr<hs_database_t, FreeDatabase> database;
  std::unique_ptr<hs_scratch_t, FreeScratch> prototype;
  uint64_t number = 0;  // Tells databases apart in a thread's working memory.

  hs_scratch_t* Scratch() const {
    thread_local std::map<uint64_t, std::unique_ptr<hs_scratch_t, FreeScratch>> scratches;
    auto& scratch = scratches[number];
    if (!scratch) {
      hs_scratch_t* clone = nullptr;
      Check(hs_clone_scratch(prototype.get(), &clone) == HS_SUCCESS, "no memory for a scan");
      scratch.reset(clone);
    }
    return scratch.get();
  }
};

CandidateScan::CandidateScan(std::unique_ptr<const Database> database)
    : database_(std::move(database)) {}
CandidateScan::CandidateScan(CandidateScan&&) noexcept = default;
CandidateScan& CandidateScan::operator=(CandidateScan&&) noexcept = default;
CandidateScan::~CandidateScan() = default;

Result<CandidateScan> CandidateScan::Create() {
  static std::atomic<uint64_t> created = 0;
  std::array<unsigned, kCandidateKindCount> flags{};
  std::array<unsigned, kCandidateKindCount> ids{};
  for (unsigned i = 0; i < ids.size(); ++i) ids[i] = i;
  auto made = std::make_unique<Database>();
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  if (hs_compile_multi(kPatterns.data(), flags.data(), ids.data(), ids.size(), HS_MODE_BLOCK,
                       nullptr, &database, &error) != HS_SUCCESS) {
    std::string message = "the patterns of personal data do not compile";
    if (error != nullptr) message += ": " + std::string(error->message);
    hs_free_compile_error(error);
    return Invalid(std::move(message));
  }
  made->database.reset(database);
  hs_scratch_t* scratch = nullptr;
  if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS)
    return Fail(Code::kIo, "no memory for the patterns of personal data");
  made->prototype.reset(scratch);
  made->number = created.fetch_add(1);
  return CandidateScan(std::move(made));
}

void CandidateScan::Find(std::string_view text, std::vector<Candidate>& candidates) const {
  // The engine counts in 32 bits; no message is that long, and a longer one is cut into pieces at
  // whose borders something could only be missed if it straddled a 2 GB mark.
  constexpr size_t kPieceBytes = std::numeric_limits<int32_t>::max();
  for (size_t begin = 0; begin < text.size(); begin += kPieceBytes) {
    const std::string_view piece = text.substr(begin, kPieceBytes);
    const size_t first = candidates.size();
    const hs_error_t outcome =
        hs_scan(database_->database.get(), piece.data(), static_cast<unsigned>(piece.size()), 0,
                database_->Scratch(), &Note, &candidates);
    Check(outcome == HS_SUCCESS, "the scan for personal data failed");
    for (size_t i = first; i < candidates.size(); ++i) candidates[i].end += begin;
  }
}

}  // namespace parley
