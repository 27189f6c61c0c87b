// Work shared between threads, with results that do not depend on how.

#pragma once

#include <cstddef>
#include <functional>

#include "parley/status.h"

namespace parley {

/// Calls `work` for each of 0 to `count` - 1 on up to `threads` threads, in order of starting.
/// After a failure no new call starts; of several failures the one with the smallest index is
/// returned.
Status ForEachIndex(size_t count, int threads, const std::function<Status(size_t)>& work);

}  // namespace parley
