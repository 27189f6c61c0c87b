// The dialects, in the order in which ties are settled.

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "formats/dialect.h"
#include "formats/dialects.h"
#include "formats/mapped_fields.h"

namespace parley {
namespace {

// Levenshtein's distance, in bytes.
size_t EditDistance(std::string_view left, std::string_view right) {
  std::vector<size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= left.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= right.size(); ++j) {
      const size_t replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

const std::vector<DialectInfo>& DialectCatalogue() {
  static const std::vector<DialectInfo> catalogue = {
      FastchatDialect(), OpenaiDialect(), SharegptDialect(),   WildchatDialect(), LmsysDialect(),
      ArenaDialect(),    OasstDialect(),  ClaudeCodeDialect(), CodexDialect(),    MappedDialect(),
  };
  return catalogue;
}

Result<std::unique_ptr<Dialect>> MakeDialect(std::string_view name, const DialectOptions& options) {
  const auto& catalogue = DialectCatalogue();
  const auto found = std::ranges::find(catalogue, name, &DialectInfo::name);
  if (found != catalogue.end()) {
    if (name == "mapped") TRY(MappedFields::Create(options));
    return found->make(options);
  }
  const auto nearest = std::ranges::min_element(
      catalogue, {}, [&](const DialectInfo& info) { return EditDistance(info.name, name); });
  return Fail(Code::kNotFound,
              fmt::format("no format is named \"{}\"; nearest: \"{}\"", name, nearest->name));
}

}  // namespace parley
