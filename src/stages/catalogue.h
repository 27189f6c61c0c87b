// Every stage there is, in the order in which they run unless a recipe says otherwise.

#pragma once

#include <string>
#include <vector>

#include "stages/stage.h"

namespace parley {

/// The stages in their default order. Built once; lives as long as the program.
const std::vector<StageInfo>& StageCatalogue();

/// The page docs/stages.md: every stage with its options, their defaults, and its reasons.
std::string StagesAsMarkdown();

}  // namespace parley
