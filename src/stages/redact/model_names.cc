#include "stages/redact/model_names.h"

namespace parley {

Result<std::shared_ptr<const NameSource>> OpenNameModel() {
  return Fail(Code::kNotFound,
              "the model of names is not there; without it no names are redacted, which must be "
              "said: --without-names, or enabled = false under [names]");
}

}  // namespace parley
