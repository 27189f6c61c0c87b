// Drops a conversation in which a service put an error of its own where an answer should stand. The
// texts are those that the services' code writes, whole enough that an answer about them is
// unlikely to hold one.

#include <array>

#include "stages/filter/phrase_finder.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

struct Options {
  bool known = true;
  std::vector<std::string> texts = {};
  bool all_messages = false;
};

constexpr Reason kNetworkError{"network_error"};
constexpr Reason kRefusedByService{"refused_by_service"};
constexpr Reason kLimitReached{"limit_reached"};
constexpr Reason kNamedText{"named_text"};

struct KnownText {
  std::string_view text;
  Reason reason;
};

// FastChat's (Vicuna demo, Chatbot Arena), OpenAI's web client and gateways, in this order of
// service.
constexpr std::array kKnownTexts = {
    KnownText{"NETWORK ERROR DUE TO HIGH TRAFFIC. PLEASE REGENERATE OR REFRESH THIS PAGE.",
              kNetworkError},
    KnownText{"(error_code: 40001)", kNetworkError},
    KnownText{"(error_code: 40303)", kLimitReached},
    KnownText{"(error_code: 42901)", kLimitReached},
    KnownText{"(error_code: 42902)", kLimitReached},
    KnownText{"(error_code: 42903)", kLimitReached},
    KnownText{"(error_code: 50001)", kNetworkError},
    KnownText{"(error_code: 50002)", kNetworkError},
    KnownText{"(error_code: 50003)", kNetworkError},
    KnownText{"(error_code: 50004)", kNetworkError},
    KnownText{"(error_code: 50005)", kNetworkError},
    KnownText{"(error_code: 50006)", kNetworkError},
    KnownText{"**API REQUEST ERROR**", kNetworkError},
    KnownText{"API REQUEST ERROR. Please increase the number of max tokens.", kLimitReached},
    KnownText{"YOUR INPUT VIOLATES OUR CONTENT MODERATION GUIDELINES.", kRefusedByService},
    KnownText{"YOU HAVE REACHED THE CONVERSATION LENGTH LIMIT.", kLimitReached},
    KnownText{"THIS SESSION HAS BEEN INACTIVE FOR TOO LONG.", kLimitReached},
    KnownText{"RATE LIMIT OF THIS MODEL IS REACHED.", kLimitReached},
    KnownText{"This content may violate our content policy.", kRefusedByService},
    KnownText{"There was an error generating a response", kNetworkError},
    KnownText{"An error occurred. Either the engine you requested does not exist", kNetworkError},
    KnownText{
        "Something went wrong. If this issue persists please contact us through our help center",
        kNetworkError},
    KnownText{"Too many requests in 1 hour. Try again later.", kLimitReached},
    KnownText{"The server had an error while processing your request", kNetworkError},
    KnownText{"That model is currently overloaded with other requests.", kLimitReached},
};

class ServiceErrors final : public Filter {
 public:
  ServiceErrors(PhraseFinder finder, std::vector<Reason> reasons, bool all_messages)
      : finder_(std::move(finder)), reasons_(std::move(reasons)), all_messages_(all_messages) {}

  Result<Verdict> Judge(const RawConversation& conversation) const override {
    if (all_messages_) return JudgeJoined(conversation.messages);
    for (const Message& message : conversation.messages) {
      if (message.role != Role::kAssistant) continue;
      if (const auto found = finder_.Find(message.content)) {
        return Drop(reasons_[static_cast<size_t>(*found)]);
      }
    }
    return kKeep;
  }

 private:
  Verdict JudgeJoined(const std::vector<Message>& messages) const {
    std::string joined;
    for (const Message& message : messages) joined += message.content;
    const auto found = finder_.Find(joined);
    return found ? Drop(reasons_[static_cast<size_t>(*found)]) : kKeep;
  }

  PhraseFinder finder_;
  std::vector<Reason> reasons_;  // Of each phrase.
  bool all_messages_;
};

Result<StageObject> Make(const Options& options) {
  std::vector<std::string> phrases = options.texts;
  std::vector<Reason> reasons(options.texts.size(), kNamedText);
  if (options.known) {
    for (const KnownText& known : kKnownTexts) {
      phrases.emplace_back(known.text);
      reasons.push_back(known.reason);
    }
  }
  PhraseFinder finder = TRY(PhraseFinder::Create(std::move(phrases)));
  return std::make_unique<ServiceErrors>(std::move(finder), std::move(reasons),
                                         options.all_messages);
}

}  // namespace

StageInfo ServiceErrorsStage() {
  return Describe<Options>({
      .name = "service_errors",
      .summary = "Drops a conversation with a service's error text in an answer.",
      .keys = {{"known", &Options::known, "look for the error texts of services that are known"},
               {"texts", &Options::texts, "further texts to look for, whatever their case"},
               {"all_messages", &Options::all_messages,
                "look in all messages joined, as FastChat does, and not in each answer"}},
      .reasons = {kNetworkError, kRefusedByService, kLimitReached, kNamedText},
      .make = &Make,
  });
}

}  // namespace parley
