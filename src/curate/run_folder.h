// The folder of a run: what lies where, whose it is, and who is at work in it.
//
//     RUN/release/            the release; appears by one rename when it is whole
//     RUN/private/            mode 0700, never published; outlasts the run's releases
//         key                 the key of the user ids, if none was given
//         releases.json       the list of releases made here
//         opt_out/            the lists of people who opted out, as the recipe gave them
//         ledger/*.parquet    the account of every record; nothing else
//         input/              standard input, spooled
//         run.json            what this run is: settled before any work
//         lock                held by the process at work; free again when it dies
//         work/               checkpoints and spill; wiped at the end

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "parley/status.h"

namespace parley {

class RunFolder {
 public:
  /// The paths under `out`; touches nothing.
  explicit RunFolder(std::string out);
  RunFolder(RunFolder&&) noexcept;
  ~RunFolder();  ///< Lets the lock go.

  /// Conflict if `out` exists and holds anything that is not a run's, or is no folder. Touches
  /// nothing.
  Status CheckUsable() const;

  /// Makes the folders and takes the lock. Conflict if another process holds it.
  Status Claim();

  std::string release() const { return out_ + "/release"; }
  std::string priv() const { return out_ + "/private"; }
  std::string ledger() const { return priv() + "/ledger"; }
  std::string spooled_input() const { return priv() + "/input/stdin"; }
  std::string work() const { return priv() + "/work"; }
  std::string run_file() const { return priv() + "/run.json"; }
  std::string opt_outs() const { return priv() + "/opt_out"; }
  std::string key_file() const { return priv() + "/key"; }
  std::string releases_file() const { return priv() + "/releases.json"; }

  const std::string& out() const { return out_; }

 private:
  std::string out_;
  int lock_ = -1;
};

/// The key for user ids: the bytes of the file at `path` without a line end, or if `path` is empty
/// the key in `folder`, made on the first call. Invalid if a given key is under 16 bytes.
Result<std::string> ObtainKey(const RunFolder& folder, const std::string& path);

}  // namespace parley
