// The rules that plan carries out on fingerprints, and what holds for the whole run: their options
// as types. The stages of these names (src/stages/plan) describe them; curate does what they say.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "parley/status.h"
#include "stages/stage.h"

namespace parley {

/// Reasons as they stand in the ledger behind the stage's name.
inline constexpr Reason kNewerSnapshot{"newer_snapshot"};
inline constexpr Reason kOptedOut{"opted_out"};
inline constexpr Reason kNoConsent{"no_consent"};
inline constexpr Reason kDuplicate{"duplicate"};
inline constexpr Reason kNotSampled{"not_sampled"};

/// `opt_out`: files with one entry a line; empty names: none. Entries are trimmed, blank lines and
/// lines that begin with '#' are passed over. E-mail addresses are compared in lower case.
struct OptOutOptions {
  std::string ids = {};
  std::string users = {};
  std::string emails = {};
};

/// `consent`: versions of the terms that count. None: any version, but some; the stage is off by
/// default.
struct ConsentOptions {
  std::vector<std::string> versions = {};
};

/// `duplicates`: of equal conversations, the one with the earliest time stays (then the first
/// read).
struct DuplicateOptions {
  std::string policy = "annotate";    ///< "annotate": all are kept and told of it; or "drop".
  std::string over = "conversation";  ///< What is equal: the "conversation", or the "user"'s part.
};

/// `sample`: of the `count` asked for, the same ones whatever the order of the input.
struct SampleOptions {
  int64_t count = 0;  ///< 0: all.
  int64_t seed = 0;
};

/// `identifiers`: conversation_id in the release.
struct IdentifierOptions {
  std::string ids = "hashed";  ///< A keyless hash of the source's id and text; or "source".
};

/// `limits`: past one of them the run still ends, with exit code 3. Shares are of all ledger rows.
struct LimitOptions {
  double max_bad_share = 1;      ///< Records that cannot be read.
  double max_dropped_share = 1;  ///< Conversations dropped for any reason; merged ones aside.
};

/// The options that `settings` give, over the defaults. Invalid, naming the option, if one is
/// wrong.
Result<OptOutOptions> OptOutOptionsFrom(const Settings& settings);
Result<ConsentOptions> ConsentOptionsFrom(const Settings& settings);
Result<DuplicateOptions> DuplicateOptionsFrom(const Settings& settings);
Result<SampleOptions> SampleOptionsFrom(const Settings& settings);
Result<IdentifierOptions> IdentifierOptionsFrom(const Settings& settings);
Result<LimitOptions> LimitOptionsFrom(const Settings& settings);

}  // namespace parley
