// The one way from a raw conversation to a releasable one.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/conversation.h"
#include "parley/status.h"
#include "stages/annotations.h"
#include "stages/redact/pii_types.h"
#include "stages/redact/span_finder.h"

namespace parley {

/// A conversation for the redactor. Both outlive the call.
struct RedactorInput {
  const RawConversation* conversation = nullptr;
  /// `messages[i].language` may help to find what is personal.
  const Annotations* annotations = nullptr;
};

/// What became of a conversation.
struct Redaction {
  std::optional<ReleasableConversation> released = {};  ///< None if it is dropped …
  std::string_view dropped_for = {};                    ///< … and this is the reason, of [names].
  /// [messages] What was replaced and by which tag, in bytes of the raw texts.
  std::vector<std::vector<TaggedSpan>> spans = {};
  std::vector<std::vector<Span>> kept = {};  ///< [messages] Names that a rule left in their place.
  /// Codes of the languages, one a message, for which there is no model of names. Null where names
  /// are not looked for.
  std::optional<std::vector<std::string>> unjudged = {};
};

class Redactor {
 public:
  struct Options {
    bool enabled = true;  ///< Off: texts pass as they are; the card and the manifest say so.
    std::vector<std::string> types = AllPiiTypes();
    std::vector<std::string> phone_regions =
        {};  ///< ISO 3166 codes tried besides the language's own.
  };

  /// Why a conversation is dropped.
  static constexpr std::string_view kUnsure = "unsure";
  static constexpr std::string_view kNoModel = "no_model";

  static Result<Redactor> Create(Options options);
  Redactor(Redactor&&) noexcept;
  Redactor& operator=(Redactor&&) noexcept;
  ~Redactor();

  /// From now on names of persons are replaced too. To be said before the first conversation.
  void LookForNames(NameStep step);
  bool looks_for_names() const { return names_ != nullptr; }

  /// Replaces each span with its tag, numbered by first appearance within its conversation. Many at
  /// once are quicker than one by one, and each becomes the same either way. Thread-safe.
  std::vector<Redaction> RedactAll(std::span<const RedactorInput> inputs) const;

  /// The same for one. Invalid if it is dropped.
  Result<ReleasableConversation> Redact(const RawConversation& conversation,
                                        const Annotations& annotations) const;

  /// The spans in texts that stand in no conversation of ours; `RedactAll` would replace them.
  std::vector<FoundSpans> Find(std::span<const std::vector<SearchText>> conversations) const;

  /// A name that goes out beside the messages (a model's, a file's): what is personal in it becomes
  /// a tag, numbered within the name. Names of persons are not looked for.
  Result<std::string> RedactLabel(std::string_view label) const;

  bool enabled() const { return options_.enabled; }

 private:
  explicit Redactor(Options options);

  Redaction Replace(const RedactorInput& input, FoundSpans found) const;
  std::vector<std::string> Unjudged(const RedactorInput& input) const;

  Options options_;
  std::unique_ptr<PiiDetector> detector_;
  std::unique_ptr<const NameStep> names_;
};

}  // namespace parley
