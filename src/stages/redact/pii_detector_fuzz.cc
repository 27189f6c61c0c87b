// Any UTF-8 text: spans lie in it in order, cut no code point, those to be replaced do not overlap,
// and once they are replaced nothing more is found.

#include <cstdint>
#include <string>

#include "stages/redact/pii_detector.h"
#include "stages/redact/redactor.h"
#include "text/utf8.h"

namespace {

bool CutsCodePoint(const std::string& text, int64_t at) {
  return at < static_cast<int64_t>(text.size()) && (static_cast<uint8_t>(text[at]) & 0xC0) == 0x80;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace parley;
  static const PiiDetector detector = PiiDetector::Create({}).value();
  static const Redactor redactor = Redactor::Create({}).value();
  static constexpr const char* kLanguages[] = {"en", "fr", "zh", "ru", "und"};
  if (size == 0) return 0;
  const std::string language = kLanguages[data[0] % std::size(kLanguages)];
  std::string text;
  RepairUtf8({reinterpret_cast<const char*>(data + 1), size - 1}, text);
  int64_t last = 0;
  for (const PiiSpan& span : detector.Find(text, language)) {
    Check(last <= span.begin && span.begin < span.end, "spans are out of order or empty");
    Check(span.end <= static_cast<int64_t>(text.size()), "a span beyond the text");
    Check(!CutsCodePoint(text, span.begin) && !CutsCodePoint(text, span.end),
          "a span cuts a code point");
    Check(!span.value.empty() && span.score > 0 && span.score <= 1, "a span without a value");
    last = span.begin;
  }
  last = 0;
  for (const PiiSpan& span : detector.FindPersonal(text, language)) {
    Check(last <= span.begin, "spans overlap");
    last = span.end;
  }
  RawConversation conversation;
  conversation.messages.push_back({Role::kUser, text});
  Annotations annotations;
  annotations.messages.push_back({.language = language});
  const ReleasableConversation once = redactor.Redact(conversation, annotations).value();
  conversation.messages[0].content = once.messages()[0].content;
  const ReleasableConversation twice = redactor.Redact(conversation, annotations).value();
  Check(twice.messages()[0].content == once.messages()[0].content,
        "redacting twice changes something");
  return 0;
}
