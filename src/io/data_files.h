// Where the program's own data lies: models, vocabularies, the page's script.

#pragma once

#include <string>
#include <string_view>

#include "parley/status.h"

namespace parley {

/// The path of a data file such as "lid176/lid.176.ftz". Looked for, in this order: under
/// $PARLEY_DATA, under ../share/parley beside the program and beside libparley, and in the build's
/// own data folder. NotFound, saying where it looked, if it is in none of them.
Result<std::string> FindDataFile(std::string_view name);

}  // namespace parley
