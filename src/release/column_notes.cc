#include "release/column_notes.h"

#include <algorithm>
#include <array>

#include "parley/status.h"

namespace parley {
namespace {

struct Note {
  std::string_view column;
  std::string_view english;
  std::string_view chinese;
};

constexpr std::array<Note, 17> kNotes = {{
    {"conversation_id", "The conversation's id, unique in this dataset.",
     "对话编号，在本数据集中唯一。"},
    {"model", "The model that answered.", "作答的模型。"},
    {"conversation",
     "The messages in order, each with `content` and `role` (system, user, assistant or tool).",
     "按顺序排列的消息，每条有 `content`（内容）和 `role`（角色：system、user、assistant 或 "
     "tool）。"},
    {"turn", "Pairs of a user message and its reply.", "轮数：一条用户消息及其回复算一轮。"},
    {"language", "The name of the first user message's language, or `unknown`.",
     "第一条用户消息的语言名称（英文），无法判断时为 `unknown`。"},
    {"openai_moderation",
     "One entry a message with eleven categories, their scores, and whether it was flagged; null "
     "where nobody judged it.",
     "每条消息一项，含十一个类别、各类别分数以及是否被标记；没有经过审核时为空（null）。"},
    {"redacted", "Whether something was replaced by a tag, here or already in the source.",
     "是否有内容被替换成标签（在本次处理中或在来源中）。"},
    {"day", "The day of its newest event, UTC; null where the source tells no time.",
     "最后一次活动的日期（UTC）；来源没有时间时为空。"},
    {"user", "A keyed pseudonym of the user; null where the source names none.",
     "用户的带密钥假名；来源没有用户时为空。"},
    {"consent", "The version of the terms it was given under; null where not said.",
     "用户同意的条款版本；未说明时为空。"},
    {"message_languages",
     "One entry a message: `code` (ISO 639, `und` where not told) and `confidence`, 0 to 1.",
     "每条消息一项：`code`（ISO 639 代码，无法判断时为 `und`）和 `confidence`（0 到 1 "
     "的置信度）。"},
    {"message_tokens",
     "One entry a message: its tokens in the Llama 2 and cl100k_base vocabularies; null where not "
     "counted.",
     "每条消息一项：用 Llama 2 和 cl100k_base 词表计算的词元数；未计算时为空。"},
    {"redactions", "What was replaced: the `message` (from 0), the `type`, and how often.",
     "替换记录：`message`（消息序号，从 0 起）、`type`（类型）和 `count`（次数）。"},
    {"duplicate_group", "A number shared by conversations with the same text; null for the others.",
     "文本完全相同的对话共有的组号；其余为空。"},
    {"duplicate_group_size", "How many conversations share it; 1 for the others.",
     "该组的对话数；其余为 1。"},
    {"names_judged",
     "Whether every message is in a language in which the model of names was measured; null where "
     "names were not looked for.",
     "每条消息的语言是否都在人名模型评测过的范围内；没有识别人名时为空。"},
    {"moderation_notes",
     "One entry a message: `by` (source, embedded or endpoint; null where nobody judged it) and "
     "its "
     "`version`; `begin` and `end`, the bytes of the passage with the highest score; `screened`, "
     "whether the screen alone judged it; `reason`, why there are no tags; `other`, categories "
     "beside "
     "the eleven as JSON.",
     "每条消息一项：`by`（source、embedded 或 endpoint；没有审核时为空）及其 `version`（版本）；"
     "`begin` 和 `end` 为得分最高的片段的字节位置；`screened` 表示是否仅由预筛判断；`reason` "
     "为没有标签的原因；`other` 为十一类以外的类别（JSON）。"},
}};

}  // namespace

std::string_view ColumnNote(std::string_view column, Tongue tongue) {
  const auto found = std::ranges::find(kNotes, column, &Note::column);
  Check(found != kNotes.end(), "a column without a note");
  return tongue == Tongue::kChinese ? found->chinese : found->english;
}

}  // namespace parley
