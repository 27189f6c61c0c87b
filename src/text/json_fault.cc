#include "text/json_fault.h"

#include <string>

namespace parley {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsHexDigit(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// A walk through the text. Every `Pass…` moves `at_` behind what it names, or onto the byte at
// fault and returns false.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) {}

  std::optional<size_t> Fault() {
    enum { kValue, kValueOrEnd, kKey, kKeyOrEnd, kColon, kCommaOrEnd } want = kValue;
    for (;;) {
      PassBlanks();
      if (want == kCommaOrEnd && open_.empty()) break;
      const char c = Here();
      const bool ends = (c == ']' || c == '}') && !open_.empty() && open_.back() == c;
      if (ends && (want == kValueOrEnd || want == kKeyOrEnd || want == kCommaOrEnd)) {
        ++at_;
        open_.pop_back();
        want = kCommaOrEnd;
      } else if (want == kCommaOrEnd) {
        if (!Pass(",")) return at_;
        want = open_.back() == '}' ? kKey : kValue;
      } else if (want == kColon) {
        if (!Pass(":")) return at_;
        want = kValue;
      } else if (want == kKey || want == kKeyOrEnd) {
        if (!PassString()) return at_;
        want = kColon;
      } else if (c == '{' || c == '[') {
        ++at_;
        open_ += c == '{' ? '}' : ']';
        want = c == '{' ? kKeyOrEnd : kValueOrEnd;
      } else {
        if (!PassScalar()) return at_;
        want = kCommaOrEnd;
      }
    }
    return at_ == text_.size() ? std::nullopt : std::optional(at_);
  }

 private:
  bool AtEnd() const { return at_ == text_.size(); }

  // A byte that fits nowhere stands for the end.
  char Here() const { return AtEnd() ? '\0' : text_[at_]; }

  void PassBlanks() {
    while (!AtEnd() && std::string_view(" \t\r\n").find(Here()) != std::string_view::npos) ++at_;
  }

  bool Pass(std::string_view word) {
    for (const char c : word) {
      if (Here() != c) return false;
      ++at_;
    }
    return true;
  }

  bool PassScalar() {
    switch (Here()) {
      case '"':
        return PassString();
      case 't':
        return Pass("true");
      case 'f':
        return Pass("false");
      case 'n':
        return Pass("null");
      default:
        return PassNumber();
    }
  }

  bool PassString() {
    if (!Pass("\"")) return false;
    while (!AtEnd() && static_cast<unsigned char>(Here()) >= 0x20) {
      const char c = text_[at_++];
      if (c == '"') return true;
      if (c == '\\' && !PassEscaped()) return false;
    }
    return false;
  }

  bool PassEscaped() {
    if (AtEnd() || std::string_view("\"\\/bfnrtu").find(Here()) == std::string_view::npos) {
      return false;
    }
    if (text_[at_++] != 'u') return true;
    for (int i = 0; i < 4; ++i, ++at_) {
      if (!IsHexDigit(Here())) return false;
    }
    return true;
  }

  bool PassDigits() {
    if (!IsDigit(Here())) return false;
    while (IsDigit(Here())) ++at_;
    return true;
  }

  bool PassNumber() {
    if (Here() == '-') ++at_;
    if (Here() == '0') {
      ++at_;
    } else if (!PassDigits()) {
      return false;
    }
    if (Here() == '.') {
      ++at_;
      if (!PassDigits()) return false;
    }
    if (Here() != 'e' && Here() != 'E') return true;
    ++at_;
    if (Here() == '+' || Here() == '-') ++at_;
    return PassDigits();
  }

  std::string_view text_;
  size_t at_ = 0;
  std::string open_;  // The closing brackets to come, the next one last.
};

}  // namespace

std::optional<size_t> FindJsonFault(std::string_view text) { return Walk(text).Fault(); }

}  // namespace parley
