#include "stages/names/name_mention.h"

namespace parley {

std::string_view NameOf(NameKind kind) {
  switch (kind) {
    case NameKind::kPublic:
      return "public";
    case NameKind::kFictional:
      return "fictional";
    case NameKind::kPrivate:
      break;
  }
  return "private";
}

}  // namespace parley
