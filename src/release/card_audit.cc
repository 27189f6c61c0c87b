#include "release/card_audit.h"

#include <fmt/format.h>

#include <vector>

#include "release/markdown.h"

namespace parley {
namespace {

constexpr std::string_view kUnknown = "–";

std::string Percent(double share) { return fmt::format("{:.1f}", share * 100); }

// "98.2 % (95.1 to 99.6)".
std::string Shown(const std::optional<MeasuredShare>& share, std::string_view to) {
  if (!share) return std::string(kUnknown);
  return fmt::format("{} % ({}{}{})", Percent(share->share), Percent(share->low), to,
                     Percent(share->high));
}

std::vector<std::string> Row(const AuditLine& line, std::string_view name, std::string_view to) {
  return {std::string(name),       WithCommas(line.right), WithCommas(line.wrong),
          WithCommas(line.missed), Shown(line.recall, to), Shown(line.precision, to)};
}

std::string Table(const AuditEstimate& estimate, const std::vector<std::string>& head,
                  std::string_view all, std::string_view to) {
  std::vector<std::vector<std::string>> rows = {Row(estimate.all, all, to)};
  for (const AuditLine& type : estimate.types) {
    rows.push_back(Row(type, fmt::format("`{}`", type.name), to));
  }
  for (const AuditLine& language : estimate.languages) {
    rows.push_back(Row(language, EscapeMarkdown(language.name), to));
  }
  return MarkdownTable(head, rows);
}

}  // namespace

std::string AuditSentence(const AuditEstimate& estimate) {
  return fmt::format(
      "People read {} of {} texts, drawn at random. By their verdicts {} of what is personal was "
      "replaced, and {} of the replacements stand for something personal (95 % intervals).",
      WithCommas(estimate.read), WithCommas(estimate.texts), Shown(estimate.all.recall, " to "),
      Shown(estimate.all.precision, " to "));
}

std::string EnglishAudit(const ReleaseFacts& facts) {
  const Statistics& counted = facts.statistics;
  std::string text;
  if (counted.searched_values > 0) {
    text += fmt::format(
        "\n**Searched again.** While it was written, the release was searched for {} replaced "
        "values of five letters or more, each within its own conversation. None stands there but "
        "{} that a rule of the recipe keeps.\n",
        WithCommas(counted.searched_values), WithCommas(counted.kept_values));
  }
  if (!facts.audit) return text;
  const AuditEstimate& audit = *facts.audit;
  text += "\n### Measured on this data\n\n" + AuditSentence(audit);
  text += fmt::format(
      " The sample has {} texts (seed {}), in strata of language, whether a tag stands in the "
      "text, "
      "and length; strata with {} of all texts were read. Counts are of the texts read, shares are "
      "estimates for the release.",
      WithCommas(audit.drawn), audit.seed, ShareOf(audit.covered_texts, audit.texts));
  if (!audit.date.empty())
    text += fmt::format(" The release is of {}.", EscapeMarkdown(audit.date));
  text +=
      "\n\n" +
      Table(audit, {"Of", "Rightly replaced", "Wrongly replaced", "Missed", "Recall", "Precision"},
            "everything", " to ");
  return text +
         "\nIntervals: 95 %, Clopper and Pearson (1934) on the effective size of the stratified "
         "sample (Korn and Graubard, 1998).\n";
}

std::string ChineseAudit(const ReleaseFacts& facts) {
  const Statistics& counted = facts.statistics;
  std::string text;
  if (counted.searched_values > 0) {
    text += fmt::format(
        "\n**再次搜索。**写出时，对 {} 个不少于五个字符的被替换值，在各自的对话中又搜索了一遍；"
        "除配方规则保留的 {} 处之外，均未再出现。\n",
        WithCommas(counted.searched_values), WithCommas(counted.kept_values));
  }
  if (!facts.audit) return text;
  const AuditEstimate& audit = *facts.audit;
  text += fmt::format(
      "\n### 在本数据上的测量\n\n从 {} 条文本中随机抽取 {} 条（种子 {}），人工阅读了 {} 条。"
      "按语言、有无标签和长度分层；读到的层覆盖全部文本的 {}。召回率 {}，精确率 {}（95 % 区间）。",
      WithCommas(audit.texts), WithCommas(audit.drawn), audit.seed, WithCommas(audit.read),
      ShareOf(audit.covered_texts, audit.texts), Shown(audit.all.recall, "–"),
      Shown(audit.all.precision, "–"));
  if (!audit.date.empty()) text += fmt::format("发布日期：{}。", EscapeMarkdown(audit.date));
  text += "\n\n" +
          Table(audit, {"对象", "替换正确", "替换错误", "遗漏", "召回率", "精确率"}, "全部", "–");
  return text +
         "\n区间：按分层样本的有效样本量（Korn 与 Graubard，1998）计算的 Clopper–Pearson "
         "区间（1934），95 %。\n";
}

}  // namespace parley
