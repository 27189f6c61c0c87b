// Looks for very many texts at once: every user of a ledger, every line of an opt-out list.
//
// A table of the first eight bytes of each needle answers "nothing begins here" for nearly every
// place with one look; only the others are compared. ASCII letters match in either case.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace parley {

class NeedleSet {
 public:
  /// Adds `text`, called `name` in findings. One shorter than `min_bytes` is not sought: it would
  /// stand in any text by chance. Returns whether it will be.
  bool Add(std::string_view text, std::string name, int64_t min_bytes);

  /// To be called once, after the last `Add`.
  void Prepare();

  /// The indices of the needles that stand in `text`, each once, in no particular order but always
  /// the same. Thread-safe. `scratch` is overwritten; keep it to save allocations.
  std::vector<int64_t> FindIn(std::string_view text, std::string& scratch) const;

  const std::string& NameOf(int64_t needle) const {
    return needles_[static_cast<size_t>(needle)].name;
  }
  int64_t size() const { return static_cast<int64_t>(needles_.size()); }

 private:
  struct Needle {
    std::string text;  // Lower case.
    std::string name;
  };

  std::vector<Needle> needles_;
  std::vector<int64_t> short_;  // Under eight bytes.
  std::unordered_map<uint64_t, std::vector<int64_t>> by_head_;
  std::vector<uint64_t> filter_;  // A bit for each hash of a head.
};

}  // namespace parley
