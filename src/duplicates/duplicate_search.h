// From the fingerprints of many texts to groups of duplicates.
//
// Equal texts come together by a sort of their hashes. Of each such group one text goes on: its
// keys (see MinHasher) are sorted too, texts with a key in common are candidates, and candidates
// are compared by the exact Jaccard similarity of their shingles, on texts read again. What is
// alike is united; a group is a connected component. Every sort is cut into parts for the threads
// and spills to disk; what stays in memory is 4 bytes and a bit for each text.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "duplicates/shingles.h"
#include "duplicates/units.h"
#include "io/file.h"
#include "parley/status.h"

namespace parley {

/// What decides which of a group survives: the longest, then the earliest, then the smallest id,
/// then the first.
struct SurvivalKey {
  int64_t code_points = 0;
  int64_t time_micros = INT64_MAX;  ///< INT64_MAX where it is not known: later than any.
  uint64_t id_high = 0;             ///< The id in an order of its own; see `IdOrder`.
  uint64_t id_low = 0;
};

/// The first 16 bytes of an id as a number, so that ids can be put in order without keeping them.
void SetId(std::string_view id, SurvivalKey& key);

/// What is known of a text after its one reading.
struct TextPrint {
  Hash128 text;  ///< Equal texts have equal ones; none has 0.
  SurvivalKey survival;
  bool is_text = true;  ///< Else it only has a number: it is in no group.
};

/// What became of one text.
struct DuplicateFinding {
  int64_t number = 0;
  int64_t group = -1;  ///< From 0, in the order of the groups' first texts; -1: it is alone.
  int64_t group_size = 1;
  int64_t place = 0;     ///< In the order of survival; 0 is the survivor.
  int64_t survivor = 0;  ///< Its number.
  double likeness = 1;   ///< Jaccard similarity to the survivor.
  bool exact = true;     ///< The normalised text is the survivor's.
};

struct VerifiedPair {
  int64_t left = 0;  ///< The smaller number.
  int64_t right = 0;
  double likeness = 0;
};

/// Reads texts again. Thread-safe.
class TextSource {
 public:
  virtual ~TextSource() = default;

  /// Told once, before the first `Read`, which texts may be read: bit i % 64 of `bits[i / 64]` is
  /// set for those with a candidate.
  virtual Status Expect(std::span<const uint64_t> bits) {
    (void)bits;
    return {};
  }

  /// Adds the text with this number to `units`, which is clear, just as it was added when its print
  /// was made.
  virtual Status Read(int64_t number, Units& units) const = 0;
};

class DuplicateSearch {
 public:
  /// Runs `work` for 0 to `count` - 1, on threads or not.
  using ForEach = std::function<Status(size_t count, const std::function<Status(size_t)>& work)>;

  struct Options {
    double threshold = 0.8;
    ShingleRule shingles = {};
    Normalisation normalisation = {};
    bool near = true;          ///< Off: exact duplicates alone.
    bool verify = true;        ///< Off: candidates are taken for duplicates.
    bool wants_pairs = false;  ///< Compare all candidates, also of what is in one group already.
    int64_t memory_bytes = 1 << 30;
    std::string spill_folder = {};  ///< There already; files in it go with the object.
    ForEach for_each = {};          ///< Empty: on the calling thread.
  };

  struct Totals {
    int64_t texts = 0;
    int64_t exact_groups = 0;  ///< Groups of equal texts.
    int64_t groups = 0;        ///< Of exact and near duplicates together.
    int64_t grouped_texts = 0;
    int64_t candidates = 0;      ///< Pairs with a key in common, each counted once.
    int64_t large_buckets = 0;   ///< Too large to compare whole,
    int64_t pairs_left_out = 0;  ///< and the pairs in them that were not compared.
  };

  static Result<std::unique_ptr<DuplicateSearch>> Create(Options options);
  ~DuplicateSearch();

  /// Keys of a text by which the search will find it: what `Add` wants.
  void AppendKeys(const Units& units, std::vector<uint64_t>& keys) const;

  /// One text's keys behind the other, `ends[i]` where those of the i-th stop. Numbers and prints
  /// are of the same texts. Thread-safe; any order.
  Status AddKeys(std::span<const int64_t> numbers, std::span<const TextPrint> prints,
                 std::span<const uint64_t> keys, std::span<const size_t> ends);

  /// The prints of all texts in the order of their numbers, from 0. Not thread-safe, but may run
  /// beside `AddKeys`.
  Status AddPrints(std::span<const TextPrint> prints);

  /// Finds the groups. Once, after all texts. `pair`, if given, is told of every verified pair in
  /// order.
  Status Run(TextSource& source, const std::function<Status(const VerifiedPair&)>& pair = {});

  /// After `Run`: the findings in the order of their numbers, then none.
  Result<bool> Next(DuplicateFinding& finding);

  const Totals& totals() const;

 private:
  class Impl;
  explicit DuplicateSearch(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley
