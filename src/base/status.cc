#include "parley/status.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

namespace parley {

std::string Describe(const Error& error) {
  std::string where = error.place.file;
  if (error.place.line > 0) where += fmt::format(":{}", error.place.line);
  if (error.place.byte >= 0) where += fmt::format(" (byte {})", error.place.byte);
  if (where.empty()) return error.message;
  return where + ": " + error.message;
}

void Check(bool condition, std::string_view message) {
  if (condition) return;
  fmt::print(stderr, "parley: a bug, please report it: {}\n", message);
  std::abort();
}

}  // namespace parley
