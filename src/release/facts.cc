#include "release/facts.h"

namespace parley {

std::vector<std::string> MissingFields(const CardInfo& card) {
  std::vector<std::string> missing;
  const auto look = [&](const char* key, const std::string& value) {
    if (value.empty()) missing.emplace_back(key);
  };
  look("name", card.name);
  look("version", card.version);
  look("licence", card.licence);
  look("licence_text", card.licence_text);
  look("contact", card.contact);
  look("url", card.url);
  look("creator", card.creator);
  look("citation", card.citation);
  look("date", card.date);
  look("description", card.description);
  return missing;
}

std::string NameOf(const ReleaseFacts& facts) {
  return facts.card.name.empty() ? "conversations" : facts.card.name;
}

std::string DateOf(const ReleaseFacts& facts) {
  if (!facts.card.date.empty()) return facts.card.date;
  return facts.statistics.days.empty() ? "" : facts.statistics.days.rbegin()->first;
}

int64_t SizeBytesOf(const std::vector<ShardInfo>& shards) {
  int64_t sum = 0;
  for (const ShardInfo& shard : shards) sum += shard.size_bytes;
  return sum;
}

int64_t NumBytesOf(const std::vector<ShardInfo>& shards) {
  int64_t sum = 0;
  for (const ShardInfo& shard : shards) sum += shard.num_bytes;
  return sum;
}

}  // namespace parley
