#include "text/chinese_variants.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <opencc/Config.hpp>
#include <opencc/Conversion.hpp>
#include <opencc/ConversionChain.hpp>
#include <opencc/Converter.hpp>
#include <opencc/Dict.hpp>
#include <opencc/DictEntry.hpp>
#include <opencc/Exception.hpp>
#include <opencc/Lexicon.hpp>

#include "text/utf8.h"

namespace parley {
namespace {

std::vector<char32_t> CodePointsOf(std::string_view text) {
  std::vector<char32_t> code_points;
  for (size_t at = 0; at < text.size();) code_points.push_back(NextCodePoint(text, at));
  return code_points;
}

// Sets of characters that are tied together, each named by one of them.
class Ties {
 public:
  char32_t RootOf(char32_t character) {
    auto at = parents_.try_emplace(character, character).first;
    while (at->second != at->first) at = parents_.find(at->second);
    return at->first;
  }
  void Tie(char32_t left, char32_t right) { parents_[RootOf(left)] = RootOf(right); }

  std::map<char32_t, std::vector<char32_t>> Sets() {
    std::map<char32_t, std::vector<char32_t>> sets;
    for (const auto& [character, parent] : parents_) sets[RootOf(character)].push_back(character);
    return sets;
  }

 private:
  std::map<char32_t, char32_t> parents_;
};

std::unexpected<Error> CannotOpen(const std::string& path, std::string_view reason) {
  return Fail(Code::kNotFound,
              fmt::format("OpenCC cannot open {}, which ties traditional to simplified Chinese: {}",
                          path, reason));
}

}  // namespace

struct ChineseVariants::Converter {
  opencc::ConverterPtr opencc;
};

ChineseVariants::ChineseVariants(std::unique_ptr<Converter> converter)
    : converter_(std::move(converter)) {}
ChineseVariants::ChineseVariants(ChineseVariants&&) noexcept = default;
ChineseVariants& ChineseVariants::operator=(ChineseVariants&&) noexcept = default;
ChineseVariants::~ChineseVariants() = default;

Result<ChineseVariants> ChineseVariants::Open(const std::string& config_path) {
  auto converter = std::make_unique<Converter>();
  const std::string path = config_path.empty() ? "t2s.json" : config_path;
  try {
    opencc::Config config;
    converter->opencc = config.NewFromFile(path);
  } catch (const opencc::Exception& exception) {  // It is no std::exception.
    return CannotOpen(path, exception.what());
  } catch (const std::exception& exception) {
    return CannotOpen(path, exception.what());
  }
  ChineseVariants variants(std::move(converter));
  TRY(variants.TieEntries());
  return variants;
}

Status ChineseVariants::TieEntries() {
  Ties ties;
  for (const auto& conversion : converter_->opencc->GetConversionChain()->GetConversions()) {
    const opencc::LexiconPtr entries = conversion->GetDict()->GetLexicon();
    for (const auto& entry : *entries) {
      const std::vector<char32_t> from = CodePointsOf(entry->Key());
      for (const std::string& value : entry->Values()) {
        const std::vector<char32_t> to = CodePointsOf(value);
        if (from.size() != to.size()) {
          return Invalid("OpenCC's dictionary has an entry that changes the number of characters");
        }
        for (size_t i = 0; i < from.size(); ++i) ties.Tie(from[i], to[i]);
      }
    }
  }
  for (auto& [root, members] : ties.Sets()) {
    for (const char32_t member : members) family_of_[member] = families_.size();
    families_.push_back(std::move(members));
  }
  return {};
}

std::string ChineseVariants::ToSimplified(std::string_view text) const {
  if (IsAscii(text)) return std::string(text);
  return converter_->opencc->Convert(std::string(text));
}

std::vector<char32_t> ChineseVariants::FamilyOf(char32_t character) const {
  const auto found = family_of_.find(character);
  return found == family_of_.end() ? std::vector{character} : families_[found->second];
}

}  // namespace parley
