// `parley dedupe --like datatrove`.

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "parley/dedupe.h"

namespace parley {

/// `DedupeFiles` for options with `like` set. Reads each input once, keeping ids and signatures.
Result<DedupeSummary> DedupeLikeDatatrove(const std::vector<std::string>& paths,
                                          const DedupeOptions& options,
                                          const std::function<Status(std::string_view)>& write,
                                          Progress* progress);

}  // namespace parley
