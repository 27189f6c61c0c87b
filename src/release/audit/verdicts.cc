#include "release/audit/verdicts.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "text/json.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr int64_t kForm = 1;

bool IsType(std::string_view type) {
  return !type.empty() && type.size() <= 16 &&
         std::ranges::all_of(type, [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
}

bool IsBorder(std::string_view text, int64_t at) {
  const auto size = static_cast<int64_t>(text.size());
  return at >= 0 && at <= size &&
         (at == size || !IsContinuationByte(text[static_cast<size_t>(at)]));
}

class Reader {
 public:
  Reader(const AuditSample& sample, const std::string& name) : name_(name) {
    for (const AuditText& text : sample.texts) texts_[text.id] = &text;
  }

  Result<AuditVerdict> Read(JsonElement from) const {
    JsonObject object;
    if (from.get(object) != simdjson::SUCCESS) return Wrong("a verdict is no object");
    AuditVerdict verdict{.text = std::string(StringAt(object, "text"))};
    const auto text = texts_.find(verdict.text);
    if (text == texts_.end()) return Wrong("a verdict is on a text that is not in the sample");
    TRY(ReadFalseTags(object, *text->second, verdict));
    TRY(ReadMissed(object, *text->second, verdict));
    return verdict;
  }

  std::unexpected<Error> Wrong(std::string message) const {
    return Invalid(std::move(message), {.file = name_});
  }

 private:
  Status ReadFalseTags(JsonObject object, const AuditText& text, AuditVerdict& verdict) const {
    JsonArray list;
    if (object["false_tags"].get(list) != simdjson::SUCCESS) return {};
    std::set<int64_t> tags;
    for (const JsonElement element : list) {
      int64_t tag = -1;
      if (element.get(tag) != simdjson::SUCCESS || tag < 0 ||
          tag >= static_cast<int64_t>(text.tags.size())) {
        return Wrong("a verdict names a tag that its text does not have");
      }
      tags.insert(tag);
    }
    verdict.false_tags.assign(tags.begin(), tags.end());
    return {};
  }

  Status ReadMissed(JsonObject object, const AuditText& text, AuditVerdict& verdict) const {
    JsonArray list;
    if (object["missed"].get(list) != simdjson::SUCCESS) return {};
    for (const JsonElement element : list) {
      AuditMiss miss;
      std::string_view type;
      if (element["begin"].get(miss.begin) != simdjson::SUCCESS ||
          element["end"].get(miss.end) != simdjson::SUCCESS ||
          element["type"].get(type) != simdjson::SUCCESS || !IsType(type) ||
          miss.begin >= miss.end || !IsBorder(text.text, miss.begin) ||
          !IsBorder(text.text, miss.end)) {
        return Wrong("a verdict marks what is no stretch of its text");
      }
      miss.type = type;
      verdict.missed.push_back(std::move(miss));
    }
    std::ranges::sort(verdict.missed, {}, &AuditMiss::begin);
    return {};
  }

  std::string name_;
  std::map<std::string, const AuditText*, std::less<>> texts_;
};

JudgedText Judge(const AuditText& text, const AuditVerdict& verdict) {
  JudgedText judged{.stratum = text.stratum, .language = text.language};
  for (size_t i = 0; i < text.tags.size(); ++i) {
    const bool wrong = std::ranges::binary_search(verdict.false_tags, static_cast<int64_t>(i));
    JudgedCounts& counts = judged.by_type[text.tags[i].type];
    ++(wrong ? counts.wrong : counts.right);
  }
  int64_t reached = 0;
  for (const AuditMiss& miss : verdict.missed) {
    if (miss.begin >= reached) ++judged.by_type[miss.type].missed;
    reached = std::max(reached, miss.end);
  }
  return judged;
}

}  // namespace

Result<Verdicts> ReadVerdicts(std::string_view json, const AuditSample& sample,
                              const std::string& name) {
  const Reader reader(sample, name);
  JsonParser parser;
  const auto root = parser.Parse(json);
  JsonObject object;
  JsonArray list;
  int64_t form = 0;
  if (!root || root->get(object) != simdjson::SUCCESS ||
      object["form"].get(form) != simdjson::SUCCESS || form != kForm ||
      object["verdicts"].get(list) != simdjson::SUCCESS) {
    return reader.Wrong("holds no verdicts of this program's form");
  }
  if (StringAt(object, "sample") != sample.name) {
    return reader.Wrong(
        "holds verdicts on another sample; draw that one again with its --sample and --seed");
  }
  Verdicts verdicts;
  for (const JsonElement element : list) {
    AuditVerdict verdict = TRY(reader.Read(element));
    verdicts[verdict.text] = std::move(verdict);
  }
  return verdicts;
}

std::string ToJson(const Verdicts& verdicts, const std::string& sample_name) {
  JsonWriter json(1);
  json.BeginObject().Key("form").Int(kForm).Key("sample").String(sample_name);
  json.Key("verdicts").BeginArray();
  for (const auto& [id, verdict] : verdicts) {
    json.BeginObject().Key("text").String(id).Key("false_tags").BeginArray();
    for (const int64_t tag : verdict.false_tags) json.Int(tag);
    json.End().Key("missed").BeginArray();
    for (const AuditMiss& miss : verdict.missed) {
      json.BeginObject().Key("begin").Int(miss.begin).Key("end").Int(miss.end);
      json.Key("type").String(miss.type).End();
    }
    json.End().End();
  }
  json.End().End();
  return json.text() + "\n";
}

AuditEstimate EstimateFrom(const AuditSample& sample, const Verdicts& verdicts) {
  AuditEstimate estimate{.sample = sample.name,
                         .seed = sample.seed,
                         .drawn = static_cast<int64_t>(sample.texts.size())};
  std::vector<int64_t> stratum_texts;
  for (const AuditStratum& stratum : sample.strata) {
    stratum_texts.push_back(stratum.texts);
    estimate.texts += stratum.texts;
  }
  std::vector<JudgedText> judged;
  for (const AuditText& text : sample.texts) {
    const auto verdict = verdicts.find(text.id);
    if (verdict != verdicts.end()) judged.push_back(Judge(text, verdict->second));
  }
  estimate.read = static_cast<int64_t>(judged.size());
  EstimateShares(stratum_texts, judged, estimate);
  return estimate;
}

}  // namespace parley
