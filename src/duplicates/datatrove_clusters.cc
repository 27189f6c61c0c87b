// Which text of a cluster survives is decided by the order of the unions: the root of the larger
// set stays one, of equal sets that of the earlier text. datatrove reads pairs bucket by bucket, in
// each in the order of the minima and then of the texts, and so do we.

#include "duplicates/datatrove_clusters.h"

#include <numeric>
#include <utility>

namespace parley {

bool DatatroveClusters::Row::operator<(const Row& other) const {
  if (bucket() != other.bucket()) return bucket() < other.bucket();
  if (minima != other.minima) return minima < other.minima;
  return number() < other.number();
}

DatatroveClusters::DatatroveClusters(std::string spill_path, int64_t budget_bytes)
    : rows_(std::move(spill_path), budget_bytes) {}

Status DatatroveClusters::Add(int64_t number, const DatatroveSignature& signature) {
  Check(number >= 0 && number < UINT32_MAX, "a number out of the clusters' range");
  for (uint64_t bucket = 0; bucket < kDatatroveBuckets; ++bucket) {
    Row row = {.bucket_and_number = bucket << 32 | static_cast<uint64_t>(number), .minima = {}};
    const auto begin = signature.begin() + static_cast<std::ptrdiff_t>(bucket * kDatatroveMinima);
    std::copy(begin, begin + kDatatroveMinima, row.minima.begin());
    TRY(rows_.Add(row));
  }
  return {};
}

Status DatatroveClusters::Finish(int64_t text_count) {
  const auto count = static_cast<size_t>(text_count);
  parents_.resize(count);
  std::iota(parents_.begin(), parents_.end(), 0U);
  sizes_.assign(count, 1);
  TRY(rows_.Finish());
  std::optional<Row> last;
  while (const std::optional<Row> row = TRY(rows_.Next())) {
    if (last && last->bucket() == row->bucket() && last->minima == row->minima) {
      Unite(last->number(), row->number());
    }
    last = row;
  }
  groups_.assign(count, UINT32_MAX);
  uint32_t group_count = 0;
  for (uint32_t number = 0; number < count; ++number) {
    const uint32_t root = Find(number);
    if (sizes_[root] > 1 && groups_[root] == UINT32_MAX) groups_[root] = group_count++;
  }
  return {};
}

DatatroveClusters::Place DatatroveClusters::PlaceOf(int64_t number) const {
  const uint32_t root = Find(static_cast<uint32_t>(number));
  if (sizes_[root] == 1) return {.survivor = number};
  return {.group = groups_[root], .size = sizes_[root], .survivor = root};
}

// Sets are shallow: the smaller goes below the larger, so at most 32 steps.
uint32_t DatatroveClusters::Find(uint32_t number) const {
  while (parents_[number] != number) number = parents_[number];
  return number;
}

void DatatroveClusters::Unite(uint32_t earlier, uint32_t later) {
  uint32_t root = Find(earlier);
  uint32_t other = Find(later);
  if (root == other) return;
  if (sizes_[root] < sizes_[other]) std::swap(root, other);
  parents_[other] = root;
  sizes_[root] += sizes_[other];
}

}  // namespace parley
