// Traditional and simplified Chinese, by OpenCC.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "parley/status.h"

namespace parley {

/// OpenCC's conversion from traditional to simplified characters, and what it means for single
/// characters.
///
/// Every entry of its dictionaries replaces a word by one of as many characters. So a character of
/// the result stands where one of the text stood, and the two lie in one *family*: characters that
/// some chain of entries ties together. Texts that become equal have families that are equal, place
/// by place; the opposite need not hold.
class ChineseVariants {
 public:
  /// `config_path`: OpenCC's t2s.json, its dictionaries beside it; empty: the one that the system
  /// has. NotFound if there is none; Invalid if an entry changes the number of characters.
  static Result<ChineseVariants> Open(const std::string& config_path);
  ChineseVariants(ChineseVariants&&) noexcept;
  ChineseVariants& operator=(ChineseVariants&&) noexcept;
  ~ChineseVariants();

  /// `text`, valid UTF-8, as OpenCC converts it; word by word, so context counts. Thread-safe; some
  /// MB/s.
  std::string ToSimplified(std::string_view text) const;

  /// The family of `character`, itself among them, ascending.
  std::vector<char32_t> FamilyOf(char32_t character) const;

 private:
  struct Converter;
  explicit ChineseVariants(std::unique_ptr<Converter> converter);
  Status TieEntries();

  std::unique_ptr<Converter> converter_;
  std::unordered_map<char32_t, size_t> family_of_;  // Index into families_.
  std::vector<std::vector<char32_t>> families_;
};

}  // namespace parley
