// The one way from a raw conversation to a releasable one.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "parley/conversation.h"
#include "parley/status.h"
#include "stages/annotations.h"

namespace parley {

/// A piece of text to be replaced: half-open, in bytes of the original text.
struct PiiSpan {
  std::string type;  ///< "EMAIL", "URL", "PHONE", "IP": the tag's first half.
  int64_t begin = 0;
  int64_t end = 0;
  double score = 0;   ///< 0 to 1: how sure the detector is.
  std::string value;  ///< The canonical form: equal values get equal tags ("a@B.org" is "a@b.org").
};

class PiiDetector;

class Redactor {
 public:
  struct Options {
    bool enabled = true;  ///< Off: texts pass as they are; the card and the manifest say so.
    std::vector<std::string> types = {"EMAIL", "URL", "PHONE", "IP"};
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

  bool enabled() const { return options_.enabled; }

 private:
  explicit Redactor(Options options);

  Options options_;
  std::unique_ptr<PiiDetector> detector_;
};

}  // namespace parley
