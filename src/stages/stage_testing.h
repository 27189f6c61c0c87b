// What the tests of stages have in common: making a stage from its settings, and short
// conversations.

#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "stages/stage.h"

namespace parley {

inline std::unique_ptr<Filter> MakeFilter(const StageInfo& stage, const Settings& settings = {}) {
  return std::move(std::get<std::unique_ptr<Filter>>(stage.make(settings).value()));
}

inline std::unique_ptr<Editor> MakeEditor(const StageInfo& stage, const Settings& settings = {}) {
  return std::move(std::get<std::unique_ptr<Editor>>(stage.make(settings).value()));
}

/// What `make` says against the settings; empty if nothing.
inline std::string Objection(const StageInfo& stage, const Settings& settings) {
  const Result<StageObject> made = stage.make(settings);
  return made.has_value() ? "" : made.error().message;
}

inline RawConversation Conversation(std::vector<Message> messages) {
  RawConversation conversation;
  conversation.messages = std::move(messages);
  return conversation;
}

inline RawConversation UserSays(std::string_view content) {
  return Conversation({{Role::kUser, std::string(content)}});
}

inline RawConversation AssistantSays(std::string_view content) {
  return Conversation({{Role::kUser, "Hello"}, {Role::kAssistant, std::string(content)}});
}

}  // namespace parley
