// Gives models the names under which they are released.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "stages/stage_functions.h"

namespace parley {
namespace {

struct Options {
  std::vector<std::string> names = {};
  bool fastchat = false;
};

using Name = std::pair<std::string, std::string>;  // Old, new.

// What FastChat's replace_model_name does, which made LMSYS-Chat-1M.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kFastChatNames = {{
    {"bard", "palm-2"},
    {"claude-v1", "claude-1"},
    {"claude-instant-v1", "claude-instant-1"},
    {"oasst-sft-1-pythia-12b", "oasst-pythia-12b"},
    {"claude-2", "claude-2.0"},
}};
constexpr int64_t kSwitchMicros = 1'687'849'200'000'000;  // 2023-06-27T07:00:00Z: 0314 to 0613.

bool HasTwoVersions(std::string_view model) { return model == "gpt-4" || model == "gpt-3.5-turbo"; }

class RenameModels final : public Editor {
 public:
  RenameModels(std::vector<Name> names, bool fastchat)
      : names_(std::move(names)), fastchat_(fastchat) {}

  void Edit(RawConversation& conversation, EditCounts&) const override {
    std::string& model = conversation.model;
    const auto found = std::ranges::find(names_, model, &Name::first);
    if (found != names_.end()) {
      model = found->second;
    } else if (fastchat_) {
      RenameAsFastChat(model, conversation.time_micros);
    }
  }

 private:
  static void RenameAsFastChat(std::string& model, std::optional<int64_t> time_micros) {
    if (HasTwoVersions(model)) {
      if (time_micros) model += *time_micros > kSwitchMicros ? "-0613" : "-0314";
      return;
    }
    for (const auto& [from, to] : kFastChatNames) {
      if (model != from) continue;
      model = to;
      return;
    }
  }

  std::vector<Name> names_;
  bool fastchat_;
};

Result<StageObject> Make(const Options& options) {
  std::vector<Name> names;
  for (const std::string& entry : options.names) {
    const size_t sign = entry.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == entry.size()) {
      return Invalid(fmt::format("names: \"{}\" is not of the form \"old=new\"", entry));
    }
    Name name(entry.substr(0, sign), entry.substr(sign + 1));
    if (std::ranges::find(names, name.first, &Name::first) != names.end()) {
      return Invalid(fmt::format("names: \"{}\" is renamed twice", name.first));
    }
    names.push_back(std::move(name));
  }
  return std::make_unique<RenameModels>(std::move(names), options.fastchat);
}

}  // namespace

StageInfo RenameModelsStage() {
  return Describe<Options>({
      .name = "rename_models",
      .summary = "Gives models the names under which they are released.",
      .kind = StageKind::kEditor,
      .keys =
          {{"names", &Options::names, "new names, each as \"old=new\""},
           {"fastchat", &Options::fastchat,
            "rename as FastChat did for LMSYS-Chat-1M: bard is palm-2, and gpt-4 is gpt-4-0314 or "
            "gpt-4-0613 by its time"}},
      .make = &Make,
  });
}

}  // namespace parley
