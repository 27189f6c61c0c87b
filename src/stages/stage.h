// What a stage is, and how one describes itself.
//
// A stage is a rule of `curate` with a name, options, and reasons. Its `StageInfo` is the single
// source of its recipe section, its flags, its help, its page in docs/stages.md and its reasons in
// the ledger. Only files named *_stage.cc include this header; the work itself is done by plain
// functions beside them.

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "conversation/verdict.h"
#include "parley/conversation.h"
#include "parley/status.h"
#include "stages/annotations.h"
#include "stages/moderation/moderation_source.h"
#include "stages/redact/redactor.h"

namespace parley {

/// Changes texts without changing what a reader would see. Runs in scan and again in write.
class Editor {
 public:
  virtual ~Editor() = default;
  /// Edits in place and counts what it mended. Thread-safe.
  virtual void Edit(RawConversation& conversation, EditCounts& counts) const = 0;
};

/// Judges one conversation by itself. Runs in scan, after the editors, in the recipe's order.
class Filter {
 public:
  virtual ~Filter() = default;
  virtual Result<Verdict> Judge(const RawConversation& conversation) const = 0;  ///< Thread-safe.
};

/// Tags the original texts in write, before redaction; may still drop.
class Annotator {
 public:
  virtual ~Annotator() = default;
  virtual Result<Verdict> Annotate(const RawConversation& conversation,
                                   Annotations& annotations) const = 0;  ///< Thread-safe.
};

/// Measures the released texts in write, after redaction.
class Counter {
 public:
  virtual ~Counter() = default;
  virtual Status Count(const ReleasableConversation& conversation,
                       Annotations& annotations) const = 0;  ///< Thread-safe.
};

/// What `make` gives. A `NameStep` becomes part of the redactor; a `ModerationStep` judges the
/// messages of many conversations at once, in write. `monostate`: a rule that plan
/// carries out on fingerprints (snapshots, opt-outs, duplicates, samples); only its options matter.
using StageObject =
    std::variant<std::monostate, std::unique_ptr<Editor>, std::unique_ptr<Filter>,
                 std::unique_ptr<Annotator>, std::unique_ptr<Counter>, std::unique_ptr<Redactor>,
                 std::unique_ptr<NameStep>, std::unique_ptr<ModerationStep>>;

enum class StageKind : uint8_t {
  kEditor,
  kFilter,
  kPlan,
  kAnnotator,
  kModerator,
  kRedactor,
  kCounter
};

using OptionValue = std::variant<bool, int64_t, double, std::string, std::vector<std::string>>;
using Settings = std::map<std::string, OptionValue, std::less<>>;

struct OptionInfo {
  std::string name;
  std::string summary;        ///< A sentence without its full stop.
  OptionValue default_value;  ///< Also fixes the type.
};

struct StageInfo {
  std::string name;     ///< The recipe's section, and the first half of the ledger's reasons.
  std::string summary;  ///< One sentence.
  StageKind kind = StageKind::kFilter;
  bool enabled = true;  ///< By default.
  /// For filters. False: it judges a snapshot, and an earlier snapshot of the same conversation may
  /// still be valid (a failed answer, say). True: it judges the conversation by its last valid
  /// snapshot, so that a blocked word in the last is not answered with the one before.
  bool per_conversation = false;
  std::vector<OptionInfo> options;
  std::vector<Reason> reasons;
  /// Missing settings take their defaults. InvalidArgument with the option's name if one is wrong.
  std::function<Result<StageObject>(const Settings&)> make;
};

/// One option of a stage whose options are the struct `Options`.
template <class Options>
struct Key {
  std::string name;
  std::variant<bool Options::*, int64_t Options::*, double Options::*, std::string Options::*,
               std::vector<std::string> Options::*>
      member;
  std::string summary;
};

template <class Options>
struct Description {
  std::string name;
  std::string summary;
  StageKind kind = StageKind::kFilter;
  bool enabled = true;
  bool per_conversation = false;
  std::vector<Key<Options>> keys = {};
  std::vector<Reason> reasons = {};
  /// Left out for the rules that plan carries out.
  std::function<Result<StageObject>(const Options&)> make = {};
};

/// The options struct that `settings` describe, over the struct's own defaults.
template <class Options>
Options OptionsFrom(const std::vector<Key<Options>>& keys, const Settings& settings) {
  Options options;
  for (const Key<Options>& key : keys) {
    const auto found = settings.find(key.name);
    if (found == settings.end()) continue;
    std::visit(
        [&](auto member) {
          using Value = std::remove_cvref_t<decltype(options.*member)>;
          options.*member = std::get<Value>(found->second);
        },
        key.member);
  }
  return options;
}

/// Turns a typed description into a `StageInfo`. A default is written once, in the struct.
template <class Options>
StageInfo Describe(Description<Options> description) {
  StageInfo info{.name = description.name,
                 .summary = description.summary,
                 .kind = description.kind,
                 .enabled = description.enabled,
                 .per_conversation = description.per_conversation,
                 .options = {},
                 .reasons = description.reasons,
                 .make = {}};
  const Options defaults;
  for (const Key<Options>& key : description.keys) {
    std::visit(
        [&](auto member) {
          info.options.push_back({key.name, key.summary, OptionValue(defaults.*member)});
        },
        key.member);
  }
  info.make = [keys = std::move(description.keys), make = std::move(description.make)](
                  const Settings& settings) -> Result<StageObject> {
    if (!make) return StageObject{};
    return make(OptionsFrom(keys, settings));
  };
  return info;
}

}  // namespace parley
