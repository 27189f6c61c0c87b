// URLs that let whoever reads them in: with a password, a token or a signature inside.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "stages/redact/pii_span.h"

namespace parley {

/// The URL around a "://" whose colon stands at `colon`, if it carries a secret: "user:password@"
/// before the host, or a query or fragment key such as access_token, api_key or X-Amz-Signature.
///
/// The span is the whole URL, since host and path say whose secret it was. `reserved`: the secret
/// is a placeholder ("<token>", "$PASS", "***", "YOUR_API_KEY"), or a word such as "password" for a
/// host that is nobody's. A user name alone is no secret here; with a host it reads as an e-mail
/// address. `text` is UTF-8; takes O(length of the URL).
std::optional<PiiSpan> UrlWithSecretAt(std::string_view text, size_t colon);

}  // namespace parley
