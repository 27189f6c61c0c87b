#include "stages/names/seen_words.h"

#include "base/hash.h"
#include "text/utf8.h"

namespace parley {
namespace {

// Endings that make one English word of another.
constexpr std::string_view kEnglishEndings[] = {
    "'s",   "s",    "es",  "ed",   "d",     "ing",     "er",  "ers",  "ly",  "ness",   "able",
    "ally", "ment", "ize", "ized", "izing", "ization", "ify", "less", "ism", "ability"};

bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

WordReader::WordReader(const NameText& text, const NameLists& lists)
    : text_(text.text),
      lists_(lists),
      by_person_(text.by_person),
      language_(lists.LanguageBit(text.language)),
      english_(lists.LanguageBit("en")),
      is_english_(text.language == "en" || text.language.empty()),
      is_german_(text.language == "de") {
  if (language_ == 0) language_ = ~uint32_t{0};
}

void WordReader::Read(const Sentence& sentence, std::vector<SeenWord>& words) {
  scanned_.clear();
  ScanWords(text_, sentence.begin, sentence.end, scanned_);
  words.clear();
  for (const TextWord& word : scanned_) words.push_back(See(word, sentence));
}

SeenWord WordReader::See(const TextWord& word, const Sentence& sentence) {
  SeenWord seen{.word = word};
  if (word.end - word.begin > kLongestNameWord) return seen;
  LowerForm(text_.substr(word.begin, word.end - word.begin), lower_);
  seen.hash = HashOf(lower_);
  seen.facts = lists_.Find(lower_);
  seen.is_common = IsCommon(seen.facts);
  if (!seen.is_common && !seen.is_name() && word.writing == Writing::kCased) {
    seen.is_common = IsDerived();
  }
  const char before = Before(word);
  const char behind = Behind(word);
  seen.is_identifier = before == '_' || behind == '_' || before == '@' || before == '$' ||
                       IsAsciiDigit(before) || IsAsciiDigit(behind) || before == '#' ||
                       (sentence.is_code && (behind == '(' || before == '.'));
  seen.is_initial = word.begin == sentence.begin || StartsClause(word);
  return seen;
}

bool WordReader::IsCommon(const WordFacts* facts) const {
  return facts != nullptr && (facts->common_in & (language_ | english_)) != 0;
}

// Whether lower_ is a common word with an ending, or (German, Dutch) two common words in one.
bool WordReader::IsDerived() {
  if (lower_.size() < 5) return false;
  for (const std::string_view ending : kEnglishEndings) {
    if (lower_.size() < ending.size() + 3 || !lower_.ends_with(ending)) continue;
    const std::string_view stem = std::string_view(lower_).substr(0, lower_.size() - ending.size());
    if (IsPlainWord(stem)) return true;
    stem_.assign(stem);
    stem_ += 'e';
    if (ending[0] != 's' && ending[0] != 'd' && IsPlainWord(stem_)) return true;
    if (stem.size() > 3 && stem[stem.size() - 1] == stem[stem.size() - 2] &&
        IsPlainWord(stem.substr(0, stem.size() - 1))) {
      return true;
    }
  }
  for (const std::string_view start : {"un", "re", "non", "pre", "sub", "over", "multi", "micro",
                                       "auto", "inter", "super", "hyper", "anti", "de", "dis"}) {
    if (lower_.size() >= start.size() + 4 && lower_.starts_with(start) &&
        IsPlainWord(std::string_view(lower_).substr(start.size()))) {
      return true;
    }
  }
  return is_german_ && IsCompound();
}

bool WordReader::IsPlainWord(std::string_view word) const {
  const WordFacts* facts = lists_.Find(word);
  return IsCommon(facts) && (!facts->is_name() || facts->ambiguous);
}

bool WordReader::IsCompound() const {
  for (size_t cut = 3; cut + 3 <= lower_.size(); ++cut) {
    if (IsContinuationByte(lower_[cut])) continue;
    const std::string_view head = std::string_view(lower_).substr(0, cut);
    const std::string_view tail = std::string_view(lower_).substr(cut);
    if (!IsPlainWord(tail)) continue;
    if (IsPlainWord(head) || (head.size() > 4 && (head.back() == 's' || head.back() == 'n') &&
                              IsPlainWord(head.substr(0, head.size() - 1)))) {
      return true;
    }
  }
  return false;
}

// Whether a sign before the word begins a clause, so that its capital says little.
bool WordReader::StartsClause(const TextWord& word) const {
  int64_t at = word.begin;
  while (at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) --at;
  if (at == 0) return true;
  return std::string_view("\n\r:\"*#-|>([{.!?;`=").find(text_[at - 1]) != std::string_view::npos;
}

}  // namespace parley
