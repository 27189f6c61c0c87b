#include "stages/names/name_screen.h"

#include <algorithm>
#include <array>

#include "stages/names/name_features.h"
#include "stages/names/seen_words.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr int64_t kEdgeBytes = 40;  // A name may go on this near to where a line was cut.

// A sentence with a tag in it was read before the tag was put in: it is read again only for a word
// that is that much likelier a name than elsewhere.
constexpr float kTaggedCut = 2.0F;

/// Looks at the sentences of one text.
class Looker {
 public:
  Looker(const NameText& text, const NameLists& lists, const NameOdds* odds)
      : reader_(text, lists), odds_(odds), text_(text.text), lists_(lists) {}

  /// Sets `near_end` if the name may go on behind the sentence.
  bool CouldHoldName(const Sentence& sentence, bool& near_end) {
    Read(sentence);
    near_end = false;
    if (is_signature_ && odds_ == nullptr) return true;
    if (odds_ != nullptr) {
      features_.Start(reader_, sentence, seen_, is_signature_);
      cut_ = odds_->CutFor(reader_.is_english()) + (HoldsTag() ? kTaggedCut : 0.0F);
    }
    for (size_t i = 0; i < seen_.size(); ++i) {
      if (!Looks(sentence, i)) continue;
      near_end = sentence.end - seen_[i].word.end < kEdgeBytes;
      return true;
    }
    return false;
  }

  void Tell(const Sentence& sentence, NameScreen::Listener& listener) {
    Read(sentence);
    std::vector<bool> triggers;
    bool caseless = false;
    for (size_t i = 0; i < seen_.size(); ++i) {
      triggers.push_back(Triggers(sentence, i));
      caseless |= triggers[i] && seen_[i].word.writing != Writing::kCased;
    }
    const bool by_rules = is_signature_ || std::ranges::find(triggers, true) != triggers.end();
    listener.Hear(sentence, by_rules, caseless);
    features_.Start(reader_, sentence, seen_, is_signature_);
    for (size_t i = 0; i < seen_.size(); ++i) {
      if (!SentenceFeatures::IsCandidate(seen_[i])) continue;
      listener.Hear(seen_[i].word, features_.Of(i, triggers[i]));
    }
  }

 private:
  void Read(const Sentence& sentence) {
    reader_.Read(sentence, seen_);
    is_lower_ = reader_.by_person() && !HasCapital();
    is_shouted_ = MostlyUpper();
    is_signature_ =
        reader_.by_person() && sentence.starts_line && !sentence.is_code && IsSignature(sentence);
  }

  // Whether word i may be of a name: by the rules, and by the odds where they know the writing.
  bool Looks(const Sentence& sentence, size_t i) {
    if (odds_ == nullptr || seen_[i].word.writing != Writing::kCased) {
      return Triggers(sentence, i);
    }
    if (!SentenceFeatures::IsCandidate(seen_[i])) return false;
    return odds_->LogOdds(features_.Of(i, Triggers(sentence, i))) >= cut_;
  }

  // "NAME_1"
  bool HoldsTag() const {
    return std::ranges::any_of(seen_, [&](const SeenWord& seen) {
      const auto end = static_cast<size_t>(seen.word.end);
      return seen.is_upper() && text_.substr(end, 1) == "_" && end + 1 < text_.size() &&
             text_[end + 1] >= '0' && text_[end + 1] <= '9';
    });
  }

  bool HasCapital() const {
    return std::ranges::any_of(seen_, [&](const SeenWord& seen) {
      return seen.is_capital() && !seen.is_initial && seen.size() > 1;
    });
  }

  bool MostlyUpper() const {
    int64_t upper = 0;
    int64_t cased = 0;
    for (const SeenWord& seen : seen_) {
      if (seen.word.writing != Writing::kCased || seen.size() < 2) continue;
      ++cased;
      upper += seen.is_upper() ? 1 : 0;
    }
    return cased >= 2 && upper * 2 > cased;
  }

  // Whether the sentence is a line of up to three capital words, as names stand under letters and
  // in lists, of which not all are everyday words.
  bool IsSignature(const Sentence& sentence) const {
    if (seen_.empty() || seen_.size() > 3) return false;
    const auto line_end = static_cast<size_t>(sentence.end);
    if (line_end < text_.size() && text_[line_end] != '\n' && text_[line_end] != '\r') return false;
    const bool all_capital = std::ranges::all_of(seen_, &SeenWord::is_capital);
    return all_capital && std::ranges::any_of(seen_, [](const SeenWord& seen) {
             return !seen.is_common || seen.is_name();
           });
  }

  bool Triggers(const Sentence& sentence, size_t i) {
    const SeenWord& seen = seen_[i];
    if (seen.size() > kLongestNameWord && seen.word.writing == Writing::kCased) return false;
    switch (seen.word.writing) {
      case Writing::kCased:
        return sentence.is_code ? TriggersInCode(i) : TriggersInProse(i);
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

  bool TriggersInProse(size_t i) const {
    const SeenWord& seen = seen_[i];
    const WordShape shape = seen.word.shape;
    if (seen.is_identifier) return seen.is_sure_name() && !seen.facts->everyday && seen.size() > 3;
    if (shape == WordShape::kMixed) return MixedTriggers(seen);
    if (FollowsHonorific(i) && (is_lower_ || seen.is_capital())) return true;
    if (seen.is_capital() && (seen.size() > 1)) {
      if (seen.is_sure_name()) return true;
      if (seen.is_name()) return !seen.is_initial || !seen.facts->everyday || PairAt(i);
      if (seen.is_upper()) return is_shouted_ && reader_.by_person() && !seen.is_common;
      if (!seen.is_common) return true;
      return !reader_.is_english() && !reader_.is_german() && !seen.is_initial &&
             seen.facts != nullptr && (seen.facts->common_in & reader_.english()) == 0;
    }
    if (shape != WordShape::kLower) return false;
    if (seen.is_sure_name() && seen.size() > 2) {
      return reader_.by_person() ? is_lower_ || !seen.facts->everyday : false;
    }
    return is_lower_ && seen.size() > 2 &&
           (!seen.is_common || (seen.is_name() && !seen.facts->everyday));
  }

  // "McDonald" and "DiCaprio", but not "JavaScript" and "iPhone".
  bool MixedTriggers(const SeenWord& seen) const {
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
    const SeenWord& seen = seen_[i];
    if (seen.is_identifier || seen.size() < 3 || seen.word.shape == WordShape::kMixed) return false;
    if (seen.word.shape == WordShape::kLower) {
      const char before = reader_.Before(seen.word);
      const bool stands_out = before == '/' || before == '\\' || before == '"' || before == '\'';
      return stands_out && seen.is_sure_name() && seen.size() > 3 && !seen.facts->everyday;
    }
    if (seen.is_sure_name()) return true;
    return PairAt(i) &&
           (seen.is_name() || !seen.is_common || seen_[i + 1].is_name() ||
            !seen_[i + 1].is_common) &&
           !seen_[i].is_upper();
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
    return CountCodePoints(part) == 1 &&
           (facts->common_in & ~reader_.language()) == facts->common_in;
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

  WordReader reader_;
  const NameOdds* odds_;
  std::string_view text_;
  const NameLists& lists_;
  std::vector<SeenWord> seen_;
  SentenceFeatures features_;
  float cut_ = 0.0F;
  bool is_lower_ = false;      // Nothing is written large where a name would be.
  bool is_shouted_ = false;    // Most words are in capitals.
  bool is_signature_ = false;  // A line of a few capital words.
};

}  // namespace

NameScreen::Answer NameScreen::Screen(const NameText& text) const {
  Looker looker(text, *lists_, odds_.get());
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

void NameScreen::Tell(const NameText& text, Listener& listener) const {
  Looker looker(text, *lists_, nullptr);
  for (const Sentence& sentence : CutSentences(text.text)) looker.Tell(sentence, listener);
}

}  // namespace parley
