#include "http/address.h"

#include <algorithm>

namespace parley {
namespace {

bool IsPort(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<HttpAddress> ParseHttpAddress(std::string_view url) {
  const bool plain = std::ranges::all_of(url, [](char c) { return c > ' ' && c < '\x7F'; });
  HttpAddress address;
  if (url.starts_with("https://")) {
    address.tls = true;
    url.remove_prefix(8);
  } else if (url.starts_with("http://")) {
    url.remove_prefix(7);
  } else {
    return Invalid("the address begins with neither https:// nor http://");
  }
  const size_t slash = std::min(url.find('/'), url.size());
  std::string_view host = url.substr(0, slash);
  address.target = slash == url.size() ? "/" : std::string(url.substr(slash));
  if (!plain || host.find('@') != std::string_view::npos) {
    return Invalid("the address holds what no address may: a user, a blank or a control character");
  }
  address.port = address.tls ? "443" : "80";
  const size_t colon = host.rfind(':');
  if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
    if (!IsPort(host.substr(colon + 1))) return Invalid("the address has a port that is no number");
    address.port = host.substr(colon + 1);
    host = host.substr(0, colon);
  }
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty()) return Invalid("the address names no host");
  address.host = host;
  return address;
}

}  // namespace parley
