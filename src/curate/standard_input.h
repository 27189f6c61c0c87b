// Standard input has to be read twice, so it is kept first.

#pragma once

#include <string>

#include "parley/status.h"

namespace parley {

/// Copies standard input to `path`. If the file is there already, from a run that is being resumed,
/// the input is held against it instead: Changed if it is not the same.
Status SpoolStandardInput(const std::string& path);

}  // namespace parley
