// Mentions are written in brackets: "[[Mary Smith]]" is one of score 0.9, "[[?Mary]]" one of 0.05,
// "[[!Ford]]" an eponym, "[[*Marie Curie]]" a public person. What must come out has numbers by
// first appearance.

#include "stages/redact/person_table.h"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "base/random.h"
#include "text/random_text.h"

namespace parley {
namespace {

using Strings = std::vector<std::string>;

struct Marked {
  std::string text;
  std::vector<NameMention> mentions;
};

Marked ReadMarked(std::string_view marked) {
  Marked read;
  while (!marked.empty()) {
    const size_t open = std::min(marked.find("[["), marked.size());
    read.text += marked.substr(0, open);
    marked.remove_prefix(open);
    if (marked.empty()) break;
    const size_t close = marked.find("]]");
    std::string_view name = marked.substr(2, close - 2);
    NameMention mention{.begin = static_cast<int64_t>(read.text.size()), .score = 0.9};
    if (name[0] == '?') mention.score = 0.05;
    if (name[0] == '!') mention.eponym = true;
    if (name[0] == '*') mention.kind = NameKind::kPublic;
    if (name.find_first_of("?!*") == 0) name.remove_prefix(1);
    read.text += name;
    mention.end = static_cast<int64_t>(read.text.size());
    read.mentions.push_back(mention);
    marked.remove_prefix(close + 2);
  }
  return read;
}

struct Linked {
  Strings texts;
  bool unsure = false;
};

Linked Link(const Strings& marked, std::string_view language = "en", const NameRules& rules = {}) {
  std::vector<Marked> read;
  for (const std::string& text : marked) read.push_back(ReadMarked(text));
  std::vector<PersonText> texts;
  for (const Marked& one : read) {
    texts.push_back({.text = one.text, .language = language, .mentions = one.mentions});
  }
  const Persons persons = LinkPersons(texts, rules);
  Linked linked;
  linked.unsure = persons.unsure;
  std::map<int64_t, int64_t> numbers;
  for (size_t i = 0; i < read.size(); ++i) {
    std::string& out = linked.texts.emplace_back();
    int64_t at = 0;
    for (const PersonSpan& span : persons.spans[i]) {
      EXPECT_LE(at, span.begin);
      EXPECT_LT(span.begin, span.end);
      const auto number =
          numbers.try_emplace(span.person, static_cast<int64_t>(numbers.size()) + 1).first->second;
      out += read[i].text.substr(static_cast<size_t>(at), static_cast<size_t>(span.begin - at));
      out += "NAME_" + std::to_string(number);
      at = span.end;
    }
    out += read[i].text.substr(static_cast<size_t>(at));
  }
  return linked;
}

struct Case {
  const char* name;
  Strings marked;
  Strings want;
  const char* language = "en";
};

void ExpectAll(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    SCOPED_TRACE(one.name);
    EXPECT_EQ(Link(one.marked, one.language).texts, one.want);
  }
}

TEST(PersonTable, LinksTheWaysOfCallingOnePerson) {
  ExpectAll({
      {"parts, titles, possessive, case",
       {"I am [[Mary Smith]].", "Hi Mary! Ms Smith's dog, Smith's cat. MARY, mary. mary smith?"},
       {"I am NAME_1.", "Hi NAME_1! Ms NAME_1's dog, NAME_1's cat. NAME_1, NAME_1. NAME_1?"}},
      {"the part first, the whole later",
       {"[[Anna]] is here.", "[[Anna Berg]], or [[Berg]]."},
       {"NAME_1 is here.", "NAME_1, or NAME_1."}},
      {"initials",
       {"[[John Smith]], [[J. Smith]], [[J.S.]], [[J. R. Smith]] and [[M. Smith]]"},
       {"NAME_1, NAME_1, NAME_1, NAME_1 and NAME_2"}},
      {"surname first", {"[[Smith, John]]: see [[John Smith]]"}, {"NAME_1: see NAME_1"}},
      {"middle names and particles",
       {"[[Ludwig Mies van der Rohe]], [[Mies van der Rohe]], [[Ludwig]]; Rohe; van der Rohe"},
       {"NAME_1, NAME_1, NAME_1; NAME_1; NAME_1"}},
      {"hyphens", {"[[Jean-Pierre Dupont]] or Jean-Pierre, Dupont"}, {"NAME_1 or NAME_1, NAME_1"}},
      {"an apostrophe", {"[[Sean O'Brien]]. O'Brien! o’brien"}, {"NAME_1. NAME_1! NAME_1"}},
      {"accents", {"[[José Núñez]] is Jose, NUNEZ"}, {"NAME_1 is NAME_1, NAME_1"}},
      {"what cannot be seen",
       {"[[Mary Smith]], M\u200Bary, Smi\u00ADth"},
       {"NAME_1, NAME_1, NAME_1"}},
      {"homoglyphs", {"[[Mary Smith]], Mаry, Sмith"}, {"NAME_1, NAME_1, NAME_1"}},
  });
}

TEST(PersonTable, KeepsApartWhomTheTextKeepsApart) {
  ExpectAll({
      {"two surnames, then the nearest",
       {"[[Mary Smith]] met [[Mary Jones]]. [[Mary]] laughed.", "[[Mary Smith]]: Mary?"},
       {"NAME_1 met NAME_2. NAME_2 laughed.", "NAME_1: NAME_1?"}},
      {"two of a family",
       {"[[Anna Keller]] and [[Max Keller]]; Anna, Max Keller"},
       {"NAME_1 and NAME_2; NAME_1, NAME_2"}},
      {"titles", {"Mr [[Smith]] and Mrs [[Smith]]"}, {"Mr NAME_1 and Mrs NAME_2"}},
      {"two Chinese", {"[[王小明]]和[[李小红]]", "小明"}, {"NAME_1和NAME_2", "小明"}, "zh"},
  });
}

TEST(PersonTable, KnowsEndings) {
  ExpectAll({
      {"Russian",
       {"[[Маша]] пришла. [[Маше]] рады.", "Видел Машу с Машей"},
       {"NAME_1 пришла. NAME_1 рады.", "Видел NAME_1 с NAME_1"},
       "ru"},
      {"a Russian surname",
       {"[[Сергей Иванов]]", "Сергею Иванову и Ивановым"},
       {"NAME_1", "NAME_1 и NAME_1"},
       "ru"},
      {"Polish",
       {"[[Jan Kowalski]] mówi", "Nie ma Kowalskiego, z Kowalskim, Janowi"},
       {"NAME_1 mówi", "Nie ma NAME_1, z NAME_1, NAME_1"},
       "pl"},
      {"English plural", {"[[Michelle Obama]] and the Obamas"}, {"NAME_1 and the NAME_1"}},
      {"German genitive",
       {"[[Katharina]] ist da, Katharinas Hund"},
       {"NAME_1 ist da, NAME_1 Hund"},
       "de"},
      {"not a small word", {"[[Лена Орлова]]", "лены, орлова"}, {"NAME_1", "лены, NAME_1"}, "ru"},
      {"Arabic",
       {"[[أحمد]] هنا", "وأحمد لأحمد احمد"},
       {"NAME_1 هنا", "NAME_1 NAME_1 NAME_1"},
       "ar"},
  });
}

TEST(PersonTable, ReadsNamesWithoutBlanks) {
  ExpectAll({
      {"Chinese",
       {"[[王小明]]来了。[[小明]]说:", "小明的书,王小明的"},
       {"NAME_1来了。NAME_1说:", "NAME_1的书,NAME_1的"},
       "zh"},
      {"Japanese",
       {"[[田中太郎]]です。[[田中]]さんは", "田中さん、太郎"},
       {"NAME_1です。NAME_1さんは", "NAME_1さん、太郎"},
       "ja"},
      {"Korean",
       {"[[김민수]]는 왔다. [[민수]]가", "민수야, 김민수에게, 이민수는"},
       {"NAME_1는 왔다. NAME_1가", "NAME_1야, NAME_1에게, 이민수는"},
       "ko"},
      {"a surname of one letter",
       {"[[王]]先生说", "王先生,国王"},
       {"NAME_1先生说", "NAME_1先生,国王"},
       "zh"},
      {"Katakana is a word",
       {"[[マリア]]です", "マリア、マリアナ"},
       {"NAME_1です", "NAME_1、マリアナ"},
       "ja"},
  });
}

TEST(PersonTable, FindsNamesInCodeAndPaths) {
  ExpectAll({
      {"identifiers and paths",
       {"[[Mary Smith]]",
        "/home/mary/x mary_smith.txt MarySmith getMary() {\"name\": \"mary\"} "
        "MARY_SMITH = 'marysmith' https://x.org/~mary \\nMary"},
       {"NAME_1",
        "/home/NAME_1/x NAME_1.txt NAME_1 getNAME_1() {\"name\": \"NAME_1\"} "
        "NAME_1 = 'NAME_1' https://x.org/~NAME_1 \\nNAME_1"}},
      {"digits behind go along",
       {"[[Mary Smith]]", "mary85, x2mary"},
       {"NAME_1", "NAME_1, x2NAME_1"}},
      {"not in other words",
       {"[[Ann Lee Parker]]", "annual channel parkers"},
       {"NAME_1", "annual channel parkers"}},
      {"not a handle", {"[[Mary Smith]]", "@mary says"}, {"NAME_1", "@mary says"}},
  });
}

TEST(PersonTable, WantsEvidenceForACommonWord) {
  ExpectAll({
      {"a verb",
       {"[[Will Carter]] left. Will you? He will. I saw Will again."},
       {"NAME_1 left. Will you? He will. I saw NAME_1 again."}},
      {"another text",
       {"[[Will Carter]] left.", "I saw Will; Mr Will, will Carter, will carter"},
       {"NAME_1 left.", "I saw Will; Mr NAME_1, will NAME_1, NAME_1"}},
      {"a month",
       {"[[May Parker]] came on May 5 with May."},
       {"NAME_1 came on May 5 with NAME_1."}},
      {"two letters",
       {"[[Bo Li]] said", "li bo, Bo, Dr. Li"},
       {"NAME_1 said", "NAME_1, Bo, Dr. NAME_1"}},
      {"the model's word",
       {"[[Will Carter]]", "[[Will]] and [[?Rose]]"},
       {"NAME_1", "NAME_1 and Rose"}},
  });
}

TEST(PersonTable, JoinsTheUnsureToTheSure) {
  EXPECT_EQ(Link({"[[?Mary]] is [[Mary Smith]]"}).texts, Strings{"NAME_1 is NAME_1"});
  EXPECT_FALSE(Link({"[[?Mary]] is [[Mary Smith]]"}).unsure);
  const Linked linked = Link({"[[?Mary]] is here, Mary"});
  EXPECT_EQ(linked.texts, Strings{"Mary is here, Mary"});
  EXPECT_TRUE(linked.unsure);
}

TEST(PersonTable, KeepsEponymsAndWhatTheListsSay) {
  EXPECT_EQ(Link({"[[!Ford]] built it. [[Harrison Ford]] drove a [[!Ford]]; Ford."}).texts,
            Strings{"Ford built it. NAME_1 drove a Ford; NAME_1."});
  NameRules rules;
  rules.allow = NameExceptions::Create({"en:Ford", "Marie Curie"}).value();
  rules.deny = NameExceptions::Create({"Sauron", "de:Kim Meier", "小龙"}).value();
  EXPECT_EQ(
      Link({"[[Harrison Ford]], [[Ford]], ford; [[MARIE CURIE]] and [[Curie]]"}, "en", rules).texts,
      Strings{"NAME_1, Ford, ford; MARIE CURIE and NAME_2"});
  EXPECT_EQ(Link({"[[Ford]]"}, "de", rules).texts, Strings{"NAME_1"});
  EXPECT_EQ(Link({"the eye of SAURON; kim meier; 我是小龙吗"}, "de", rules).texts,
            Strings{"the eye of NAME_1; NAME_2; 我是NAME_3吗"});
  EXPECT_EQ(Link({"kim meier"}, "en", rules).texts, Strings{"kim meier"});
  EXPECT_FALSE(NameExceptions::Create({"Anna", "en:"}).has_value());
}

TEST(PersonTable, LeavesPublicPersonsIfAsked) {
  NameRules rules;
  rules.private_only = true;
  EXPECT_EQ(Link({"[[*Marie Curie]] and [[Anna Berg]]; Curie, Berg, [[Curie]]"}, "en", rules).texts,
            Strings{"Marie Curie and NAME_1; Curie, NAME_1, Curie"});
}

TEST(PersonTable, StaysOutOfWhatIsClosed) {
  const std::string text = "NAME_1 Smith at mary@x.org, Mary";
  const std::vector<NameMention> mentions = {{0, 12, 0.9}, {16, 26, 0.9}};
  const std::vector<Span> closed = {{0, 6}, {16, 26}};
  const std::vector<PersonText> texts = {{"I am Mary Ohm", "en", std::vector<NameMention>{}, {}},
                                         {text, "en", mentions, closed}};
  const Persons persons = LinkPersons(texts, {});
  ASSERT_EQ(persons.spans[1].size(), 1U);
  EXPECT_EQ(persons.spans[1][0].begin, 7);
  EXPECT_EQ(persons.spans[1][0].end, 12);
}

// Whatever the model says, spans lie in order, on letters, outside what is closed.
TEST(PersonTable, HoldsItsPromisesOnRandomTexts) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    std::vector<std::string> contents;
    std::vector<std::vector<NameMention>> mentions;
    std::vector<std::vector<Span>> closed;
    for (int i = 0; i < 3; ++i) {
      contents.push_back(RandomText(random, 60));
      auto& list = mentions.emplace_back();
      auto& shut = closed.emplace_back();
      for (const NameWord& word : NameWordsIn(contents.back())) {
        if (random.Below(4) == 0) list.push_back({word.begin, word.end, random.Share()});
        if (random.Below(9) == 0) shut.push_back({word.begin, word.end});
      }
    }
    std::vector<PersonText> texts;
    for (size_t i = 0; i < contents.size(); ++i) {
      texts.push_back({contents[i], "en", mentions[i], closed[i]});
    }
    const Persons persons = LinkPersons(texts, {});
    for (size_t i = 0; i < contents.size(); ++i) {
      int64_t at = 0;
      for (const PersonSpan& span : persons.spans[i]) {
        ASSERT_LE(at, span.begin);
        ASSERT_LT(span.begin, span.end);
        ASSERT_LE(span.end, static_cast<int64_t>(contents[i].size()));
        for (const Span& shut : closed[i]) {
          ASSERT_TRUE(span.end <= shut.begin || shut.end <= span.begin);
        }
        at = span.end;
      }
    }
  }
}

double SecondsFor(int64_t count) {
  std::string text;
  std::vector<NameMention> mentions;
  for (int64_t i = 0; i < count; ++i) {
    const auto begin = static_cast<int64_t>(text.size());
    text += "Q" + std::string(1, static_cast<char>('a' + i % 26)) +
            std::string(1, static_cast<char>('a' + i / 26 % 26)) +
            std::string(1, static_cast<char>('a' + i / 676 % 26)) + " Smithers";
    mentions.push_back({begin, static_cast<int64_t>(text.size()), 0.9});
    text += i % 2 == 0 ? ", and Smithers too\n" : ", ";
  }
  const std::vector<PersonText> texts = {{text, "en", mentions, {}}};
  const auto start = std::chrono::steady_clock::now();
  const Persons persons = LinkPersons(texts, {});
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  EXPECT_GE(static_cast<int64_t>(persons.spans[0].size()), count);
  return seconds;
}

TEST(PersonTable, TakesLinearTimeInACrowd) {
  const double few = SecondsFor(5'000);
  const double many = SecondsFor(40'000);
  EXPECT_LT(many, 30 * few + 0.5) << "eight times the names";
}

}  // namespace
}  // namespace parley
