#include "release/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>

#include "release/markdown.h"

namespace parley {
namespace {

constexpr std::array<std::string_view, 4> kRoles = {"system", "user", "assistant", "tool"};

Status OneOf(const char* key, std::string_view value,
             std::initializer_list<std::string_view> words) {
  if (std::ranges::find(words, value) != words.end()) return {};
  std::string list;
  for (const std::string_view word : words)
    list += fmt::format("{}{}", list.empty() ? "" : ", ", word);
  return Invalid(fmt::format("{}: \"{}\" is none of {}", key, value, list));
}

template <class Words>
Status AllOf(const char* key, const std::vector<std::string>& values, const Words& words) {
  for (const std::string& value : values) {
    if (std::ranges::find(words, value) == words.end()) {
      return Invalid(fmt::format("{}: there is no \"{}\"", key, value));
    }
  }
  return {};
}

bool Holds(const std::vector<std::string>& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

// Whether a list of what is wanted, and one of what is not, let `word` pass.
bool Passes(const std::vector<std::string>& wanted, const std::vector<std::string>& unwanted,
            std::string_view word) {
  return (wanted.empty() || Holds(wanted, word)) && !Holds(unwanted, word);
}

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string ListOf(const std::vector<std::string>& words, Tongue tongue) {
  std::string list;
  for (const std::string& word : words) {
    if (!list.empty()) list += tongue == Tongue::kEnglish ? ", " : "、";
    list += EscapeMarkdown(word);
  }
  return list;
}

}  // namespace

Result<Selection> Selection::Create(SelectionOptions options) {
  TRY(OneOf("flagged", options.flagged, {"any", "none", "only"}));
  TRY(AllOf("flagged_categories", options.flagged_categories, kModerationCategories));
  TRY(OneOf("duplicates", options.duplicates, {"all", "first"}));
  TRY(OneOf("redacted", options.redacted, {"any", "none", "only"}));
  TRY(AllOf("roles", options.roles, kRoles));
  if (options.max_turns > 0 && options.max_turns < options.min_turns) {
    return Invalid("max_turns is under min_turns: nothing would be released");
  }
  if (options.flagged == "any" && !options.flagged_categories.empty()) {
    return Invalid("flagged_categories is set, but would do nothing: flagged is \"any\"");
  }
  if (options.flagged != "none" && options.unjudged) {
    return Invalid("unjudged is set, but would do nothing: flagged is not \"none\"");
  }
  return Selection(std::move(options));
}

bool Selection::Flagged(const Moderation& moderation) const {
  if (options_.flagged_categories.empty()) return moderation.flagged;
  for (size_t i = 0; i < kModerationCategories.size(); ++i) {
    if (moderation.categories[i] && Holds(options_.flagged_categories, kModerationCategories[i])) {
      return true;
    }
  }
  return false;
}

std::string_view Selection::ByModeration(const ReleaseRow& row) const {
  bool flagged = false;
  bool judged = true;
  const auto& messages = row.conversation->messages();
  for (size_t i = 0; i < messages.size(); ++i) {
    const bool has_tags =
        row.moderation != nullptr && i < row.moderation->size() && (*row.moderation)[i];
    if (has_tags) {
      flagged = flagged || Flagged(*(*row.moderation)[i]);
    } else {
      judged = judged && IsBlank(messages[i].content);
    }
  }
  if (options_.flagged == "none") {
    if (flagged) return "flagged";
    return judged || options_.unjudged ? "" : "not_judged";
  }
  if (flagged) return "";
  return judged ? "not_flagged" : "not_judged";
}

bool Selection::OtherRoles(const ReleaseRow& row) const {
  return std::ranges::any_of(row.conversation->messages(), [&](const auto& message) {
    return !Holds(options_.roles, NameOf(message.role));
  });
}

std::string_view Selection::LeavesOut(const ReleaseRow& row) const {
  if (options_.flagged != "any") {
    if (const std::string_view why = ByModeration(row); !why.empty()) return why;
  }
  if (!Passes(options_.languages, options_.except_languages, row.language)) return "language";
  if (!Passes(options_.models, options_.except_models, row.model)) return "model";
  if (options_.duplicates == "first" && !row.first_of_group) return "duplicate";
  if (options_.redacted == "none" && row.conversation->redacted()) return "redacted";
  if (options_.redacted == "only" && !row.conversation->redacted()) return "not_redacted";
  if (!options_.roles.empty() && OtherRoles(row)) return "role";
  const bool too_long = options_.max_turns > 0 && row.turn > options_.max_turns;
  return row.turn < options_.min_turns || too_long ? "turns" : "";
}

std::vector<std::string> InWords(const SelectionOptions& options, Tongue tongue) {
  std::vector<std::string> words;
  const auto say = [&](bool said, std::string english, std::string chinese) {
    if (said) words.push_back(tongue == Tongue::kEnglish ? std::move(english) : std::move(chinese));
  };
  const auto list = [&](const std::vector<std::string>& values) { return ListOf(values, tongue); };
  const bool some = !options.flagged_categories.empty();
  const std::string in_some = some ? " for " + list(options.flagged_categories) : "";
  const std::string in_some_zh = some ? "（类别：" + list(options.flagged_categories) + "）" : "";
  say(options.flagged == "none", fmt::format("No message is flagged{}.", in_some),
      fmt::format("没有任何消息被标记{}。", in_some_zh));
  say(options.flagged == "none" && !options.unjudged,
      "Every message with text was judged: one that nobody judged counts against its conversation.",
      "每条有文字的消息都经过判定；含未经判定消息的对话不收。");
  say(options.flagged == "none" && options.unjudged, "Messages that nobody judged are let through.",
      "未经判定的消息不影响收录。");
  say(options.flagged == "only", fmt::format("At least one message is flagged{}.", in_some),
      fmt::format("至少有一条消息被标记{}。", in_some_zh));
  say(!options.languages.empty(), fmt::format("`language` is one of: {}.", list(options.languages)),
      fmt::format("`language` 为下列之一：{}。", list(options.languages)));
  say(!options.except_languages.empty(),
      fmt::format("`language` is none of: {}.", list(options.except_languages)),
      fmt::format("`language` 不是：{}。", list(options.except_languages)));
  say(!options.models.empty(), fmt::format("`model` is one of: {}.", list(options.models)),
      fmt::format("`model` 为下列之一：{}。", list(options.models)));
  say(!options.except_models.empty(),
      fmt::format("`model` is none of: {}.", list(options.except_models)),
      fmt::format("`model` 不是：{}。", list(options.except_models)));
  say(options.duplicates == "first", "Of equal conversations only the first read is here.",
      "内容相同的对话只收最先读到的一条。");
  say(options.redacted == "none", "Nothing was redacted in it.", "其中没有任何内容被脱敏。");
  say(options.redacted == "only", "Something was redacted in it.", "其中有内容被脱敏。");
  say(!options.roles.empty(), fmt::format("All its messages are of: {}.", list(options.roles)),
      fmt::format("所有消息的角色都属于：{}。", list(options.roles)));
  say(options.min_turns > 0, fmt::format("It has {} turns or more.", options.min_turns),
      fmt::format("至少 {} 轮。", options.min_turns));
  say(options.max_turns > 0, fmt::format("It has {} turns or fewer.", options.max_turns),
      fmt::format("至多 {} 轮。", options.max_turns));
  return words;
}

}  // namespace parley
