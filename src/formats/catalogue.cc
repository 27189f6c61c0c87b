// The dialects, in the order in which ties are settled.

#include <fmt/format.h>

#include <algorithm>

#include "formats/dialect.h"
#include "formats/dialects.h"
#include "formats/mapped_fields.h"
#include "text/nearest_word.h"

namespace parley {

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
  std::vector<std::string> names;
  for (const DialectInfo& info : catalogue) names.emplace_back(info.name);
  const std::string_view nearest = NearestWord(name, names);
  return Fail(
      Code::kNotFound,
      nearest.empty()
          ? fmt::format("no format is named \"{}\"; there are {}", name, fmt::join(names, ", "))
          : fmt::format("no format is named \"{}\"; nearest: \"{}\"", name, nearest));
}

}  // namespace parley
