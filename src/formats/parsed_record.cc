#include "formats/dialect.h"

namespace parley {
namespace {

constexpr size_t kSpareStrings = 64;
constexpr size_t kSpareBytes = 64 << 10;  // A larger one is given back.

}  // namespace

void ParsedRecord::Reset(size_t count) {
  for (RawConversation& conversation : conversations) {
    for (Message& message : conversation.messages) {
      if (spare_.size() == kSpareStrings) break;
      if (message.content.capacity() > kSpareBytes) continue;
      spare_.push_back(std::move(message.content));
    }
  }
  conversations.resize(count);
  for (RawConversation& conversation : conversations) {
    conversation.messages.clear();
    for (std::string* text : {&conversation.id, &conversation.model, &conversation.user,
                              &conversation.consent, &conversation.event, &conversation.linked_id,
                              &conversation.language, &conversation.extra}) {
      text->clear();
    }
    conversation.time_micros.reset();
    conversation.moderation.clear();
    conversation.redacted = false;
  }
  reasons.assign(count, Reason{});
  reason = {};
  repaired_utf8 = 0;
}

Message& ParsedRecord::AddMessage(RawConversation& conversation, Role role,
                                  std::string_view content) {
  Message& message = conversation.messages.emplace_back();
  message.role = role;
  if (!spare_.empty()) {
    message.content = std::move(spare_.back());
    spare_.pop_back();
  }
  message.content.assign(content);
  return message;
}

}  // namespace parley
