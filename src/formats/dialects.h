// One function a dialect, in the file of the same name; catalogue.cc lists them.

#pragma once

#include "formats/dialect.h"

namespace parley {

DialectInfo FastchatDialect();  // fastchat_reader.cc

}  // namespace parley
