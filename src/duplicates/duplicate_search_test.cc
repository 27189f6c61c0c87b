#include "duplicates/duplicate_search.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <filesystem>
#include <map>
#include <numeric>
#include <set>
#include <thread>

#include "base/random.h"
#include "duplicates/min_hash.h"

namespace parley {
namespace {

class TextList final : public TextSource {
 public:
  explicit TextList(std::vector<std::string> texts) : texts_(std::move(texts)) {}
  Status Read(int64_t number, Units& units) const override {
    units.Add(texts_[static_cast<size_t>(number)]);
    return {};
  }

 private:
  std::vector<std::string> texts_;
};

Status OnThreads(size_t count, int threads, const std::function<Status(size_t)>& work) {
  std::atomic<size_t> next = 0;
  std::vector<std::thread> pool;
  for (int i = 0; i < threads; ++i) {
    pool.emplace_back([&] {
      for (size_t k = next++; k < count; k = next++) ASSERT_TRUE(work(k));
    });
  }
  for (std::thread& thread : pool) thread.join();
  return {};
}

struct Outcome {
  std::vector<DuplicateFinding> findings = {};
  std::vector<VerifiedPair> pairs = {};
  DuplicateSearch::Totals totals = {};
};

struct Trial {
  DuplicateSearch::Options options = {};
  int threads = 1;
  bool wants_pairs = false;
};

Outcome Find(const std::vector<std::string>& texts, Trial run) {
  std::string folder = (std::filesystem::temp_directory_path() / "parley-XXXXXX").string();
  Check(mkdtemp(folder.data()) != nullptr, "no folder for a test");
  Outcome outcome;
  {
    run.options.spill_folder = folder;
    run.options.wants_pairs = run.wants_pairs;
    run.options.for_each = [&](size_t count, const auto& work) {
      return OnThreads(count, run.threads, work);
    };
    const auto search = DuplicateSearch::Create(run.options).value();
    Units units(run.options.shingles.kind, run.options.normalisation);
    for (size_t i = 0; i < texts.size(); ++i) {
      units.Clear();
      units.Add(texts[i]);
      TextPrint print{.text = units.TextHash(), .survival = {.code_points = units.code_points()}};
      std::vector<uint64_t> keys;
      search->AppendKeys(units, keys);
      const std::vector<int64_t> numbers = {static_cast<int64_t>(i)};
      const std::vector<size_t> ends = {keys.size()};
      EXPECT_TRUE(search->AddKeys(numbers, {&print, 1}, keys, ends));
      EXPECT_TRUE(search->AddPrints({&print, 1}));
    }
    TextList source(texts);
    EXPECT_TRUE(search->Run(source, [&](const VerifiedPair& pair) -> Status {
      outcome.pairs.push_back(pair);
      return {};
    }));
    for (;;) {
      DuplicateFinding finding;
      if (!search->Next(finding).value()) break;
      outcome.findings.push_back(finding);
    }
    outcome.totals = search->totals();
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder)) << "spill is left behind";
  std::filesystem::remove_all(folder);
  return outcome;
}

// The slow, obvious way: all pairs, shingles as vectors of units.
double SlowJaccard(const std::string& left, const std::string& right, const Trial& run) {
  const auto units_of = [&](const std::string& text) {
    Units units(run.options.shingles.kind, run.options.normalisation);
    units.Add(text);
    return std::vector<uint64_t>(units.hashes().begin(), units.hashes().end());
  };
  const std::vector<uint64_t> a = units_of(left);
  const std::vector<uint64_t> b = units_of(right);
  const auto length = static_cast<size_t>(
      ShingleUnits(run.options.shingles, std::ssize(a.size() < b.size() ? a : b)));
  const auto set_of = [&](const std::vector<uint64_t>& units) {
    std::set<std::vector<uint64_t>> set;
    if (!units.empty() && units.size() < length) set.insert(units);
    for (size_t i = 0; i + length <= units.size(); ++i) {
      set.insert({units.begin() + static_cast<int64_t>(i),
                  units.begin() + static_cast<int64_t>(i + length)});
    }
    return set;
  };
  const auto left_set = set_of(a);
  const auto right_set = set_of(b);
  if (left_set.empty() && right_set.empty()) return 1;
  const auto shared = static_cast<double>(
      std::ranges::count_if(left_set, [&](const auto& x) { return right_set.contains(x); }));
  return shared / (static_cast<double>(left_set.size() + right_set.size()) - shared);
}

// The component of each text, named by its first member.
std::vector<size_t> SlowComponents(const std::vector<std::string>& texts, const Trial& run) {
  std::vector<size_t> component(texts.size());
  std::iota(component.begin(), component.end(), size_t{0});
  for (size_t i = 0; i < texts.size(); ++i) {
    for (size_t k = 0; k < i; ++k) {
      if (component[i] == component[k]) continue;
      if (SlowJaccard(texts[i], texts[k], run) < run.options.threshold) continue;
      const size_t keep = std::min(component[i], component[k]);
      const size_t go = std::max(component[i], component[k]);
      std::ranges::replace(component, go, keep);
    }
  }
  return component;
}

std::string Sentence(Random& random, int64_t words) {
  static const std::vector<std::string> kWords = {
      "river", "stone", "write", "story", "about", "green", "paper", "light",  "house", "seven",
      "music", "north", "table", "quick", "plain", "water", "cloud", "garden", "train", "letter"};
  std::string text;
  for (int64_t i = 0; i < words; ++i) {
    text += (i > 0 ? " " : "") + kWords[static_cast<size_t>(random.Below(std::ssize(kWords)))];
  }
  return text;
}

std::string Unspaced(Random& random, int64_t length) {
  static const std::vector<std::string> kCharacters = {"你", "好", "请", "写", "一", "篇", "关",
                                                       "于", "花", "の", "日", "本", "語", "た"};
  std::string text;
  for (int64_t i = 0; i < length; ++i) {
    text += kCharacters[static_cast<size_t>(random.Below(std::ssize(kCharacters)))];
  }
  return text;
}

// A few texts of every kind, and copies of them with small edits.
std::vector<std::string> MadeUpTexts(uint64_t seed, int64_t originals) {
  Random random(seed);
  std::vector<std::string> texts = {
      "hi",   "Hi!", "hello", "你好", "你好！", "你好吗",          "👋",
      "👋👋", "???", "!",     "",     "  ",     "if (a) { b(); }", "ha ha ha ha ha ha",
      "ha ha"};
  for (int64_t i = 0; i < originals; ++i) {
    const int64_t length = 1 + random.Below(i % 3 == 0 ? 10 : i % 3 == 1 ? 30 : 120);
    const bool spaced = random.Below(2) == 0;
    const std::string text = spaced ? Sentence(random, length) : Unspaced(random, length);
    texts.push_back(text);
    for (int64_t copy = random.Below(4); copy > 0; --copy) {
      const std::string addition = spaced ? " " + Sentence(random, 1 + random.Below(3))
                                          : Unspaced(random, 1 + random.Below(3));
      texts.push_back(random.Below(3) == 0 ? text + "." : text + addition);
    }
  }
  return texts;
}

TEST(DuplicateSearch, FindsTheGroupsThatComparingAllPairsFinds) {
  int64_t true_pairs = 0;
  int64_t missed = 0;
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE(seed);
    const std::vector<std::string> texts = MadeUpTexts(seed, 100);
    const Trial run;
    const std::vector<size_t> want = SlowComponents(texts, run);
    const Outcome got = Find(texts, run);
    ASSERT_EQ(got.findings.size(), texts.size());
    for (size_t i = 0; i < texts.size(); ++i) {
      for (size_t k = 0; k < i; ++k) {
        const bool together =
            got.findings[i].group >= 0 && got.findings[i].group == got.findings[k].group;
        const bool wanted = want[i] == want[k];
        EXPECT_FALSE(together && !wanted) << texts[i] << " | " << texts[k];
        true_pairs += wanted ? 1 : 0;
        missed += wanted && !together ? 1 : 0;
      }
    }
  }
  EXPECT_GT(true_pairs, 500);
  EXPECT_LE(missed, true_pairs / 50);
}

TEST(DuplicateSearch, TellsOfEveryPairWithItsExactLikeness) {
  const std::vector<std::string> texts = MadeUpTexts(7, 60);
  Trial run;
  run.wants_pairs = true;
  const Outcome got = Find(texts, run);
  EXPECT_FALSE(got.pairs.empty());
  for (const VerifiedPair& pair : got.pairs) {
    const std::string& left = texts[static_cast<size_t>(pair.left)];
    const std::string& right = texts[static_cast<size_t>(pair.right)];
    EXPECT_LT(pair.left, pair.right);
    EXPECT_DOUBLE_EQ(pair.likeness, SlowJaccard(left, right, run)) << left << " | " << right;
    EXPECT_GE(pair.likeness, run.options.threshold);
  }
}

TEST(DuplicateSearch, LikenessIsThatToTheLongestWhichComesFirst) {
  const std::vector<std::string> texts = MadeUpTexts(9, 100);
  const Trial run;
  const Outcome got = Find(texts, run);
  std::map<int64_t, int64_t> sizes;
  for (const DuplicateFinding& finding : got.findings) ++sizes[finding.group];
  for (const DuplicateFinding& finding : got.findings) {
    if (finding.group < 0) continue;
    EXPECT_EQ(finding.group_size, sizes[finding.group]);
    const DuplicateFinding& survivor = got.findings[static_cast<size_t>(finding.survivor)];
    EXPECT_EQ(survivor.group, finding.group);
    EXPECT_EQ(survivor.place, 0);
    EXPECT_DOUBLE_EQ(finding.likeness,
                     SlowJaccard(texts[static_cast<size_t>(finding.number)],
                                 texts[static_cast<size_t>(finding.survivor)], run));
  }
}

TEST(DuplicateSearch, ThreadsAndMemoryChangeNothing) {
  const std::vector<std::string> texts = MadeUpTexts(3, 250);
  const Outcome want = Find(texts, {.wants_pairs = true});
  for (const int threads : {1, 2}) {
    for (const int64_t memory : {int64_t{1} << 15, int64_t{1} << 17, int64_t{1} << 26}) {
      SCOPED_TRACE(threads * 1'000'000'000 + memory);
      Trial run{.threads = threads, .wants_pairs = true};
      run.options.memory_bytes = memory;
      const Outcome got = Find(texts, run);
      ASSERT_EQ(got.findings.size(), want.findings.size());
      for (size_t i = 0; i < texts.size(); ++i) {
        EXPECT_EQ(got.findings[i].group, want.findings[i].group);
        EXPECT_EQ(got.findings[i].place, want.findings[i].place);
        EXPECT_EQ(got.findings[i].likeness, want.findings[i].likeness);
      }
      ASSERT_EQ(got.pairs.size(), want.pairs.size());
      EXPECT_EQ(got.totals.candidates, want.totals.candidates);
    }
  }
}

TEST(DuplicateSearch, SurvivalGoesByLengthThenTimeThenIdThenPlace) {
  // One text but for spaces, which count in its length.
  const struct {
    const char* name;
    SurvivalKey key;
  } texts[] = {{"short, early", {.code_points = 9, .time_micros = 1}},
               {"long, no time", {.code_points = 10}},
               {"long, late", {.code_points = 10, .time_micros = 9}},
               {"long, early, id b", {.code_points = 10, .time_micros = 5, .id_high = 2}},
               {"long, early, id a", {.code_points = 10, .time_micros = 5, .id_high = 1}},
               {"the same again", {.code_points = 10, .time_micros = 5, .id_high = 1}}};
  const std::vector<int64_t> want = {5, 4, 3, 2, 0, 1};
  std::string folder = (std::filesystem::temp_directory_path() / "parley-XXXXXX").string();
  Check(mkdtemp(folder.data()) != nullptr, "no folder for a test");
  {
    const auto search = DuplicateSearch::Create({.near = false, .spill_folder = folder}).value();
    int64_t number = 0;
    for (const auto& [name, key] : texts) {
      const TextPrint print{.text = {1, 2}, .survival = key};
      const size_t end = 0;
      ASSERT_TRUE(search->AddKeys({&number, 1}, {&print, 1}, {}, {&end, 1}));
      ASSERT_TRUE(search->AddPrints({&print, 1}));
      ++number;
    }
    TextList source({});
    ASSERT_TRUE(search->Run(source));
    for (const int64_t place : want) {
      DuplicateFinding finding;
      ASSERT_TRUE(search->Next(finding).value());
      EXPECT_EQ(finding.place, place);
      EXPECT_EQ(finding.survivor, 4);
      EXPECT_TRUE(finding.exact);
    }
  }
  std::filesystem::remove_all(folder);
}

TEST(DuplicateSearch, AHundredThousandEqualTextsAreOneGroup) {
  const Outcome got = Find(std::vector<std::string>(100'000, "tell me a joke"), {.threads = 2});
  EXPECT_EQ(got.totals.groups, 1);
  EXPECT_EQ(got.findings.back().group_size, 100'000);
  EXPECT_EQ(got.totals.candidates, 0);
}

TEST(DuplicateSearch, LargeBucketsAreNotComparedWhole) {
  // All share the frame, and so many minima; none is alike.
  std::vector<std::string> texts;
  Random random(5);
  for (int i = 0; i < 3000; ++i) {
    texts.push_back("please write a story in which the following happens " + Sentence(random, 6) +
                    " " + std::to_string(i));
  }
  Trial run;
  run.options.threshold = 0.6;
  const Outcome got = Find(texts, run);
  EXPECT_GT(got.totals.large_buckets, 0);
  EXPECT_GT(got.totals.pairs_left_out, 0);
  EXPECT_LT(got.totals.candidates, 3000 * 20 * 17);
}

TEST(DuplicateSearch, OddTextsDoNotMeet) {
  const std::vector<std::string> texts = {"a",    "b", "c",      "你",     "好",  "😀", "😁",
                                          "😀😁", "",  " \n\t ", "\u3000", "...", "!!!"};
  const Outcome got = Find(texts, {});
  std::vector<int64_t> groups;
  for (const DuplicateFinding& finding : got.findings) groups.push_back(finding.group);
  EXPECT_EQ(groups, (std::vector<int64_t>{-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, -1, -1}));
}

TEST(ShorterShingles, AreThoseUnderWhichAShorterTextMayBeAlike) {
  // At 0.8 a text of 15 units, 14 shingles of two, is alike with at most 14 / 0.8 = 17.5 of them.
  const auto shorter = [](int64_t distinct, int64_t count) {
    std::vector<uint64_t> units;
    for (int64_t i = 0; i < count; ++i) units.push_back(static_cast<uint64_t>(i % distinct) + 1);
    return ShorterShingles({}, units, 0.8);
  };
  EXPECT_EQ(shorter(15, 15), std::vector<int>{});   // Nothing is shorter.
  EXPECT_EQ(shorter(18, 18), std::vector<int>{2});  // 17 shingles.
  EXPECT_EQ(shorter(19, 19), std::vector<int>{});   // 18.
  EXPECT_EQ(shorter(17, 60), std::vector<int>{2});  // 17 again and again.
  EXPECT_EQ(shorter(18, 60), std::vector<int>{});
  EXPECT_EQ(shorter(78, 78), std::vector<int>{3});  // 76 shingles, and 61 / 0.8 = 76.25.
  EXPECT_EQ(shorter(79, 79), std::vector<int>{});
  EXPECT_EQ(shorter(3, 5000), (std::vector<int>{2, 3}));
}

TEST(BandsFor, CatchAPairAtTheThreshold) {
  for (const double threshold : {0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0}) {
    const Bands bands = BandsFor(threshold);
    EXPECT_GE(1 - std::pow(1 - std::pow(threshold, bands.minima), bands.count), 0.99) << threshold;
  }
  // .8^6 = .262144, and .737856^16 = .0077 while .737856^15 = .0105.
  EXPECT_EQ(BandsFor(0.8).minima, 6);
  EXPECT_EQ(BandsFor(0.8).count, 16);
}

TEST(MinHasher, MinimaAgreeAsOftenAsTheSetsAreAlike) {
  const MinHasher hasher({.count = 16, .minima = 8});
  for (const int64_t shared : {0, 20, 50, 80, 100}) {
    SCOPED_TRACE(shared);
    Random random(static_cast<uint64_t>(shared) + 1);
    int64_t agreed = 0;
    constexpr int kTrials = 200;
    for (int trial = 0; trial < kTrials; ++trial) {
      std::vector<uint64_t> left;
      std::vector<uint64_t> right;
      for (int64_t i = 0; i < 100; ++i) {
        left.push_back(random.Next());
        right.push_back(i < shared ? left.back() : random.Next());
      }
      std::vector<uint32_t> a;
      std::vector<uint32_t> b;
      hasher.Sign(left, a);
      hasher.Sign(right, b);
      for (size_t i = 0; i < a.size(); ++i) agreed += a[i] == b[i] ? 1 : 0;
    }
    const double jaccard = static_cast<double>(shared) / static_cast<double>(200 - shared);
    EXPECT_NEAR(static_cast<double>(agreed) / (128 * kTrials), jaccard, 0.02);
  }
}

}  // namespace
}  // namespace parley
