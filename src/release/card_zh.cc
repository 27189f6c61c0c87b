// The Chinese card. The English one (card.cc) has the same sections in the same order: change both.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "release/card.h"
#include "release/card_audit.h"
#include "release/column_notes.h"
#include "release/markdown.h"
#include "stages/redact/pii_types.h"

namespace parley {
namespace {

constexpr size_t kLongestTable = 25;

std::string Head(const ReleaseFacts& facts) {
  std::string text = fmt::format("# {}\n\n", EscapeMarkdown(NameOf(facts)));
  if (!facts.card.description.empty()) text += facts.card.description + "\n\n";
  text += fmt::format(
      "本数据集收录了人们与 {1} 个语言模型之间的 {0} 段对话，由 Parley{2} 整理成可发布的形式。"
      "[English version of this card](README.md)。图表请打开 `report/index.html`。\n",
      WithCommas(facts.statistics.conversations), facts.statistics.models.size(),
      facts.program_version.empty() ? "" : " " + facts.program_version);
  return text;
}

std::string Missing(const CardInfo& card) {
  const std::vector<std::string> missing = MissingFields(card);
  if (missing.empty()) return "";
  return fmt::format(
      "\n> **本数据集的维护者没有说明以下各项：**{}。生成本卡的程序不知道这些内容，也没有用任何"
      "内容代替。\n",
      fmt::join(missing, "、"));
}

std::vector<std::string> TokenRow(const char* tokenizer, const TokenCounts& prompt,
                                  const TokenCounts& response) {
  const auto average = [](const TokenCounts& counts) {
    return counts.messages == 0 ? std::string("未计算") : AverageOf(counts.tokens, counts.messages);
  };
  return {fmt::format("每条提问 / 回复的平均词元数（{}）", tokenizer),
          average(prompt) + " / " + average(response)};
}

std::string CountTable(const char* what, const CountByName& counts, int64_t whole) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, count] : Largest(counts, kLongestTable)) {
    rows.push_back({name.empty() ? "（未说明）" : EscapeMarkdown(name), WithCommas(count),
                    ShareOf(count, whole)});
  }
  std::string table = MarkdownTable({what, "对话数", "占比"}, rows);
  if (counts.size() > kLongestTable) {
    table += fmt::format("\n共 {} 项，此处列出最多的 {} 项，其余见报告。\n", counts.size(),
                         kLongestTable);
  }
  return table;
}

std::string BasicStatistics(const ReleaseFacts& facts) {
  const Statistics& counted = facts.statistics;
  std::string text = "\n## 基本统计\n\n";
  text += MarkdownTable(
      {"", "数值"},
      {{"对话", WithCommas(counted.conversations)},
       {"模型", WithCommas(static_cast<int64_t>(counted.models.size()))},
       {"用户", counted.users == 0 ? "未知" : WithCommas(counted.users)},
       {"语言",
        WithCommas(static_cast<int64_t>(counted.languages.size() -
                                        counted.languages.count(std::string_view("unknown"))))},
       {"消息", WithCommas(counted.messages)},
       {"每段对话的平均轮数", AverageOf(counted.TurnCount(), counted.conversations)},
       TokenRow("Llama 2", counted.prompt_llama2, counted.response_llama2),
       TokenRow("cl100k_base", counted.prompt_cl100k, counted.response_cl100k)});
  text +=
      "\n一条用户消息及其回复为一轮。“提问”指用户消息，“回复”指助手消息；词元数按发布的文本计算。"
      "\n";
  text += "\n### 模型\n\n" + CountTable("模型", counted.models, counted.conversations);
  text += "\n### 语言\n\n" + CountTable("语言", counted.languages, counted.conversations);
  text +=
      "\n一段对话的语言取其第一条用户消息的语言；无法判断时（代码、标记或文本过短）为 "
      "`unknown`。\n";
  return text;
}

std::string Columns(const ReleaseFacts& facts) {
  std::vector<std::vector<std::string>> rows;
  for (const Column& column : SchemaOf(facts.profile)) {
    rows.push_back(
        {"`" + column.name + "`", std::string(ColumnNote(column.name, Tongue::kChinese))});
  }
  return fmt::format("\n## 字段\n\n字段方案 `{}`，划分 `train`，共 {} 个 Parquet 文件。\n\n{}",
                     NameOf(facts.profile), facts.shards.size(),
                     MarkdownTable({"字段", "内容"}, rows));
}

std::string Collection(const ReleaseFacts& facts) {
  const Statistics& counted = facts.statistics;
  int64_t bytes = 0;
  for (const SourceInput& input : facts.inputs) bytes += input.size_bytes;
  std::string text = fmt::format(
      "\n## 数据来源\n\n输入文件 {} 个，共 {} 字节，含 {} "
      "个条目（对话、对话的各次快照，以及不含对话的记录或文件）。",
      WithCommas(static_cast<int64_t>(facts.inputs.size())), WithCommas(bytes),
      WithCommas(counted.InputCount()));
  text += facts.card.description.empty()
              ? "维护者没有说明服务在哪里运行、由谁使用、用户同意了怎样的条款。\n"
              : "数据的出处见本卡开头，为维护者的原话。\n";
  if (!counted.days.empty() && !counted.days.rbegin()->first.empty()) {
    const auto first = counted.days.upper_bound(std::string_view());
    text += fmt::format("\n保留下来的对话的日期从 {} 到 {}。\n", first->first,
                        counted.days.rbegin()->first);
  }
  return text;
}

std::string Selected(const ReleaseFacts& facts) {
  if (facts.release_name.empty()) return "";
  std::string text = fmt::format(
      "\n## 收录哪些对话\n\n同一次运行从同样的日志做出了 {} 个发布版：{}。本版为 "
      "`{}`。同一对话在各版中的 "
      "`conversation_id` 相同。\n\n",
      facts.release_names.size(), fmt::join(facts.release_names, "、"), facts.release_name);
  const std::vector<std::string> rules = InWords(facts.selection, Tongue::kChinese);
  if (rules.empty()) return text + "凡保留的对话全部收录。\n";
  text += "在保留的对话中，只收录同时符合下列各条的：\n\n";
  for (const std::string& rule : rules) text += fmt::format("- {}\n", rule);
  return text + "\n未收录的对话在下文以 `release.…` 计数。\n";
}

std::string OutcomeName(const std::string& outcome) {
  if (outcome == "kept") return "保留（kept）";
  if (outcome == "merged") return "并入另一条（merged）";
  if (outcome == "dropped") return "剔除（dropped）";
  if (outcome == "bad") return "无法读取（bad）";
  return EscapeMarkdown(outcome);
}

std::string Cleaning(const ReleaseFacts& facts) {
  const Statistics& counted = facts.statistics;
  std::string text =
      "\n## "
      "清洗过程\n\n每个条目都有交代：或保留，或并入另一条（同一对话的早先快照），或因某个原因剔除，"
      "或无法读取。\n\n";
  std::vector<std::vector<std::string>> rows;
  for (const auto& [outcome, count] : counted.outcomes) {
    rows.push_back({OutcomeName(outcome), WithCommas(count), ShareOf(count, counted.InputCount())});
  }
  text += MarkdownTable({"结果", "条目数", "占比"}, rows);
  if (!counted.drops.empty()) {
    rows.clear();
    for (const auto& [reason, count] : Largest(counted.drops, counted.drops.size())) {
      rows.push_back({"`" + reason + "`", WithCommas(count)});
    }
    text += "\n" + MarkdownTable({"规则与原因", "条目数"}, rows);
  }
  if (!facts.stages.empty()) {
    text += "\n启用的规则（说明为英文）：\n\n";
    for (const StageUsed& stage : facts.stages) {
      text += fmt::format("- `{}`：{}\n", stage.name, EscapeMarkdown(stage.summary));
    }
  }
  text +=
      fmt::format("\n保留的对话中，有 {} 段含无效的 UTF-8，已作替换（共 {} 处）。\n",
                  WithCommas(counted.repaired_conversations), WithCommas(counted.repaired_utf8));
  int64_t in_groups = 0;
  for (const auto& [size, count] : counted.duplicate_rows) in_groups += count;
  text += fmt::format("\n保留的对话中，有 {} 段（{}）与另一段文本完全相同{}。\n",
                      WithCommas(in_groups), ShareOf(in_groups, counted.conversations),
                      facts.profile == Profile::kExtended ? "，见字段 `duplicate_group`" : "");
  return text;
}

std::string NamesReplaced(const ReleaseFacts& facts) {
  if (!facts.names_redacted) return "";
  std::string text =
      "人名由模型识别，替换成 `NAME_1`、`NAME_2`：全名、部分或变化形式，同一人同一编号。";
  if (facts.private_names_only) text += "公众人物和虚构人物的名字原样保留。";
  return text + "以人名命名的事物保留其名称。";
}

std::string NamesLeft(const ReleaseFacts& facts) {
  if (!facts.redaction_enabled || !facts.names_redacted) {
    return "- **人名既没有识别，也没有替换。**凡是写了自己或他人姓名的，姓名仍在文中。\n";
  }
  const Statistics& counted = facts.statistics;
  std::string text = fmt::format(
      "- **模型会漏掉一些人名**：罕见的名字、昵称、小写的名字、本身是普通词的名字。评测过的语言："
      "{}。其他语言中找到的人名也会替换，但遗漏多少无人知道：有 {} "
      "段对话（{}）含有这类语言的消息",
      facts.name_languages.empty() ? "无"
                                   : fmt::format("{}", fmt::join(facts.name_languages, "、")),
      WithCommas(counted.unjudged_conversations),
      ShareOf(counted.unjudged_conversations, counted.conversations));
  if (facts.profile == Profile::kExtended) text += "，见 `names_judged` 列";
  text += "。\n";
  if (counted.unjudged_languages.empty()) return text;
  std::string list;
  for (const auto& [code, count] : Largest(counted.unjudged_languages, kLongestTable)) {
    list += fmt::format("{}{}（{}）", list.empty() ? "" : "、", EscapeMarkdown(code),
                        WithCommas(count));
  }
  return text + fmt::format("  这类消息按语言：{}。\n", list);
}

std::string TypesLeft(const ReleaseFacts& facts) {
  std::vector<std::string> left;
  for (const std::string_view type : kPiiTypes) {
    if (!facts.redaction_enabled ||
        std::ranges::find(facts.redaction_types, type) == facts.redaction_types.end()) {
      left.emplace_back(type);
    }
  }
  return left.empty() ? "" : fmt::format("- 未识别的类型：{}。\n", fmt::join(left, "、"));
}

std::string RedactionOn(const ReleaseFacts& facts) {
  const Statistics& counted = facts.statistics;
  std::string text = fmt::format(
      "以下类型由模式匹配找出，并替换成 `EMAIL_1` "
      "之类的标签：{}。{}同一段对话中，相同的值总是得到相同的标签；不同对话之间的标签无法相互对应。"
      "含有标签的对话共 {} 段（{}），包括来源中已有的标签。\n",
      facts.redaction_types.empty() ? "无"
                                    : fmt::format("{}", fmt::join(facts.redaction_types, "、")),
      NamesReplaced(facts), WithCommas(counted.redacted_conversations),
      ShareOf(counted.redacted_conversations, counted.conversations));
  if (counted.redactions.empty()) return text;
  std::vector<std::vector<std::string>> rows;
  for (const auto& [type, count] : counted.redactions) {
    const auto in = counted.redacted_by_type.find(type);
    rows.push_back({EscapeMarkdown(type), WithCommas(count),
                    WithCommas(in == counted.redacted_by_type.end() ? 0 : in->second)});
  }
  return text + "\n" + MarkdownTable({"类型", "替换次数", "涉及对话"}, rows);
}

std::string Redaction(const ReleaseFacts& facts) {
  std::string text = "\n## 个人信息\n\n";
  text +=
      facts.redaction_enabled
          ? RedactionOn(facts)
          : "**没有做任何脱敏。**本次发布关闭了脱敏：电子邮件地址、电话号码以及其他一切个人信息，"
            "都原样保留在文本里。\n";
  text +=
      "\n**以下内容没有处理，文本里会有：**\n\n" + NamesLeft(facts) + TypesLeft(facts) +
      "- 能从描述推知某人的内容（工作单位、疾病、小地方等），均未识别。\n"
      "- 拼错的、加了空格的，或用文字写出的信息（如“jane at example dot org”），模式匹配会遗漏。\n";
  if (facts.profile == Profile::kExtended) {
    text +=
        "\n`user` "
        "是带密钥的散列值：同一个人始终对应同一个值；没有密钥就无法推知是谁，而密钥不在发布"
        "内容之内。\n";
  }
  return text;
}

std::string FlaggedTable(const char* what, const CountByName& flagged, const CountByName& judged) {
  if (judged.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, count] : Largest(judged, kLongestTable)) {
    const auto found = flagged.find(name);
    const int64_t with = found == flagged.end() ? 0 : found->second;
    rows.push_back({name.empty() ? "（未说明）" : EscapeMarkdown(name), WithCommas(count),
                    WithCommas(with), ShareOf(with, count)});
  }
  return "\n" + MarkdownTable({what, "已审核消息", "被标记", "占比"}, rows);
}

std::string WhoJudged(const Statistics& counted) {
  std::string list;
  for (const auto& [by, count] : counted.moderated_by) {
    list += fmt::format("- {} 条消息：{}。\n", WithCommas(count),
                        by == "source" ? "沿用来源的标签" : "本次由 `" + by + "` 判断");
  }
  for (const auto& [reason, count] : counted.not_moderated) {
    list += fmt::format("- {} 条消息没有标签（{}），这并不表示它们无害。\n", WithCommas(count),
                        EscapeMarkdown(reason));
  }
  return list;
}

std::string JailbreakTable(const Statistics& counted) {
  if (counted.jailbreak_attempts.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  for (const auto& [model, attempts] : Largest(counted.jailbreak_attempts, kLongestTable)) {
    const auto found = counted.jailbreak_successes.find(model);
    const int64_t successes = found == counted.jailbreak_successes.end() ? 0 : found->second;
    rows.push_back({model.empty() ? "（未说明）" : EscapeMarkdown(model), WithCommas(attempts),
                    WithCommas(successes), ShareOf(successes, attempts)});
  }
  return "\n### 越狱尝试\n\n按 LMSYS-Chat-1M "
         "论文的定义：用户消息被标记的对话算一次尝试；若其中有回复也被标记，则算成功。"
         "标签遗漏的不计在内。\n\n" +
         MarkdownTable({"模型", "尝试", "成功", "占比"}, rows);
}

std::string ModerationSection(const ReleaseFacts& facts) {
  const Statistics& counted = facts.statistics;
  std::string text = "\n## 内容审核\n\n";
  if (counted.moderated_conversations == 0) {
    return text +
           "没有任何消息带有审核标签：来源没有标签，本次处理也没有审核，因此每一行的 "
           "`openai_moderation` 都为空（null），没有编造任何标签。\n";
  }
  text += fmt::format(
      "有 {} 段对话（{}）的 `openai_moderation` 有标签。在 {} 条有标签的消息中，{} "
      "条被标记（{}）。\n\n{}\n"
      "标签是程序对文字的判断：十一个 0 到 1 的分数，每类一个是或否，只要有一类为是，`flagged` "
      "即为真。它说的是文字的内容，而不是作者的意图，更不是对作者的评价。两种错误都会有：被标记的可"
      "能"
      "只是新闻报道，未被标记的也可能不堪入目。任何分数都不是证据，`sexual/minors` "
      "尤其如此：内置模型的这一分数由性内容分数和年龄词合成。\n",
      WithCommas(counted.moderated_conversations),
      ShareOf(counted.moderated_conversations, counted.conversations),
      WithCommas(counted.moderated_messages), WithCommas(counted.flagged_messages),
      ShareOf(counted.flagged_messages, counted.moderated_messages), WhoJudged(counted));
  if (counted.screened_messages > 0) {
    text += fmt::format(
        "\n其中 {} 条消息的所有片段都被快速预筛放过，采用预筛给出的低分；模型没有阅读它们。\n",
        WithCommas(counted.screened_messages));
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& [category, count] : counted.flagged_by_category) {
    rows.push_back(
        {EscapeMarkdown(category), WithCommas(count), ShareOf(count, counted.moderated_messages)});
  }
  if (!rows.empty()) text += "\n" + MarkdownTable({"类别", "消息数", "占比"}, rows);
  text += FlaggedTable("角色", counted.flagged_by_role, counted.moderated_by_role);
  text += FlaggedTable("模型", counted.flagged_by_model, counted.moderated_by_model);
  text += FlaggedTable("语言", counted.flagged_by_language, counted.moderated_by_language);
  return text + JailbreakTable(counted);
}

std::string NamesMeasured(const ReleaseFacts& facts) {
  if (!facts.names_redacted || facts.name_figures.empty()) return "";
  return "\n人名模型在未参与训练的文本上评测过，这些文本都不属于本数据集（`chat-…` "
         "是真实对话，`heldout-…` 是专门撰写的消息，其余为公开数据集）。"
         "某个词若会被标签取代，即算找到；若姓名中有一个词留下，该文本即算有遗漏。\n\n" +
         MarkdownTable({"数据集", "语言", "人名数", "找到的词", "有遗漏的文本"},
                       NameFigureRows(facts.name_figures));
}

std::string Limits(const ReleaseFacts& facts) {
  const Statistics& counted = facts.statistics;
  int64_t tagged = 0;
  for (const auto& [code, count] : counted.message_languages) tagged += count;
  const auto und = counted.message_languages.find("und");
  std::string text =
      "\n## 已知局限\n\n"
      "- 这里的用户只是某一时期某一服务的用户，不代表其他人；技术问题、测试和玩笑会偏多。\n"
      "- 文本可能冒犯、失实，或意在诱骗模型。回复出自模型，并非事实。\n"
      "- 模型名称沿用来源的记录。\n"
      "- 只有完全相同的对话才算重复；近似重复既未标出，也未剔除。\n";
  const int64_t not_told = und == counted.message_languages.end() ? 0 : und->second;
  if (not_told == tagged) {
    text += "- 没有判断语言：`language` 为 `unknown`，或沿用来源的标注。\n";
  } else {
    text += fmt::format("- 语言由程序判断。{1} 条消息中有 {0} 条（{2}）无法判断。\n",
                        WithCommas(not_told), WithCommas(tagged), ShareOf(not_told, tagged));
  }
  if (!facts.audit) text += "- 没有在本数据上测量过脱敏的错误率。\n";
  return text + NamesMeasured(facts);
}

std::string Uses(const ReleaseFacts& facts) {
  std::string text =
      "\n## "
      "用途\n\n适合：研究人们怎样使用语言模型；开发和测试内容审核；在许可证允许的范围内评测和训练"
      "模型。\n\n不适合：查找某人的身份，给个人画像，或把回复当作事实。\n\n```python\nfrom "
      "datasets "
      "import load_dataset\n\ndataset = load_dataset(\".\")  # 本文件所在的文件夹\n```\n";
  text += "\n## 许可证与协议\n\n";
  text += facts.card.licence.empty() ? "维护者没有指明许可证。\n"
                                     : fmt::format("{}\n", EscapeMarkdown(facts.card.licence));
  if (!facts.card.licence_text.empty()) text += "\n全文见 `LICENSE`。\n";
  return text + "\n申请访问者同意以下内容（以原文为准）：\n\n" +
         CodeBlock(GatePrompt(facts.card), "text");
}

std::string Contact(const ReleaseFacts& facts) {
  const CardInfo& card = facts.card;
  std::string text = "\n## 撤回\n\n";
  text += card.contact.empty()
              ? "维护者没有给出撤回对话的联系方式。\n"
              : fmt::format("希望撤回自己对话的人，请联系 {}。\n", EscapeMarkdown(card.contact));
  text += "\n## 引用\n\n";
  text += card.citation.empty() ? "维护者没有给出引用格式。\n" : CodeBlock(card.citation);
  text +=
      "\n## 如何重新生成\n\n`manifest.json` "
      "载有每个文件、每个输入和每个模型的散列值，以及完整的配方。"
      "`croissant.json` 是供机器读取的字段描述。\n";
  const auto say = [&](const char* what, const std::string& value) {
    if (!value.empty()) text += fmt::format("\n{}：{}\n", what, EscapeMarkdown(value));
  };
  say("版本", card.version);
  say("日期", DateOf(facts));
  say("制作者", card.creator);
  if (!card.url.empty()) text += fmt::format("\n网址：{}\n", MarkdownLink(card.url));
  return text;
}

}  // namespace

std::string ChineseCard(const ReleaseFacts& facts) {
  return Head(facts) + Missing(facts.card) + BasicStatistics(facts) + Columns(facts) +
         Collection(facts) + Selected(facts) + Cleaning(facts) + Redaction(facts) +
         ChineseAudit(facts) + ModerationSection(facts) + Limits(facts) + Uses(facts) +
         Contact(facts);
}

}  // namespace parley
