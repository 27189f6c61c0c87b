#include "duplicates/duplicate_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstring>
#include <optional>
#include <tuple>

#include "duplicates/disjoint_sets.h"
#include "duplicates/text_keys.h"
#include "io/partitioned_runs.h"

namespace parley {
namespace {

constexpr size_t kPieceTexts = 1 << 16;  // Prints worked on at once.
constexpr size_t kWholeBucket = 32;      // Up to so many, all pairs of a bucket are compared.
constexpr size_t kRepresentatives = 16;  // In a larger one each is compared with so many,
constexpr size_t kNeighbours = 4;        // and with those next before it.
constexpr size_t kBatch = 1 << 14;       // Values handed to the runs at once.

struct TextEntry {
  Hash128 text;
  uint32_t number = 0;
  uint32_t unused = 0;
  uint64_t spread() const { return text.high; }
  bool operator<(const TextEntry& other) const {
    return std::tie(text, number) < std::tie(other.text, other.number);
  }
};

struct KeyEntry {
  uint32_t key_high = 0;
  uint32_t key_low = 0;
  uint32_t number = 0;
  uint64_t key() const { return uint64_t{key_high} << 32 | key_low; }
  uint64_t spread() const { return key(); }
  bool operator<(const KeyEntry& other) const {
    const uint64_t a = key();
    const uint64_t b = other.key();
    return a != b ? a < b : number < other.number;
  }
};

struct Pair {
  uint32_t later = 0;
  uint32_t earlier = 0;
  uint64_t spread() const { return later; }
  bool operator<(const Pair& other) const {
    return std::tie(later, earlier) < std::tie(other.later, other.earlier);
  }
};

struct PairRow {
  uint32_t left = 0;
  uint32_t right = 0;
  double likeness = 0;
  uint64_t spread() const { return left; }
  bool operator<(const PairRow& other) const {
    return std::tie(left, right) < std::tie(other.left, other.right);
  }
};

struct Member {
  Hash128 text;
  SurvivalKey survival;
  uint32_t root = 0;
  uint32_t number = 0;
  uint64_t spread() const { return root; }
  bool operator<(const Member& other) const {
    if (root != other.root) return root < other.root;
    if (survival.code_points != other.survival.code_points) {
      return survival.code_points > other.survival.code_points;
    }
    return std::tie(survival.time_micros, survival.id_high, survival.id_low, number) <
           std::tie(other.survival.time_micros, other.survival.id_high, other.survival.id_low,
                    other.number);
  }
};

struct FindingRow {
  uint32_t number = 0;
  uint32_t group = 0;
  uint32_t group_size = 0;
  uint32_t place = 0;
  uint32_t survivor = 0;
  uint32_t exact = 0;
  double likeness = 0;
  uint64_t spread() const { return number; }
  bool operator<(const FindingRow& other) const { return number < other.number; }
};

// Collects values for runs that threads share.
template <class T>
class Batch {
 public:
  explicit Batch(PartitionedRuns<T>& runs) : runs_(runs) { values_.reserve(kBatch); }
  Status Add(const T& value) {
    values_.push_back(value);
    return values_.size() < kBatch ? Status() : Flush();
  }
  Status Flush() {
    TRY(runs_.Add(values_));
    values_.clear();
    return {};
  }

 private:
  PartitionedRuns<T>& runs_;
  std::vector<T> values_;
};

// The texts' prints on disk, in order.
class PrintFile {
 public:
  explicit PrintFile(std::string path) : path_(std::move(path)) {}
  ~PrintFile() { (void)RemoveTree(path_); }

  Status Add(std::span<const TextPrint> prints) {
    if (!writer_) writer_ = TRY(OutputFile::Create(path_, OutputFile::Outlives::kProcess));
    count_ += std::ssize(prints);
    return writer_->Write(
        {reinterpret_cast<const char*>(prints.data()), prints.size() * sizeof(TextPrint)});
  }

  Status Finish() {
    if (!writer_) return {};
    TRY(writer_->Commit());
    reader_ = TRY(InputBytes::Open(path_));
    return {};
  }

  Status Read(int64_t begin, std::vector<TextPrint>& prints) const {
    prints.resize(static_cast<size_t>(std::min<int64_t>(kPieceTexts, count_ - begin)));
    const auto size = static_cast<int64_t>(prints.size() * sizeof(TextPrint));
    const int64_t got = TRY(reader_->ReadAt(begin * static_cast<int64_t>(sizeof(TextPrint)),
                                            reinterpret_cast<char*>(prints.data()), size));
    if (got != size) return Fail(Code::kIo, "ends early", {.file = path_});
    return {};
  }

  int64_t count() const { return count_; }

 private:
  std::string path_;
  std::unique_ptr<OutputFile> writer_;
  std::unique_ptr<InputBytes> reader_;
  int64_t count_ = 0;
};

// Shingle sets of texts, read again; the last ones are kept.
class SetReader {
 public:
  SetReader(const DuplicateSearch::Options& options, const TextSource& source)
      : options_(options),
        source_(source),
        units_(options.shingles.kind, options.normalisation),
        slots_(kSlots) {}

  /// The Jaccard similarity of two texts by the rule of the one with fewer units.
  Result<double> Likeness(uint32_t left, uint32_t right) {
    Entry& a = *TRY(Get(left, held_[0], SIZE_MAX));
    const size_t a_slot = SlotOf(left);
    Entry& b = *TRY(Get(right, held_[1], a_slot));
    const int length = ShingleUnits(options_.shingles, std::min(a.unit_count, b.unit_count));
    TRY(SetLength(a, length));
    TRY(SetLength(b, length));
    const auto smaller = static_cast<double>(std::min(a.set.size(), b.set.size()));
    const auto larger = static_cast<double>(std::max(a.set.size(), b.set.size()));
    if (!exact_below_ && smaller / larger < options_.threshold) return 0;
    return Jaccard(a.set, b.set);
  }

  /// Whether a likeness under the threshold has to be right too, and not only under it.
  void WantExactBelow() { exact_below_ = true; }

 private:
  static constexpr size_t kSlots = 1 << 14;
  static constexpr size_t kMaxKeptShingles = 256;
  struct Entry {
    int64_t number = -1;
    int64_t unit_count = 0;
    int length = 0;
    std::vector<uint64_t> set = {};
  };

  static size_t SlotOf(uint32_t number) { return number * 0x9E37'79B1U >> 18; }

  // From the slots, or read into its slot or, if that is taken by the other of the pair or the text
  // is too long to keep, into `spare`.
  Result<Entry*> Get(uint32_t number, Entry& spare, size_t other_slot) {
    if (spare.number == number) return &spare;
    Entry& slot = slots_[SlotOf(number)];
    if (slot.number == number) return &slot;
    units_.Clear();
    TRY(source_.Read(number, units_));
    const bool keeps = units_.hashes().size() <= kMaxKeptShingles && SlotOf(number) != other_slot;
    Entry& entry = keeps ? slot : spare;
    entry.number = number;
    entry.unit_count = std::ssize(units_.hashes());
    entry.length = ShingleUnits(options_.shingles, entry.unit_count);
    MakeShingleSet(units_.hashes(), entry.length, entry.set);
    return &entry;
  }

  Status SetLength(Entry& entry, int length) {
    if (entry.length == length) return {};
    units_.Clear();
    TRY(source_.Read(entry.number, units_));
    MakeShingleSet(units_.hashes(), length, entry.set);
    entry.length = length;
    return {};
  }

  const DuplicateSearch::Options& options_;
  const TextSource& source_;
  Units units_;
  std::vector<Entry> slots_;
  std::array<Entry, 2> held_;
  bool exact_below_ = false;
};

}  // namespace

void SetId(std::string_view id, SurvivalKey& key) {
  std::array<unsigned char, 16> bytes = {};
  std::memcpy(bytes.data(), id.data(), std::min(id.size(), bytes.size()));
  const auto number = [&](size_t begin) {
    uint64_t value = 0;
    for (size_t i = begin; i < begin + 8; ++i) value = value << 8 | bytes[i];
    return value;
  };
  key.id_high = number(0);
  key.id_low = number(8);
}

class DuplicateSearch::Impl {
 public:
  explicit Impl(Options options)
      : options_(std::move(options)),
        text_keys_(options_.shingles, options_.threshold),
        prints_(options_.spill_folder + "/prints") {
    texts_.emplace(Spill("texts"), options_.memory_bytes / 8);
    keys_.emplace(Spill("keys"), options_.memory_bytes / 2);
  }

  void AppendKeys(const Units& units, std::vector<uint64_t>& keys) const {
    if (options_.near) text_keys_.Append(units, keys);
  }

  Status AddKeys(std::span<const int64_t> numbers, std::span<const TextPrint> prints,
                 std::span<const uint64_t> keys, std::span<const size_t> ends) {
    Batch<TextEntry> texts(*texts_);
    Batch<KeyEntry> entries(*keys_);
    size_t begin = 0;
    for (size_t i = 0; i < numbers.size(); ++i) {
      const auto number = static_cast<uint32_t>(numbers[i]);
      if (prints[i].is_text) TRY(texts.Add({.text = prints[i].text, .number = number}));
      for (size_t k = begin; k < ends[i]; ++k) {
        TRY(entries.Add({.key_high = static_cast<uint32_t>(keys[k] >> 32),
                         .key_low = static_cast<uint32_t>(keys[k]),
                         .number = number}));
      }
      begin = ends[i];
    }
    TRY(texts.Flush());
    return entries.Flush();
  }

  Status AddPrints(std::span<const TextPrint> prints) {
    if (prints_.count() + std::ssize(prints) >= UINT32_MAX) {
      return Fail(Code::kTooLarge, "more than 4,294,967,294 texts at once");
    }
    return prints_.Add(prints);
  }

  Status Run(TextSource& source, const std::function<Status(const VerifiedPair&)>& pair) {
    TRY(prints_.Finish());
    totals_.texts = prints_.count();
    sets_.emplace(static_cast<uint32_t>(prints_.count()));
    TRY(UniteEqual());
    texts_.reset();
    if (options_.near) {
      TRY(FindCandidates());
      keys_.reset();
      TRY(source.Expect(candidate_bits_));
      if (options_.verify) TRY(Verify(source));
      pairs_.reset();
      if (pair) TRY(TellPairs(pair));
    }
    keys_.reset();
    TRY(CollectMembers());
    return RankMembers(source);
  }

  Result<bool> Next(DuplicateFinding& finding) {
    if (next_number_ == prints_.count()) return false;
    finding = {.number = next_number_, .survivor = next_number_};
    if (!row_) TRY(ReadRow());
    if (row_ && row_->number == next_number_) {
      finding.group = row_->group;
      finding.group_size = row_->group_size;
      finding.place = row_->place;
      finding.survivor = row_->survivor;
      finding.likeness = row_->likeness;
      finding.exact = row_->exact != 0;
      row_.reset();
    }
    ++next_number_;
    return true;
  }

  const Totals& totals() const { return totals_; }

 private:
  static constexpr size_t kParts = PartitionedRuns<Pair>::kParts;

  std::string Spill(std::string_view name) const {
    return fmt::format("{}/{}", options_.spill_folder, name);
  }

  Status ForAll(size_t count, const std::function<Status(size_t)>& work) const {
    if (options_.for_each) return options_.for_each(count, work);
    for (size_t i = 0; i < count; ++i) TRY(work(i));
    return {};
  }

  uint64_t LargestNumber() const { return static_cast<uint64_t>(prints_.count()); }

  Status UniteEqual() {
    std::atomic<int64_t> groups = 0;
    const auto work = [&](size_t part) -> Status {
      SortedRuns<TextEntry>& runs = texts_->part(part);
      TRY(runs.Finish());
      std::optional<TextEntry> first;
      bool counted = false;
      for (;;) {
        const std::optional<TextEntry> next = TRY(runs.Next());
        if (!next) break;
        if (!first || next->text != first->text) {
          first = next;
          counted = false;
          continue;
        }
        sets_->Unite(first->number, next->number);
        if (!std::exchange(counted, true)) ++groups;
      }
      texts_->Drop(part);
      return {};
    };
    TRY(ForAll(kParts, work));
    totals_.exact_groups = groups;
    return {};
  }

  Status FindCandidates() {
    candidate_bits_.assign(LargestNumber() / 64 + 1, 0);
    pairs_.emplace(Spill("pairs"), options_.memory_bytes / 4, LargestNumber());
    std::atomic<int64_t> large_buckets = 0;
    std::atomic<int64_t> left_out = 0;
    const auto work = [&](size_t part) -> Status {
      SortedRuns<KeyEntry>& runs = keys_->part(part);
      TRY(runs.Finish());
      Batch<Pair> pairs(*pairs_);
      std::vector<uint32_t> bucket;
      uint64_t key = 0;
      const auto end_bucket = [&]() -> Status {
        if (bucket.size() < 2) return {};
        bucket.erase(std::unique(bucket.begin(), bucket.end()), bucket.end());
        const int64_t skipped = TRY(AddPairs(bucket, pairs));
        if (skipped > 0) ++large_buckets;
        left_out += skipped;
        return {};
      };
      for (;;) {
        const std::optional<KeyEntry> next = TRY(runs.Next());
        if (!next || next->key() != key) {
          TRY(end_bucket());
          bucket.clear();
        }
        if (!next) break;
        key = next->key();
        bucket.push_back(next->number);
      }
      keys_->Drop(part);
      return pairs.Flush();
    };
    TRY(ForAll(kParts, work));
    totals_.large_buckets = large_buckets;
    totals_.pairs_left_out = left_out;
    return {};
  }

  // The pairs of a bucket that will be compared. Gives how many will not.
  Result<int64_t> AddPairs(std::vector<uint32_t>& bucket, Batch<Pair>& pairs) {
    if (!options_.verify) {
      for (size_t i = 1; i < bucket.size(); ++i) sets_->Unite(bucket[0], bucket[i]);
      return 0;
    }
    // Nothing else is united meanwhile, so a root is the first of equal texts.
    std::erase_if(bucket, [&](uint32_t number) { return sets_->Find(number) != number; });
    if (bucket.size() < 2) return 0;
    for (const uint32_t number : bucket) {
      std::atomic_ref(candidate_bits_[number / 64])
          .fetch_or(uint64_t{1} << number % 64, std::memory_order_relaxed);
    }
    const size_t count = bucket.size();
    const bool whole = count <= kWholeBucket;
    int64_t added = 0;
    for (size_t i = 1; i < count; ++i) {
      for (size_t k = 0; k < i; ++k) {
        if (!whole && k == kRepresentatives && i > kRepresentatives + kNeighbours) {
          k = i - kNeighbours;
        }
        TRY(pairs.Add({.later = bucket[i], .earlier = bucket[k]}));
        ++added;
      }
    }
    const auto all = static_cast<int64_t>(count) * static_cast<int64_t>(count - (count > 0)) / 2;
    return all - added;
  }

  Status Verify(const TextSource& source) {
    if (options_.wants_pairs) {
      pair_rows_.emplace(Spill("pair-rows"), options_.memory_bytes / 4, LargestNumber());
    }
    std::atomic<int64_t> candidates = 0;
    const auto work = [&](size_t part) -> Status {
      SortedRuns<Pair>& runs = pairs_->part(part);
      TRY(runs.Finish());
      SetReader reader(options_, source);
      std::optional<Batch<PairRow>> rows;
      if (pair_rows_) rows.emplace(*pair_rows_);
      Pair last;
      int64_t count = 0;
      for (;;) {
        const std::optional<Pair> next = TRY(runs.Next());
        if (!next) break;
        if (next->later == last.later && next->earlier == last.earlier) continue;
        last = *next;
        ++count;
        if (!rows && sets_->Find(next->later) == sets_->Find(next->earlier)) continue;
        const double likeness = TRY(reader.Likeness(next->later, next->earlier));
        if (likeness < options_.threshold) continue;
        sets_->Unite(next->later, next->earlier);
        if (rows) TRY(rows->Add({next->earlier, next->later, likeness}));
      }
      candidates += count;
      pairs_->Drop(part);
      return rows ? rows->Flush() : Status();
    };
    TRY(ForAll(kParts, work));
    totals_.candidates = candidates;
    return {};
  }

  Status TellPairs(const std::function<Status(const VerifiedPair&)>& pair) {
    if (!pair_rows_) return {};
    for (size_t part = 0; part < kParts; ++part) {
      SortedRuns<PairRow>& runs = pair_rows_->part(part);
      TRY(runs.Finish());
      for (;;) {
        const std::optional<PairRow> next = TRY(runs.Next());
        if (!next) break;
        TRY(pair({.left = next->left, .right = next->right, .likeness = next->likeness}));
      }
      pair_rows_->Drop(part);
    }
    pair_rows_.reset();
    return {};
  }

  // Marks the roots that others hang on, and collects the members of their sets.
  Status CollectMembers() {
    const auto count = static_cast<uint32_t>(prints_.count());
    group_bits_.assign(count / 64 + 1, 0);
    for (uint32_t i = 0; i < count; ++i) {
      const uint32_t root = sets_->Find(i);
      if (root != i) group_bits_[root / 64] |= uint64_t{1} << root % 64;
    }
    groups_before_.assign(group_bits_.size(), 0);
    for (size_t i = 1; i < group_bits_.size(); ++i) {
      groups_before_[i] =
          groups_before_[i - 1] + static_cast<uint32_t>(std::popcount(group_bits_[i - 1]));
    }
    totals_.groups = groups_before_.back() + std::popcount(group_bits_.back());
    members_.emplace(Spill("members"), options_.memory_bytes / 4, LargestNumber());
    std::atomic<int64_t> grouped = 0;
    const size_t pieces = (count + kPieceTexts - 1) / kPieceTexts;
    const auto work = [&](size_t piece) -> Status {
      std::vector<TextPrint> prints;
      const auto begin = static_cast<uint32_t>(piece * kPieceTexts);
      TRY(prints_.Read(begin, prints));
      Batch<Member> members(*members_);
      for (uint32_t i = 0; i < prints.size(); ++i) {
        const uint32_t root = sets_->Find(begin + i);
        if (!IsGroup(root)) continue;
        ++grouped;
        TRY(members.Add({.text = prints[i].text,
                         .survival = prints[i].survival,
                         .root = root,
                         .number = begin + i}));
      }
      return members.Flush();
    };
    TRY(ForAll(pieces, work));
    totals_.grouped_texts = grouped;
    return {};
  }

  bool IsGroup(uint32_t root) const { return (group_bits_[root / 64] >> root % 64 & 1) != 0; }

  // Numbers follow the order of the groups' first texts, and say nothing of a text.
  uint32_t GroupNumber(uint32_t root) const {
    const uint64_t before = group_bits_[root / 64] & ((uint64_t{1} << root % 64) - 1);
    return groups_before_[root / 64] + static_cast<uint32_t>(std::popcount(before));
  }

  Status RankMembers(const TextSource& source) {
    rows_.emplace(Spill("findings"), options_.memory_bytes / 4, LargestNumber());
    const auto work = [&](size_t part) -> Status {
      SortedRuns<Member>& runs = members_->part(part);
      TRY(runs.Finish());
      SetReader reader(options_, source);
      reader.WantExactBelow();
      Batch<FindingRow> rows(*rows_);
      std::vector<Member> group;
      for (;;) {
        const std::optional<Member> next = TRY(runs.Next());
        if (!group.empty() && (!next || next->root != group.front().root)) {
          TRY(RankGroup(group, reader, rows));
          group.clear();
        }
        if (!next) break;
        group.push_back(*next);
      }
      members_->Drop(part);
      return rows.Flush();
    };
    TRY(ForAll(kParts, work));
    members_.reset();
    return {};
  }

  // In the order of survival. Equal texts have one likeness, so it is worked out for the first.
  Status RankGroup(const std::vector<Member>& group, SetReader& reader, Batch<FindingRow>& rows) {
    const Member& survivor = group.front();
    std::vector<std::pair<Hash128, uint32_t>> texts;
    for (const Member& member : group) texts.emplace_back(member.text, member.number);
    std::ranges::sort(texts);
    texts.erase(std::unique(texts.begin(), texts.end(),
                            [](const auto& a, const auto& b) { return a.first == b.first; }),
                texts.end());
    const auto place_of = [&](const Hash128& text) {
      return std::ranges::lower_bound(texts, text, {}, &std::pair<Hash128, uint32_t>::first) -
             texts.begin();
    };
    const uint32_t reference = texts[static_cast<size_t>(place_of(survivor.text))].second;
    std::vector<double> likeness;
    for (const auto& [text, number] : texts) {
      likeness.push_back(number == reference ? 1 : TRY(reader.Likeness(reference, number)));
    }
    uint32_t place = 0;
    for (const Member& member : group) {
      TRY(rows.Add({.number = member.number,
                    .group = GroupNumber(member.root),
                    .group_size = static_cast<uint32_t>(group.size()),
                    .place = place++,
                    .survivor = survivor.number,
                    .exact = member.text == survivor.text ? 1U : 0U,
                    .likeness = likeness[static_cast<size_t>(place_of(member.text))]}));
    }
    return {};
  }

  Status ReadRow() {
    while (row_part_ < kParts) {
      SortedRuns<FindingRow>& runs = rows_->part(row_part_);
      if (!std::exchange(row_part_open_, true)) TRY(runs.Finish());
      row_ = TRY(runs.Next());
      if (row_) return {};
      rows_->Drop(row_part_++);
      row_part_open_ = false;
    }
    return {};
  }

  Options options_;
  TextKeys text_keys_;
  PrintFile prints_;
  std::optional<PartitionedRuns<TextEntry>> texts_;
  std::optional<PartitionedRuns<KeyEntry>> keys_;
  std::optional<PartitionedRuns<Pair>> pairs_;
  std::optional<PartitionedRuns<PairRow>> pair_rows_;
  std::optional<PartitionedRuns<Member>> members_;
  std::optional<PartitionedRuns<FindingRow>> rows_;
  std::optional<DisjointSets> sets_;
  std::vector<uint64_t> candidate_bits_;  // Bit i: text i has a candidate.
  std::vector<uint64_t> group_bits_;      // Bit i: text i is a root and not alone.
  std::vector<uint32_t> groups_before_;   // Groups whose root stands before these 64.
  Totals totals_;
  int64_t next_number_ = 0;
  std::optional<FindingRow> row_;
  size_t row_part_ = 0;
  bool row_part_open_ = false;
};

DuplicateSearch::DuplicateSearch(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DuplicateSearch::~DuplicateSearch() = default;

Result<std::unique_ptr<DuplicateSearch>> DuplicateSearch::Create(Options options) {
  if (!(options.threshold > 0 && options.threshold <= 1)) {  // Written so that NaN fails.
    return Invalid("the threshold is above 0 and 1 at most");
  }
  return std::unique_ptr<DuplicateSearch>(
      new DuplicateSearch(std::make_unique<Impl>(std::move(options))));
}

void DuplicateSearch::AppendKeys(const Units& units, std::vector<uint64_t>& keys) const {
  impl_->AppendKeys(units, keys);
}

Status DuplicateSearch::AddKeys(std::span<const int64_t> numbers, std::span<const TextPrint> prints,
                                std::span<const uint64_t> keys, std::span<const size_t> ends) {
  return impl_->AddKeys(numbers, prints, keys, ends);
}

Status DuplicateSearch::AddPrints(std::span<const TextPrint> prints) {
  return impl_->AddPrints(prints);
}

Status DuplicateSearch::Run(TextSource& source,
                            const std::function<Status(const VerifiedPair&)>& pair) {
  return impl_->Run(source, pair);
}

Result<bool> DuplicateSearch::Next(DuplicateFinding& finding) { return impl_->Next(finding); }

const DuplicateSearch::Totals& DuplicateSearch::totals() const { return impl_->totals(); }

}  // namespace parley
