// What must not stand in a release: the key, the users, the opt-outs, the canaries.

#pragma once

#include <string>

#include "parley/status.h"
#include "release/verify/needle_set.h"

namespace parley {

/// Secrets, gathered from a run's `private/` and a file of canaries. Their names in findings say
/// where they come from, never what they are.
struct Secrets {
  NeedleSet anywhere;  ///< May stand nowhere.
  NeedleSet users;     ///< Keyed users: may stand in the column `user` alone.
};

/// The key in `private_folder`/key, in the forms it may take: as it is, raw, hexadecimal and
/// base64; every line of the files in `private_folder`/opt_out; every keyed user of the ledger.
/// Nothing if `private_folder` is empty. Lines under 6 bytes and keyed users under 16 are not
/// sought.
Status GatherPrivate(const std::string& private_folder, Secrets& secrets);

/// Every line of the file that is not empty.
Status GatherCanaries(const std::string& path, Secrets& secrets);

}  // namespace parley
