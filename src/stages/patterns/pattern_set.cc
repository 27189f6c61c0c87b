#include "stages/patterns/pattern_set.h"

#include <algorithm>
#include <mutex>

#include "stages/patterns/sound_scan.h"

namespace parley {

// The compiled patterns, and the working memory of the threads that are not at work just now.
class PatternSet::Machine {
 public:
  Machine() = default;
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
  ~Machine() {
    for (hs_scratch_t* scratch : idle_) hs_free_scratch(scratch);
    hs_free_scratch(prototype_);
    hs_free_database(database_);
  }

  Status Compile(const std::vector<std::string>& patterns) {
    std::vector<const char*> expressions;
    std::vector<unsigned> ids;
    for (const std::string& pattern : patterns) {
      ids.push_back(static_cast<unsigned>(ids.size()));
      expressions.push_back(pattern.c_str());
    }
    const std::vector<unsigned> flags(patterns.size(), HS_FLAG_SINGLEMATCH | HS_FLAG_DOTALL);
    const hs_platform_info_t platform = SoundPlatform();
    hs_compile_error_t* error = nullptr;
    if (hs_compile_multi(expressions.data(), flags.data(), ids.data(),
                         static_cast<unsigned>(ids.size()), HS_MODE_BLOCK, &platform, &database_,
                         &error) != HS_SUCCESS) {
      const std::string message = error != nullptr ? error->message : "no reason given";
      hs_free_compile_error(error);
      return Invalid("Vectorscan refuses a pattern: " + message);
    }
    if (hs_alloc_scratch(database_, &prototype_) != HS_SUCCESS) {
      return Fail(Code::kTooLarge, "no memory to search for the patterns");
    }
    return {};
  }

  // Calls `on_match` for each match until it returns nonzero.
  void Scan(std::string_view text, match_event_handler on_match, void* context) {
    hs_scratch_t* scratch = Borrow();
    const hs_error_t done = SoundScan(database_, text.data(), static_cast<unsigned>(text.size()),
                                      scratch, on_match, context);
    GiveBack(scratch);
    Check(done == HS_SUCCESS || done == HS_SCAN_TERMINATED, "Vectorscan failed to scan a text");
  }

 private:
  hs_scratch_t* Borrow() {
    const std::lock_guard lock(mutex_);
    hs_scratch_t* scratch = nullptr;
    if (!idle_.empty()) {
      scratch = idle_.back();
      idle_.pop_back();
    } else {
      Check(hs_clone_scratch(prototype_, &scratch) == HS_SUCCESS, "no memory to search a text");
    }
    return scratch;
  }

  void GiveBack(hs_scratch_t* scratch) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(scratch);
  }

  hs_database_t* database_ = nullptr;
  hs_scratch_t* prototype_ = nullptr;
  std::mutex mutex_;
  std::vector<hs_scratch_t*> idle_;
};

PatternSet::PatternSet(std::unique_ptr<Machine> machine) : machine_(std::move(machine)) {}
PatternSet::PatternSet(PatternSet&&) noexcept = default;
PatternSet& PatternSet::operator=(PatternSet&&) noexcept = default;
PatternSet::~PatternSet() = default;

Result<PatternSet> PatternSet::Create(const std::vector<std::string>& patterns) {
  if (patterns.empty()) return PatternSet(nullptr);
  auto machine = std::make_unique<Machine>();
  TRY(machine->Compile(patterns));
  return PatternSet(std::move(machine));
}

bool PatternSet::MatchesAny(std::string_view text) const {
  if (!machine_) return false;
  bool found = false;
  machine_->Scan(
      text,
      [](unsigned, unsigned long long, unsigned long long, unsigned, void* context) {
        *static_cast<bool*>(context) = true;
        return 1;
      },
      &found);
  return found;
}

std::vector<int64_t> PatternSet::Matching(std::string_view text) const {
  std::vector<int64_t> found;
  if (!machine_) return found;
  machine_->Scan(
      text,
      [](unsigned id, unsigned long long, unsigned long long, unsigned, void* context) {
        static_cast<std::vector<int64_t>*>(context)->push_back(id);
        return 0;
      },
      &found);
  std::ranges::sort(found);
  return found;
}

}  // namespace parley
