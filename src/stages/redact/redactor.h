// The one way from a raw conversation to a releasable one.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "parley/conversation.h"
#include "parley/status.h"
#include "stages/annotations.h"
#include "stages/redact/pii_span.h"
#include "stages/redact/pii_types.h"

namespace parley {

class PiiDetector;

class Redactor {
 public:
  struct Options {
    bool enabled = true;  ///< Off: texts pass as they are; the card and the manifest say so.
    std::vector<std::string> types = AllPiiTypes();
    std::vector<std::string> phone_regions =
        {};  ///< ISO 3166 codes tried besides the language's own.
  };

  static Result<Redactor> Create(Options options);
  Redactor(Redactor&&) noexcept;
  Redactor& operator=(Redactor&&) noexcept;
  ~Redactor();

  /// Replaces each span with its tag, numbered by first appearance within the conversation.
  /// `annotations.messages[i].language` may help the detectors. Thread-safe.
  Result<ReleasableConversation> Redact(const RawConversation& conversation,
                                        const Annotations& annotations) const;

  /// A name that goes out beside the messages (a model's, a file's): what is personal in it becomes
  /// a tag, numbered within the name.
  Result<std::string> RedactLabel(std::string_view label) const;

  bool enabled() const { return options_.enabled; }

 private:
  explicit Redactor(Options options);

  Options options_;
  std::unique_ptr<PiiDetector> detector_;
};

}  // namespace parley
