// Every stage there is, in the order in which they run unless a recipe says otherwise.

#pragma once

#include <vector>

#include "stages/stage.h"

namespace parley {

/// The stages in their default order. Built once; lives as long as the program.
const std::vector<StageInfo>& StageCatalogue();

}  // namespace parley
