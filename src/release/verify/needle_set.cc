#include "release/verify/needle_set.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace parley {
namespace {

constexpr size_t kHeadBytes = 8;
constexpr int kFilterBits = 22;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

uint64_t HeadOf(const char* text) {
  uint64_t head = 0;
  std::memcpy(&head, text, kHeadBytes);
  return head;
}

uint64_t SlotOf(uint64_t head) { return (head * 0x9E3779B97F4A7C15U) >> (64 - kFilterBits); }

}  // namespace

bool NeedleSet::Add(std::string_view text, std::string name, int64_t min_bytes) {
  if (text.empty() || static_cast<int64_t>(text.size()) < min_bytes) return false;
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), Lower);
  needles_.push_back({std::move(lower), std::move(name)});
  return true;
}

void NeedleSet::Prepare() {
  filter_.assign((size_t{1} << kFilterBits) / 64, 0);
  for (size_t i = 0; i < needles_.size(); ++i) {
    if (needles_[i].text.size() < kHeadBytes) {
      short_.push_back(static_cast<int64_t>(i));
      continue;
    }
    const uint64_t head = HeadOf(needles_[i].text.data());
    by_head_[head].push_back(static_cast<int64_t>(i));
    filter_[SlotOf(head) / 64] |= uint64_t{1} << (SlotOf(head) % 64);
  }
}

std::vector<int64_t> NeedleSet::FindIn(std::string_view text, std::string& scratch) const {
  std::vector<int64_t> found;
  if (needles_.empty()) return found;
  scratch.resize(text.size());
  std::ranges::transform(text, scratch.begin(), Lower);
  const std::string_view lower = scratch;
  for (const int64_t needle : short_) {
    if (lower.find(needles_[static_cast<size_t>(needle)].text) != std::string_view::npos) {
      found.push_back(needle);
    }
  }
  for (size_t at = 0; !by_head_.empty() && at + kHeadBytes <= lower.size(); ++at) {
    const uint64_t head = HeadOf(lower.data() + at);
    const uint64_t slot = SlotOf(head);
    if ((filter_[slot / 64] >> (slot % 64) & 1) == 0) continue;
    const auto heads = by_head_.find(head);
    if (heads == by_head_.end()) continue;
    for (const int64_t needle : heads->second) {
      if (lower.substr(at).starts_with(needles_[static_cast<size_t>(needle)].text)) {
        found.push_back(needle);
      }
    }
  }
  std::ranges::sort(found);
  found.erase(std::ranges::unique(found).begin(), found.end());
  return found;
}

}  // namespace parley
