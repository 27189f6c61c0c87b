#include "release/audit/estimate.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "release/audit/exact_interval.h"
#include "text/json.h"

namespace parley {
namespace {

// Different machines may differ in the last bits of a logarithm; nobody needs more than this.
double Rounded(double share) { return std::round(share * 10'000) / 10'000; }

// What is counted of a text: `part` of `whole`.
struct Pair {
  int64_t stratum = 0;
  double part = 0;
  double whole = 0;
};

struct StratumSum {
  double weight = 0;  // Texts of the release for each that was read.
  int64_t read = 0;
  double read_share = 0;
};

using StratumSums = std::map<int64_t, StratumSum>;

StratumSums SumStrata(std::span<const int64_t> stratum_texts, std::span<const JudgedText> judged) {
  StratumSums sums;
  for (const JudgedText& text : judged) ++sums[text.stratum].read;
  for (auto& [stratum, sum] : sums) {
    const auto texts = static_cast<double>(stratum_texts[static_cast<size_t>(stratum)]);
    sum.weight = texts / static_cast<double>(sum.read);
    sum.read_share = static_cast<double>(sum.read) / texts;
  }
  return sums;
}

// The variance of the ratio: of the residuals' weighted sum, stratum by stratum, over the square of
// the whole.
double VarianceOf(const std::vector<Pair>& pairs, const StratumSums& strata, double share,
                  double whole) {
  struct Moments {
    double sum = 0;
    double squares = 0;
  };
  std::map<int64_t, Moments> moments;
  for (const Pair& pair : pairs) {
    const double residual = pair.part - share * pair.whole;
    moments[pair.stratum].sum += residual;
    moments[pair.stratum].squares += residual * residual;
  }
  double variance = 0;
  for (const auto& [number, moment] : moments) {
    const StratumSum& stratum = strata.at(number);
    const auto read = static_cast<double>(stratum.read);
    const double spread = stratum.read == 1
                              ? moment.squares
                              : (moment.squares - moment.sum * moment.sum / read) / (read - 1);
    variance +=
        stratum.weight * stratum.weight * read * std::max(0.0, spread) * (1 - stratum.read_share);
  }
  return variance / (whole * whole);
}

double KishSize(const std::vector<Pair>& pairs, const StratumSums& strata) {
  double sum = 0;
  double squares = 0;
  for (const Pair& pair : pairs) {
    if (pair.whole == 0) continue;
    const double weight = strata.at(pair.stratum).weight;
    sum += weight;
    squares += weight * weight;
  }
  return sum * sum / squares;
}

std::optional<MeasuredShare> Measure(const std::vector<Pair>& pairs, const StratumSums& strata) {
  double part = 0;
  double whole = 0;
  double counted = 0;
  for (const Pair& pair : pairs) {
    const double weight = strata.at(pair.stratum).weight;
    part += weight * pair.part;
    whole += weight * pair.whole;
    counted += pair.whole;
  }
  if (whole == 0) return std::nullopt;
  const double share = part / whole;
  double size = KishSize(pairs, strata);
  if (part > 0 && part < whole) {
    const double variance = VarianceOf(pairs, strata, share, whole);
    size = variance > 0 ? std::min(counted, share * (1 - share) / variance) : counted;
  }
  const ShareInterval interval = ExactInterval(std::min(share * size, size), size);
  return MeasuredShare{Rounded(share), Rounded(interval.low), Rounded(interval.high)};
}

using CountOf = std::function<JudgedCounts(const JudgedText&)>;

AuditLine LineOf(const std::string& name, std::span<const JudgedText> judged,
                 const StratumSums& strata, const CountOf& count_of) {
  AuditLine line{.name = name};
  std::vector<Pair> recall;
  std::vector<Pair> precision;
  for (const JudgedText& text : judged) {
    const JudgedCounts counts = count_of(text);
    line.right += counts.right;
    line.wrong += counts.wrong;
    line.missed += counts.missed;
    const auto right = static_cast<double>(counts.right);
    recall.push_back({text.stratum, right, static_cast<double>(counts.right + counts.missed)});
    precision.push_back({text.stratum, right, static_cast<double>(counts.right + counts.wrong)});
  }
  line.recall = Measure(recall, strata);
  line.precision = Measure(precision, strata);
  return line;
}

JudgedCounts Total(const JudgedText& text) {
  JudgedCounts total;
  for (const auto& [type, counts] : text.by_type) {
    total.right += counts.right;
    total.wrong += counts.wrong;
    total.missed += counts.missed;
  }
  return total;
}

void WriteShare(const std::optional<MeasuredShare>& share, JsonWriter& json) {
  if (!share) {
    json.Null();
    return;
  }
  json.BeginObject().Key("share").Double(share->share);
  json.Key("low").Double(share->low).Key("high").Double(share->high).End();
}

void WriteLine(const AuditLine& line, JsonWriter& json) {
  json.BeginObject().Key("name").String(line.name).Key("right").Int(line.right);
  json.Key("wrong").Int(line.wrong).Key("missed").Int(line.missed).Key("recall");
  WriteShare(line.recall, json);
  json.Key("precision");
  WriteShare(line.precision, json);
  json.End();
}

void WriteLines(std::string_view key, const std::vector<AuditLine>& lines, JsonWriter& json) {
  json.Key(key).BeginArray();
  for (const AuditLine& line : lines) WriteLine(line, json);
  json.End();
}

}  // namespace

void EstimateShares(std::span<const int64_t> stratum_texts, std::span<const JudgedText> judged,
                    AuditEstimate& estimate) {
  const StratumSums strata = SumStrata(stratum_texts, judged);
  estimate.covered_texts = 0;
  for (const auto& [number, stratum] : strata) {
    estimate.covered_texts += stratum_texts[static_cast<size_t>(number)];
  }
  std::set<std::string> types;
  std::set<std::string> languages;
  for (const JudgedText& text : judged) {
    languages.insert(text.language);
    for (const auto& [type, counts] : text.by_type) types.insert(type);
  }
  estimate.all = LineOf("", judged, strata, Total);
  estimate.types.clear();
  for (const std::string& type : types) {
    estimate.types.push_back(LineOf(type, judged, strata, [&](const JudgedText& text) {
      const auto found = text.by_type.find(type);
      return found == text.by_type.end() ? JudgedCounts{} : found->second;
    }));
  }
  estimate.languages.clear();
  for (const std::string& language : languages) {
    estimate.languages.push_back(LineOf(language, judged, strata, [&](const JudgedText& text) {
      return text.language == language ? Total(text) : JudgedCounts{};
    }));
  }
}

std::string ToJson(const AuditEstimate& estimate) {
  JsonWriter json;
  json.BeginObject().Key("date").String(estimate.date).Key("sample").String(estimate.sample);
  json.Key("seed").String(std::to_string(estimate.seed));
  json.Key("drawn").Int(estimate.drawn).Key("read").Int(estimate.read);
  json.Key("texts").Int(estimate.texts).Key("covered_texts").Int(estimate.covered_texts);
  json.Key("interval")
      .String(
          "95 %: Clopper-Pearson on the effective sample size of the "
          "stratified ratio (Korn and Graubard 1998)");
  json.Key("all");
  WriteLine(estimate.all, json);
  WriteLines("types", estimate.types, json);
  WriteLines("languages", estimate.languages, json);
  json.End();
  return json.text();
}

}  // namespace parley
