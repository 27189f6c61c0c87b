// A sample of a release's texts and what people say of them.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace parley {

/// A tag in a text. Bytes of the released text.
struct AuditTag {
  int64_t begin = 0;
  int64_t end = 0;
  std::string type = {};      ///< "NAME"
  std::string original = {};  ///< What stood there; empty where the raw text is not at hand.
  bool operator==(const AuditTag&) const = default;
};

/// A stretch of a text, `[begin, end)` in bytes.
struct AuditSpan {
  int64_t begin = 0;
  int64_t end = 0;
  bool operator==(const AuditSpan&) const = default;
};

/// A message to read, as it was released.
struct AuditText {
  std::string id = {};  ///< "conversation_id#message", message from 0.
  int64_t stratum = 0;  ///< Index into the sample's strata.
  int64_t shard = 0;
  int64_t row = 0;      ///< Within the shard.
  int64_t message = 0;  ///< Within the conversation.
  std::string role = {};
  std::string language = {};  ///< The row's: "English".
  std::string text = {};
  std::vector<AuditTag> tags = {};    ///< In order.
  std::vector<AuditSpan> hints = {};  ///< Words that look like names: in capitals, and never small.
  bool operator==(const AuditText&) const = default;
};

/// Something that should have been replaced.
struct AuditMiss {
  int64_t begin = 0;  ///< Bytes of the released text.
  int64_t end = 0;
  std::string type = {};
  bool operator==(const AuditMiss&) const = default;
};

/// What a reader says of a text. Holds nothing of the text itself.
struct AuditVerdict {
  std::string text = {};                 ///< Its id.
  std::vector<int64_t> false_tags = {};  ///< Indices of tags that stand for nothing personal.
  std::vector<AuditMiss> missed = {};    ///< In order.
  bool operator==(const AuditVerdict&) const = default;
};

}  // namespace parley
