#include "stages/names/name_screen.h"

#include <algorithm>
#include <array>
#include <string>

#include "stages/names/word_scan.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr int64_t kLongestNameWord = 60;  // Bytes; what is longer is a hash, a URL, a joke.
constexpr int64_t kEdgeBytes = 40;        // A name may go on this near to where a line was cut.

// Endings that make one English word of another.
constexpr std::string_view kEnglishEndings[] = {
    "'s",   "s",    "es",  "ed",   "d",     "ing",     "er",  "ers",  "ly",  "ness",   "able",
    "ally", "ment", "ize", "ized", "izing", "ization", "ify", "less", "ism", "ability"};

/// A word of a sentence with what is known of it.
struct Seen {
  TextWord word;
  const WordFacts* facts = nullptr;
  bool is_common = false;      // In the text's language or in English.
  bool is_identifier = false;  // Grown together with digits, underscores, an at sign.
  bool is_initial = false;     // First of its sentence, or behind a colon, a bullet, a quote.

  bool is_name() const { return facts != nullptr && facts->is_name(); }
  bool is_sure_name() const { return is_name() && !facts->ambiguous; }
  bool is_capital() const { return word.shape == WordShape::kTitle || IsUpper(); }
  bool IsUpper() const { return word.shape == WordShape::kUpper; }
  int64_t size() const { return word.end - word.begin; }
};

bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }

/// Looks at the sentences of one text.
class Looker {
 public:
  Looker(const NameText& text, const NameLists& lists)
      : text_(text.text),
        lists_(lists),
        by_person_(text.by_person),
        language_(lists.LanguageBit(text.language)),
        english_(lists.LanguageBit("en")),
        is_english_(text.language == "en" || text.language.empty()),
        is_german_(text.language == "de") {
    if (language_ == 0) language_ = ~uint32_t{0};
  }

  /// Sets `near_end` if the name may go on behind the sentence.
  bool CouldHoldName(const Sentence& sentence, bool& near_end) {
    words_.clear();
    ScanWords(text_, sentence.begin, sentence.end, words_);
    seen_.clear();
    for (const TextWord& word : words_) seen_.push_back(See(word, sentence));
    near_end = false;
    const bool is_lower = by_person_ && !HasCapital();
    const bool is_shouted = MostlyUpper();
    if (by_person_ && sentence.starts_line && !sentence.is_code && IsSignature(sentence))
      return true;
    for (size_t i = 0; i < seen_.size(); ++i) {
      if (!Triggers(sentence, i, is_lower, is_shouted)) continue;
      near_end = sentence.end - seen_[i].word.end < kEdgeBytes;
      return true;
    }
    return false;
  }

 private:
  char Before(const TextWord& word) const { return word.begin > 0 ? text_[word.begin - 1] : '\n'; }
  char Behind(const TextWord& word) const {
    return word.end < static_cast<int64_t>(text_.size()) ? text_[word.end] : '\n';
  }

  Seen See(const TextWord& word, const Sentence& sentence) {
    Seen seen{.word = word};
    if (word.end - word.begin > kLongestNameWord) return seen;
    LowerForm(text_.substr(word.begin, word.end - word.begin), lower_);
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

  bool IsCommon(const WordFacts* facts) const {
    return facts != nullptr && (facts->common_in & (language_ | english_)) != 0;
  }

  // Whether lower_ is a common word with an ending, or (German, Dutch) two common words in one.
  bool IsDerived() {
    if (lower_.size() < 5) return false;
    for (const std::string_view ending : kEnglishEndings) {
      if (lower_.size() < ending.size() + 3 || !lower_.ends_with(ending)) continue;
      const std::string_view stem =
          std::string_view(lower_).substr(0, lower_.size() - ending.size());
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

  bool IsPlainWord(std::string_view word) const {
    const WordFacts* facts = lists_.Find(word);
    return IsCommon(facts) && (!facts->is_name() || facts->ambiguous);
  }

  bool IsCompound() const {
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
  bool StartsClause(const TextWord& word) const {
    int64_t at = word.begin;
    while (at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) --at;
    if (at == 0) return true;
    return std::string_view("\n\r:\"*#-|>([{.!?;`=").find(text_[at - 1]) != std::string_view::npos;
  }

  bool HasCapital() const {
    return std::ranges::any_of(seen_, [&](const Seen& seen) {
      return seen.is_capital() && !seen.is_initial && seen.size() > 1;
    });
  }

  bool MostlyUpper() const {
    int64_t upper = 0;
    int64_t cased = 0;
    for (const Seen& seen : seen_) {
      if (seen.word.writing != Writing::kCased || seen.size() < 2) continue;
      ++cased;
      upper += seen.IsUpper() ? 1 : 0;
    }
    return cased >= 2 && upper * 2 > cased;
  }

  // Whether the sentence is a line of up to three capital words, as names stand under letters and
  // in lists, of which not all are everyday words.
  bool IsSignature(const Sentence& sentence) const {
    if (seen_.empty() || seen_.size() > 3) return false;
    const auto line_end = static_cast<size_t>(sentence.end);
    if (line_end < text_.size() && text_[line_end] != '\n' && text_[line_end] != '\r') return false;
    const bool all_capital = std::ranges::all_of(seen_, &Seen::is_capital);
    return all_capital && std::ranges::any_of(seen_, [](const Seen& seen) {
             return !seen.is_common || seen.is_name();
           });
  }

  bool Triggers(const Sentence& sentence, size_t i, bool is_lower, bool is_shouted) {
    const Seen& seen = seen_[i];
    if (seen.size() > kLongestNameWord && seen.word.writing == Writing::kCased) return false;
    switch (seen.word.writing) {
      case Writing::kCased:
        return sentence.is_code ? TriggersInCode(i) : TriggersInProse(i, is_lower, is_shouted);
      case Writing::kHan:
        return HanTriggers(i);
      case Writing::kKatakana:
        return seen.size() >= 6 && (!seen.is_common || seen.is_name());
      case Writing::kHiragana:
        return false;
      case Writing::kHangul:
      case Writing::kOther:
        return !seen.is_common || seen.is_name();
    }
    return false;
  }

  bool FollowsHonorific(size_t i) const {
    if (i == 0 || seen_[i - 1].facts == nullptr || !seen_[i - 1].facts->honorific) return false;
    return seen_[i].word.begin - seen_[i - 1].word.end <= 3;
  }

  // Whether words i and i + 1 are both written large with one space between them.
  bool PairAt(size_t i) const {
    if (i + 1 >= seen_.size() || !seen_[i].is_capital() || !seen_[i + 1].is_capital()) return false;
    const int64_t begin = seen_[i].word.end;
    const std::string_view between = text_.substr(begin, seen_[i + 1].word.begin - begin);
    return between == " " || between == "-" || between == ". ";
  }

  bool TriggersInProse(size_t i, bool is_lower, bool is_shouted) const {
    const Seen& seen = seen_[i];
    const WordShape shape = seen.word.shape;
    if (seen.is_identifier) return seen.is_sure_name() && !seen.facts->everyday && seen.size() > 3;
    if (shape == WordShape::kMixed) return MixedTriggers(seen);
    if (FollowsHonorific(i) && (is_lower || seen.is_capital())) return true;
    if (seen.is_capital() && (seen.size() > 1)) {
      if (seen.is_sure_name()) return true;
      if (seen.is_name()) return !seen.is_initial || !seen.facts->everyday || PairAt(i);
      if (seen.IsUpper()) return is_shouted && by_person_ && !seen.is_common;
      if (!seen.is_common) return true;
      return !is_english_ && !is_german_ && !seen.is_initial && seen.facts != nullptr &&
             (seen.facts->common_in & english_) == 0;
    }
    if (shape != WordShape::kLower) return false;
    if (seen.is_sure_name() && seen.size() > 2) {
      return by_person_ ? is_lower || !seen.facts->everyday : false;
    }
    return is_lower && seen.size() > 2 &&
           (!seen.is_common || (seen.is_name() && !seen.facts->everyday));
  }

  // "McDonald" and "DiCaprio", but not "JavaScript" and "iPhone".
  bool MixedTriggers(const Seen& seen) const {
    if (seen.is_sure_name()) return true;
    const std::string_view word = text_.substr(seen.word.begin, seen.size());
    for (const std::string_view start :
         {"Mc", "Mac", "De", "Di", "La", "Le", "Van", "Fitz", "O", "D"}) {
      if (word.size() > start.size() + 2 && word.starts_with(start) && word[start.size()] >= 'A' &&
          word[start.size()] <= 'Z' && (!seen.is_common || start[0] == 'M')) {
        return std::ranges::none_of(word.substr(start.size() + 1),
                                    [](char c) { return c >= 'A' && c <= 'Z'; });
      }
    }
    return false;
  }

  bool TriggersInCode(size_t i) const {
    const Seen& seen = seen_[i];
    if (seen.is_identifier || seen.size() < 3 || seen.word.shape == WordShape::kMixed) return false;
    if (seen.word.shape == WordShape::kLower) {
      const char before = Before(seen.word);
      const bool stands_out = before == '/' || before == '\\' || before == '"' || before == '\'';
      return stands_out && seen.is_sure_name() && seen.size() > 3 && !seen.facts->everyday;
    }
    if (seen.is_sure_name()) return true;
    return PairAt(i) &&
           (seen.is_name() || !seen.is_common || seen_[i + 1].is_name() ||
            !seen_[i + 1].is_common) &&
           !seen_[i].IsUpper();
  }

  // ---- Chinese characters ----

  // Whether a run of Chinese characters may hold a name: a surname with one or two characters
  // behind it that make no word together, or an honorific with something before it.
  bool HanTriggers(size_t i) {
    const TextWord& word = seen_[i].word;
    for (int64_t at = word.begin; at < word.end;) {
      const int64_t size = WordSizeAt(at, word.end);
      const std::string_view part = text_.substr(at, size);
      const WordFacts* facts = lists_.Find(part);
      const bool is_one = CountCodePoints(part) == 1;
      if (facts == nullptr) return true;  // No known character at all.
      if (!is_one && facts->is_name() && !facts->ambiguous) return true;
      if (!is_one && IsFullHanName(part)) return true;
      if (is_one && facts->surname && SurnameLeads(at + size, word.end)) return true;
      if (facts->honorific && at > word.begin && size >= 6) return true;
      at += size;
    }
    return FollowedByHonorific(i);
  }

  // Bytes of the longest listed word at `at`, at most four characters; else of one character.
  int64_t WordSizeAt(int64_t at, int64_t end) const {
    std::array<int64_t, 5> ends{};
    int64_t count = 0;
    for (size_t next = static_cast<size_t>(at); count < 4 && static_cast<int64_t>(next) < end;) {
      NextCodePoint(text_, next);
      ends[static_cast<size_t>(count++)] = static_cast<int64_t>(next) - at;
    }
    for (int64_t i = count; i > 1; --i) {
      const int64_t size = ends[static_cast<size_t>(i - 1)];
      if (lists_.Find(text_.substr(at, size)) != nullptr) return size;
    }
    return ends[0];
  }

  // Whether the characters behind a surname are a given name: single ones that begin no common
  // word.
  bool SurnameLeads(int64_t at, int64_t end) const {
    if (at >= end) return false;
    const std::string_view part = text_.substr(at, WordSizeAt(at, end));
    if (part.starts_with("小") || part.starts_with("阿")) return true;
    const WordFacts* facts = lists_.Find(part);
    if (facts == nullptr || (facts->given && !facts->ambiguous)) return true;
    return CountCodePoints(part) == 1 && (facts->common_in & ~language_) == facts->common_in;
  }

  // Whether a listed word of three characters is a surname with a given name: 王小明.
  bool IsFullHanName(std::string_view word) const {
    if (CountCodePoints(word) != 3) return false;
    size_t first = 0;
    NextCodePoint(word, first);
    const WordFacts* surname = lists_.Find(word.substr(0, first));
    if (surname == nullptr || !surname->surname) return false;
    const std::string_view given = word.substr(first);
    const WordFacts* facts = lists_.Find(given);
    return facts == nullptr || facts->given || given.starts_with("小") || given.starts_with("阿");
  }

  bool FollowedByHonorific(size_t i) const {
    if (i + 1 >= seen_.size() || seen_[i + 1].word.begin != seen_[i].word.end) return false;
    const std::string_view next = text_.substr(seen_[i + 1].word.begin, seen_[i + 1].size());
    return next.starts_with("さん") || next.starts_with("ちゃん") || next.starts_with("くん");
  }

  std::string_view text_;
  const NameLists& lists_;
  bool by_person_;
  uint32_t language_;
  uint32_t english_;
  bool is_english_;
  bool is_german_;
  std::vector<TextWord> words_;
  std::vector<Seen> seen_;
  std::string lower_;
  std::string stem_;
};

}  // namespace

NameScreen::Answer NameScreen::Screen(const NameText& text) const {
  Looker looker(text, *lists_);
  const std::vector<Sentence> sentences = CutSentences(text.text);
  Answer answer{.sentences = static_cast<int64_t>(sentences.size())};
  bool goes_on = false;  // A name at the cut end of the sentence before.
  for (size_t i = 0; i < sentences.size(); ++i) {
    const Sentence& sentence = sentences[i];
    bool near_end = false;
    const bool could = looker.CouldHoldName(sentence, near_end);
    if (could && sentence.continues && i > 0 &&
        (answer.read.empty() || answer.read.back().end <= sentences[i - 1].begin)) {
      answer.read.push_back(sentences[i - 1]);
    }
    if (could || (goes_on && sentence.continues)) answer.read.push_back(sentence);
    goes_on = near_end;
  }
  return answer;
}

}  // namespace parley
