#include "stages/normalise/normalise.h"

#include <string_view>

#include "text/normal_forms.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr size_t kBlockBytes = 64;

// Whether the byte may need work: a control that is not tab or LF, DEL, or part of a longer code
// point, which as a signed number is negative. Without branches, so that blocks of bytes are judged
// in wide registers.
constexpr bool IsOdd(char c) {
  const auto byte = static_cast<signed char>(c);
  return static_cast<bool>(((byte < 0x20) & (byte != '\n') & (byte != '\t')) | (byte == 0x7F));
}

// Where the first odd byte's block of 64 begins, found without branches so that the compiler can
// use wide registers; the size if there is none.
size_t FindOddBlock(std::string_view text) {
  size_t at = 0;
  for (; at + kBlockBytes <= text.size(); at += kBlockBytes) {
    unsigned char odd = 0;
    for (size_t i = 0; i < kBlockBytes; ++i) odd |= static_cast<unsigned char>(IsOdd(text[at + i]));
    if (odd != 0) return at;
  }
  for (size_t i = at; i < text.size(); ++i) {
    if (IsOdd(text[i])) return i;
  }
  return text.size();
}

bool IsC1(std::string_view text, size_t at) {
  return text[at] == '\xC2' && at + 1 < text.size() &&
         static_cast<unsigned char>(text[at + 1]) < 0xA0;
}

// The first control or line end that has to change at or behind `at`; the size if there is none.
size_t FindControl(std::string_view text, size_t at) {
  for (; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80 ? IsOdd(text[at]) : IsC1(text, at)) return at;
  }
  return text.size();
}

// Mends the controls from `first`, the first of them, on. Writes behind where it reads.
void MendControls(std::string& text, size_t first, EditCounts& counts) {
  size_t out = first;
  for (size_t at = first; at < text.size();) {
    const bool two_bytes = IsC1(text, at);
    const char c = two_bytes ? text[at + 1] : text[at];
    const bool odd = two_bytes || (static_cast<unsigned char>(c) < 0x80 && IsOdd(c));
    at += two_bytes ? 2 : 1;
    if (!odd) {
      text[out++] = c;
    } else if (two_bytes ? c == '\x85' : c == '\r' || c == '\v' || c == '\f') {
      if (c == '\r' && at < text.size() && text[at] == '\n') ++at;
      text[out++] = '\n';
      ++counts.line_ends;
    } else {
      ++counts.control_characters;
    }
  }
  text.resize(out);
}

}  // namespace

void Normalise(std::string& text, EditCounts& counts) {
  const size_t odd = FindOddBlock(text);
  if (odd == text.size()) return;
  const size_t control = FindControl(text, odd);
  if (control < text.size()) MendControls(text, control, counts);
  if (IsNfc(std::string_view(text).substr(odd > 0 ? odd - 1 : 0))) return;
  text = ToNfc(text);
  ++counts.composed;
}

}  // namespace parley
