// Looks in what is about to be released for what was taken out of it.
//
// It shares nothing with the code that takes things out: a plain search for words, over the texts
// as they will stand in the release. What was taken out is in the memory of the one thread that
// redacts the conversation and goes no further.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/conversation.h"
#include "parley/status.h"
#include "stages/redact/redactor.h"
#include "text/edit_map.h"

namespace parley {

/// What was taken out of a message, in bytes of the raw text, and what stands there instead.
struct RemovedSpan {
  int64_t begin = 0;
  int64_t end = 0;
  std::string_view type = {};  ///< "NAME", "EMAIL", …
  std::string_view tag = {};   ///< "NAME_1"
};

struct SearchedMessage {
  std::string_view raw = {};
  std::string_view released = {};
  std::vector<RemovedSpan> removed = {};  ///< Ascending, without overlaps.
  std::vector<Span> kept = {};            ///< Of the raw text: what a rule of the recipe left.
};

/// A removed value that still stands somewhere. Says where and never what.
struct Leftover {
  std::string type = {};  ///< Of the value where it was replaced.
  int64_t message = 0;
  Span span = {};  ///< In the released text.
  bool operator==(const Leftover&) const = default;
};

struct SecondSearch {
  static constexpr int kLeastCodePoints = 5;

  int64_t values = 0;                  ///< Different ones that were looked for.
  int64_t kept = 0;                    ///< Found where a rule kept that very span.
  std::optional<Leftover> first = {};  ///< Found elsewhere: the first, …
  int64_t leftovers = 0;               ///< … and how many.
};

/// Searches all messages of a conversation for every value removed from any of them that has five
/// code points or more: whole words, in any case. The tags themselves are passed over.
///
/// A word begins and ends where a letter or digit meets something else, and at every character of a
/// script without blanks. Takes time linear in the bytes, times the different lengths of values
/// that begin alike.
SecondSearch SearchAgain(std::span<const SearchedMessage> messages);

/// The same for a conversation that is about to be released. Leak, naming `place`, type, message
/// and bytes and never the value, if something is found that no rule kept.
Result<SecondSearch> SearchBeforeRelease(const RawConversation& raw, const Redaction& redaction,
                                         const Place& place);

}  // namespace parley
