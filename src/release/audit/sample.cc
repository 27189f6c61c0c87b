// One pass counts the strata and keeps of each the texts with the lowest hashes, which is as good
// as a draw and depends on no order; a second pass fetches the texts that were drawn.

#include "release/audit/sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "base/hash.h"
#include "formats/parquet_table.h"
#include "io/digest.h"
#include "release/audit/hints.h"
#include "stages/redact/tags.h"
#include "text/json.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr int64_t kForm = 1;
constexpr std::string_view kOther;         // Languages that are not frequent.
constexpr int64_t kTextsPerLanguage = 12;  // Of the sample: more languages become "other".

int LengthClass(int64_t code_points) { return code_points < 200 ? 0 : code_points < 2000 ? 1 : 2; }

// A text and its place, by a hash of its id.
struct Pick {
  uint64_t hash = 0;
  int64_t shard = 0;
  int64_t group = 0;
  int64_t row_in_group = 0;
  int64_t message = 0;
  auto operator<=>(const Pick&) const = default;
};

// The texts of a stratum: how many, and the `most` lowest hashes.
class Pool {
 public:
  void Add(const Pick& pick, size_t most) {
    ++count_;
    if (picks_.size() == most && !(pick < *picks_.rbegin())) return;
    picks_.insert(pick);
    if (picks_.size() > most) picks_.erase(std::prev(picks_.end()));
  }
  void Take(const Pool& other, size_t most) {
    const int64_t both = count_ + other.count_;
    for (const Pick& pick : other.picks_) Add(pick, most);
    count_ = both;
  }
  int64_t count() const { return count_; }
  const std::set<Pick>& picks() const { return picks_; }

 private:
  int64_t count_ = 0;
  std::set<Pick> picks_;
};

using StratumKey = std::tuple<std::string, bool, int>;
using Pools = std::map<StratumKey, Pool>;

std::string IdOf(std::string_view conversation, int64_t message) {
  return fmt::format("{}#{}", conversation, message);
}

std::string PathOf(const std::string& folder, const ShardInfo& shard) {
  return folder + "/data/" + shard.name;
}

const std::vector<std::string>& Columns() {
  static const std::vector<std::string> columns = {"conversation_id", "language", "conversation"};
  return columns;
}

// Calls `visit(table, block, group)` for each row group of a shard.
template <class Visit>
Status ForEachBlock(const std::string& path, const Visit& visit) {
  const auto table = TRY(ParquetTable::Open(path));
  for (int64_t group = 0; group < table->row_groups(); ++group) {
    const TableBlock block = TRY(table->Read(group, Columns()));
    visit(*table, block, group);
  }
  return {};
}

Result<Pools> Gather(const std::string& folder, const Manifest& manifest, int64_t size,
                     uint64_t seed) {
  Pools pools;
  for (size_t shard = 0; shard < manifest.shards.size(); ++shard) {
    const auto gather = [&](const ParquetTable&, const TableBlock& block, int64_t group) {
      for (int64_t row = 0; row < block.rows(); ++row) {
        const TableValue messages = block.At(2, row);
        for (int64_t message = 0; message < messages.size(); ++message) {
          const std::string_view text = messages.Element(message).Field(0).StringOrEmpty();
          if (text.empty()) continue;
          const StratumKey key{block.At(1, row).StringOrEmpty(), !FindTags(text).empty(),
                               LengthClass(CountCodePoints(text))};
          const uint64_t hash = HashOf(IdOf(block.At(0, row).StringOrEmpty(), message), seed);
          pools[key].Add({hash, static_cast<int64_t>(shard), group, row, message},
                         static_cast<size_t>(size));
        }
      }
    };
    TRY(ForEachBlock(PathOf(folder, manifest.shards[shard]), gather));
  }
  return pools;
}

// Strata of languages that are too rare to be seen by themselves become those of the rest.
Pools Lumped(const Pools& pools, int64_t size) {
  std::map<std::string, int64_t> by_language;
  for (const auto& [key, pool] : pools) by_language[std::get<0>(key)] += pool.count();
  std::vector<std::pair<int64_t, std::string>> frequent;
  for (const auto& [language, count] : by_language) frequent.emplace_back(-count, language);
  std::ranges::sort(frequent);
  const auto room = static_cast<size_t>(std::max<int64_t>(1, size / kTextsPerLanguage));
  if (frequent.size() > room) frequent.resize(room);
  std::set<std::string> named;
  for (const auto& [count, language] : frequent) named.insert(language);
  Pools lumped;
  for (const auto& [key, pool] : pools) {
    auto [language, tagged, length] = key;
    if (!named.contains(language)) language = kOther;
    lumped[{language, tagged, length}].Take(pool, static_cast<size_t>(size));
  }
  return lumped;
}

// A drawn text, and when it is to be read: its place within its stratum, as a share of it.
struct Drawn {
  double when = 0;
  Pick pick = {};
  int64_t stratum = 0;
};

std::vector<Drawn> Draw(const Pools& pools, int64_t size, std::vector<AuditStratum>& strata) {
  std::vector<int64_t> counts;
  for (const auto& [key, pool] : pools) {
    const auto& [language, tagged, length] = key;
    strata.push_back({language, tagged, length, pool.count()});
    counts.push_back(pool.count());
  }
  const std::vector<int64_t> shares = Allocate(counts, size);
  std::vector<Drawn> drawn;
  int64_t stratum = 0;
  for (const auto& [key, pool] : pools) {
    const int64_t share = shares[static_cast<size_t>(stratum)];
    int64_t taken = 0;
    for (const Pick& pick : pool.picks()) {
      if (taken == share) break;
      drawn.push_back(
          {(static_cast<double>(taken) + 0.5) / static_cast<double>(share), pick, stratum});
      ++taken;
    }
    ++stratum;
  }
  std::ranges::sort(drawn, {}, [](const Drawn& one) { return std::tuple(one.when, one.pick); });
  return drawn;
}

AuditText TextAt(const TableBlock& block, const Drawn& drawn, int64_t rows_before) {
  const Pick& pick = drawn.pick;
  const TableValue message = block.At(2, pick.row_in_group).Element(pick.message);
  AuditText text{.id = IdOf(block.At(0, pick.row_in_group).StringOrEmpty(), pick.message),
                 .stratum = drawn.stratum,
                 .shard = pick.shard,
                 .row = rows_before + pick.row_in_group,
                 .message = pick.message,
                 .role = std::string(message.Field(1).StringOrEmpty()),
                 .language = std::string(block.At(1, pick.row_in_group).StringOrEmpty()),
                 .text = std::string(message.Field(0).StringOrEmpty())};
  for (const StandingTag& tag : FindTags(text.text)) {
    text.tags.push_back({.begin = tag.begin, .end = tag.end, .type = tag.type});
  }
  return text;
}

Result<std::vector<AuditText>> Fetch(const std::string& folder, const Manifest& manifest,
                                     const std::vector<Drawn>& drawn) {
  std::map<std::pair<int64_t, int64_t>, std::vector<size_t>> by_group;
  for (size_t i = 0; i < drawn.size(); ++i) {
    by_group[{drawn[i].pick.shard, drawn[i].pick.group}].push_back(i);
  }
  std::vector<AuditText> texts(drawn.size());
  for (const auto& [place, indices] : by_group) {
    const auto& [shard, group] = place;
    const std::string path = PathOf(folder, manifest.shards[static_cast<size_t>(shard)]);
    const auto table = TRY(ParquetTable::Open(path));
    int64_t rows_before = 0;
    for (int64_t i = 0; i < group; ++i) rows_before += table->rows_in(i);
    const TableBlock block = TRY(table->Read(group, Columns()));
    for (const size_t i : indices) texts[i] = TextAt(block, drawn[i], rows_before);
  }
  return texts;
}

void WriteText(const AuditText& text, JsonWriter& json) {
  json.BeginObject().Key("id").String(text.id).Key("stratum").Int(text.stratum);
  json.Key("shard").Int(text.shard).Key("row").Int(text.row).Key("message").Int(text.message);
  json.Key("role").String(text.role).Key("language").String(text.language);
  json.Key("text").String(text.text).Key("tags").BeginArray();
  for (const AuditTag& tag : text.tags) {
    json.BeginObject().Key("begin").Int(tag.begin).Key("end").Int(tag.end);
    json.Key("type").String(tag.type).Key("original").String(tag.original).End();
  }
  json.End().Key("hints").BeginArray();
  for (const AuditSpan& hint : text.hints) json.BeginArray().Int(hint.begin).Int(hint.end).End();
  json.End().End();
}

int64_t IntAt(JsonElement object, std::string_view key) {
  int64_t value = 0;
  return object[key].get(value) == simdjson::SUCCESS ? value : 0;
}

std::string TextAt(JsonElement object, std::string_view key) {
  std::string_view value;
  return object[key].get(value) == simdjson::SUCCESS ? std::string(value) : "";
}

JsonArray ArrayAt(JsonElement object, std::string_view key) {
  JsonArray array;
  return object[key].get(array) == simdjson::SUCCESS ? array : JsonArray();
}

AuditText ReadText(JsonElement from) {
  AuditText text{.id = TextAt(from, "id"),
                 .stratum = IntAt(from, "stratum"),
                 .shard = IntAt(from, "shard"),
                 .row = IntAt(from, "row"),
                 .message = IntAt(from, "message"),
                 .role = TextAt(from, "role"),
                 .language = TextAt(from, "language"),
                 .text = TextAt(from, "text")};
  JsonArray list;
  if (from["tags"].get(list) == simdjson::SUCCESS) {
    for (const JsonElement tag : list) {
      text.tags.push_back(
          {IntAt(tag, "begin"), IntAt(tag, "end"), TextAt(tag, "type"), TextAt(tag, "original")});
    }
  }
  if (from["hints"].get(list) == simdjson::SUCCESS) {
    for (const JsonElement hint : list) {
      AuditSpan span;
      if (hint.at(0).get(span.begin) == simdjson::SUCCESS &&
          hint.at(1).get(span.end) == simdjson::SUCCESS) {
        text.hints.push_back(span);
      }
    }
  }
  return text;
}

}  // namespace

std::vector<int64_t> Allocate(const std::vector<int64_t>& counts, int64_t size) {
  std::vector<int64_t> shares(counts.size(), 0);
  std::vector<size_t> order(counts.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, std::greater(), [&](size_t i) { return counts[i]; });
  int64_t left = std::min(size, std::accumulate(counts.begin(), counts.end(), int64_t{0}));
  for (const size_t i : order) {
    if (left == 0 || counts[i] == 0) break;
    shares[i] = 1;
    --left;
  }
  // The next text goes where a share of the square root is furthest behind.
  const auto claim = [&](size_t i) {
    return shares[i] >= counts[i]
               ? 0.0
               : std::sqrt(static_cast<double>(counts[i])) / static_cast<double>(shares[i] + 1);
  };
  for (; left > 0; --left) ++shares[*std::ranges::max_element(order, {}, claim)];
  return shares;
}

std::string SampleName(const Manifest& manifest, int64_t size, uint64_t seed) {
  Sha256 digest;
  digest.Add(fmt::format("parley audit\n{}\n{}\n", size, seed));
  for (const ReleaseFile& file : manifest.files) {
    if (file.path.starts_with("data/")) digest.Add(file.sha256 + "\n");
  }
  return digest.Hex().substr(0, 32);
}

Result<AuditSample> DrawSample(const std::string& folder, const Manifest& manifest, int64_t size,
                               uint64_t seed) {
  if (size < 1 || size > 100'000) return Invalid("a sample has 1 to 100,000 texts");
  AuditSample sample{.name = SampleName(manifest, size, seed), .size = size, .seed = seed};
  const Pools pools = Lumped(TRY(Gather(folder, manifest, size, seed)), size);
  const std::vector<Drawn> drawn = Draw(pools, size, sample.strata);
  sample.texts = TRY(Fetch(folder, manifest, drawn));
  AddHints(sample.texts);
  return sample;
}

std::string ToJson(const AuditSample& sample) {
  JsonWriter json(1);
  json.BeginObject().Key("form").Int(kForm).Key("name").String(sample.name);
  json.Key("size").Int(sample.size).Key("seed").String(std::to_string(sample.seed));
  json.Key("strata").BeginArray();
  for (const AuditStratum& stratum : sample.strata) {
    json.BeginObject().Key("language").String(stratum.language);
    json.Key("tagged").Bool(stratum.tagged).Key("length").Int(stratum.length);
    json.Key("texts").Int(stratum.texts).End();
  }
  json.End().Key("texts").BeginArray();
  for (const AuditText& text : sample.texts) WriteText(text, json);
  json.End().End();
  return json.text() + "\n";
}

Result<AuditSample> SampleFromJson(std::string_view json) {
  JsonParser parser;
  const JsonElement root = TRY(parser.Parse(json));
  if (IntAt(root, "form") != kForm) return Invalid("is no sample of this program's form");
  AuditSample sample{.name = TextAt(root, "name"), .size = IntAt(root, "size")};
  sample.seed = std::strtoull(TextAt(root, "seed").c_str(), nullptr, 10);
  for (const JsonElement from : ArrayAt(root, "strata")) {
    bool tagged = false;
    if (from["tagged"].get(tagged) != simdjson::SUCCESS) return Invalid("a stratum is cut");
    sample.strata.push_back({TextAt(from, "language"), tagged,
                             static_cast<int>(IntAt(from, "length")), IntAt(from, "texts")});
  }
  for (const JsonElement from : ArrayAt(root, "texts")) {
    sample.texts.push_back(ReadText(from));
    const auto strata = static_cast<int64_t>(sample.strata.size());
    if (sample.texts.back().stratum < 0 || sample.texts.back().stratum >= strata) {
      return Invalid("a text is of no stratum");
    }
  }
  return sample;
}

}  // namespace parley
