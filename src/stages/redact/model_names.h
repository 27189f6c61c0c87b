// Names as the model that ships with the program finds them.

#pragma once

#include <memory>

#include "parley/status.h"
#include "stages/redact/name_source.h"

namespace parley {

/// Whether recipes look for names unless they say otherwise.
inline constexpr bool kNamesByDefault = true;

/// Opens model and lists, by name among the data files. NotFound or Invalid, naming the file, where
/// one is missing, damaged or of another version.
Result<std::shared_ptr<const NameSource>> OpenNameModel();

}  // namespace parley
