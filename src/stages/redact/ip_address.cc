// A run of the characters that an address can have is cut out whole and parsed exactly; a run that
// is not an address as a whole holds none ("1.2.3.4.5", "12:30:45").

#include "stages/redact/ip_address.h"

#include <algorithm>
#include <string>

#include "stages/redact/letters.h"

namespace parley {
namespace {

constexpr size_t kMaxRunBytes = 64;

// A prefix length such as "/24" behind an address, at most `max`: its size in bytes, else 0.
size_t PrefixSize(std::string_view text, size_t at, int max) {
  if (at + 1 >= text.size() || text[at] != '/' || !IsDigit(text[at + 1])) return 0;
  size_t end = at + 1;
  int length = 0;
  while (end < text.size() && IsDigit(text[end]) && end - at < 5) {
    length = length * 10 + (text[end++] - '0');
  }
  const bool more = end < text.size() && (IsAsciiWord(text[end]) || text[end] == '/');
  return length <= max && !more && end - at < 5 ? end - at : 0;
}

bool IsReservedIpv4(const std::array<uint8_t, 4>& a) {
  const uint32_t address = uint32_t{a[0]} << 24 | uint32_t{a[1]} << 16 | uint32_t{a[2]} << 8 | a[3];
  struct Network {
    uint32_t first;
    int bits;
  };
  static constexpr Network kNetworks[] = {
      {0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},  {0xA9FE0000, 16},
      {0xAC100000, 12}, {0xC0000000, 24}, {0xC0000200, 24}, {0xC0A80000, 16}, {0xC6120000, 15},
      {0xC6336400, 24}, {0xCB007100, 24}, {0xE0000000, 3}};  // The last: multicast and above.
  return std::ranges::any_of(kNetworks, [&](const Network& network) {
    return ((address ^ network.first) >> (32 - network.bits)) == 0;
  });
}

bool IsReservedIpv6(const std::array<uint8_t, 16>& a) {
  const auto zeros = [&](size_t from, size_t to) {
    return std::all_of(a.begin() + from, a.begin() + to, [](uint8_t b) { return b == 0; });
  };
  const std::array<uint8_t, 4> inner = {a[12], a[13], a[14], a[15]};
  if (zeros(0, 10) && a[10] == 0xFF && a[11] == 0xFF) return IsReservedIpv4(inner);
  if (zeros(0, 15) && a[15] <= 1) return true;  // :: and ::1
  if (a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0D && a[3] == 0xB8) return true;
  if (a[0] == 0x3F && a[1] == 0xFF && a[2] < 0x10) return true;  // RFC 9637
  if (a[0] == 0xFE && (a[1] & 0xC0) == 0x80) return true;        // link-local
  return (a[0] & 0xFE) == 0xFC || a[0] == 0xFF;                  // Unique local; multicast.
}

std::string Canonical(const std::array<uint8_t, 16>& address) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const uint8_t byte : address) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

// "version 1.2.3.4", "v1.2.3.4", "Chrome/114.0.0.0", "§ 1.2.3.4".
bool LooksLikeVersion(std::string_view text, size_t begin) {
  if (begin == 0) return false;
  const char before = text[begin - 1];
  if (before == '/' && begin >= 2 && IsAsciiLetter(text[begin - 2])) return true;
  size_t word_end = begin;
  while (word_end > 0 && begin - word_end < 5 &&
         (text[word_end - 1] == ' ' || text[word_end - 1] == ':' || text[word_end - 1] == '=' ||
          text[word_end - 1] == '"' || text[word_end - 1] == '\''))
    --word_end;
  size_t word_begin = word_end;
  while (word_begin > 0 && word_end - word_begin < 16 && IsAsciiLetter(text[word_begin - 1]))
    --word_begin;
  const std::string_view word = text.substr(word_begin, word_end - word_begin);
  for (const std::string_view name :
       {"version", "v", "ver", "versions", "release", "build", "chapter", "section", "figure",
        "table", "clause", "article", "paragraph", "step", "item", "rule", "standard"}) {
    if (word.size() == name.size() && HasWordAt(word, 0, name)) return true;
  }
  return false;
}

// "1.2.3.4 How owls hunt": small numbers, alone at the front of a line, before a word.
bool LooksLikeHeading(std::string_view text, size_t begin, size_t end,
                      const std::array<uint8_t, 4>& address) {
  if (std::ranges::any_of(address, [](uint8_t part) { return part > 30; })) return false;
  size_t line = begin;
  while (line > 0 && std::string_view(" #*>").find(text[line - 1]) != std::string_view::npos)
    --line;
  if (line > 0 && text[line - 1] != '\n') return false;
  if (end < text.size() && text[end] == '.') ++end;
  return end + 1 < text.size() && text[end] == ' ' &&
         (IsAsciiLetter(text[end + 1]) || !IsAscii(text[end + 1]));
}

// "artigo 5.1.2.3": nobody's address by all likelihood, if nothing around it speaks of a network.
bool IsBareOutline(std::string_view text, size_t begin, size_t end,
                   const std::array<uint8_t, 4>& address) {
  if (std::ranges::any_of(address, [](uint8_t part) { return part > 9; })) return false;
  if (end < text.size() && (text[end] == ':' || text[end] == '/')) return false;
  if (begin > 0 && (text[begin - 1] == '/' || text[begin - 1] == '@')) return false;
  for (size_t at = begin > 40 ? begin - 40 : 0; at < begin; ++at) {
    for (const std::string_view word : {"ip", "host", "server", "ping", "dns", "addr", "ssh"}) {
      if (HasWordAt(text, at, word)) return false;
    }
  }
  return true;
}

}  // namespace

std::optional<std::array<uint8_t, 4>> ParseIpv4(std::string_view text) {
  std::array<uint8_t, 4> address{};
  size_t at = 0;
  for (size_t part = 0; part < 4; ++part) {
    if (part > 0 && (at >= text.size() || text[at++] != '.')) return std::nullopt;
    const size_t begin = at;
    int number = 0;
    while (at < text.size() && IsDigit(text[at]) && at - begin < 3) {
      number = number * 10 + (text[at++] - '0');
    }
    if (at == begin || number > 255 || (at - begin > 1 && text[begin] == '0')) return std::nullopt;
    address[part] = static_cast<uint8_t>(number);
  }
  if (at != text.size()) return std::nullopt;
  return address;
}

std::optional<std::array<uint8_t, 16>> ParseIpv6(std::string_view text) {
  std::array<uint8_t, 16> address{};
  size_t filled = 0;
  std::optional<size_t> gap;
  size_t at = 0;
  if (text.starts_with("::")) {
    gap = 0;
    at = 2;
  }
  while (at < text.size()) {
    const size_t end = std::min(text.find(':', at), text.size());
    const std::string_view group = text.substr(at, end - at);
    if (end == text.size() && group.find('.') != std::string_view::npos) {
      const auto inner = ParseIpv4(group);
      if (!inner || filled > 12) return std::nullopt;
      std::ranges::copy(*inner, address.begin() + filled);
      filled += 4;
      at = end;
      break;
    }
    if (group.empty() || group.size() > 4 || filled > 14) return std::nullopt;
    unsigned value = 0;
    for (const char c : group) {
      if (!IsHexDigit(c)) return std::nullopt;
      value = value * 16 + static_cast<unsigned>(IsDigit(c) ? c - '0' : ToLower(c) - 'a' + 10);
    }
    address[filled++] = static_cast<uint8_t>(value >> 8);
    address[filled++] = static_cast<uint8_t>(value & 255);
    at = end;
    if (at == text.size()) break;
    ++at;  // The colon.
    if (at == text.size()) return std::nullopt;
    if (text[at] == ':') {
      if (gap) return std::nullopt;
      gap = filled;
      ++at;
    }
  }
  if (!gap) return filled == 16 ? std::optional(address) : std::nullopt;
  if (filled > 14) return std::nullopt;
  std::copy_backward(address.begin() + *gap, address.begin() + filled, address.end());
  std::fill(address.begin() + *gap, address.end() - (filled - *gap), uint8_t{0});
  return address;
}

std::optional<PiiSpan> Ipv4At(std::string_view text, size_t at) {
  const auto belongs = [&](size_t i) { return IsDigit(text[i]) || text[i] == '.'; };
  size_t begin = at;
  size_t end = at;
  while (begin > 0 && at - begin < kMaxRunBytes && belongs(begin - 1)) --begin;
  while (end < text.size() && end - at < kMaxRunBytes && belongs(end)) ++end;
  while (begin < end && text[begin] == '.') ++begin;
  while (end > begin && text[end - 1] == '.') --end;
  const auto address = ParseIpv4(text.substr(begin, end - begin));
  if (!address) return std::nullopt;
  const char before = begin > 0 ? text[begin - 1] : ' ';
  if (before == '-' || before == '_' || (IsAsciiWord(before) && before != 'v' && before != 'V'))
    return std::nullopt;
  if (end < text.size() && (IsAsciiWord(text[end]) || text[end] == '_')) return std::nullopt;
  const bool version = before == 'v' || before == 'V' || LooksLikeVersion(text, begin) ||
                       LooksLikeHeading(text, begin, end, *address) ||
                       IsBareOutline(text, begin, end, *address);
  const size_t prefix = PrefixSize(text, end, 32);
  std::array<uint8_t, 16> mapped{};
  mapped[10] = mapped[11] = 0xFF;
  std::ranges::copy(*address, mapped.begin() + 12);
  return PiiSpan{.type = "IP",
                 .begin = static_cast<int64_t>(begin),
                 .end = static_cast<int64_t>(end + prefix),
                 .score = version ? 0.2 : 0.9,
                 .value = Canonical(mapped),
                 .reserved = IsReservedIpv4(*address)};
}

std::optional<PiiSpan> Ipv6At(std::string_view text, size_t at) {
  const auto belongs = [&](size_t i) {
    return IsHexDigit(text[i]) || text[i] == ':' || text[i] == '.';
  };
  size_t begin = at;
  size_t end = at;
  while (begin > 0 && at - begin < kMaxRunBytes && belongs(begin - 1)) --begin;
  while (end < text.size() && end - at < kMaxRunBytes && belongs(end)) ++end;
  while (end > begin && text[end - 1] == '.') --end;
  if (end > begin + 1 && text[end - 1] == ':' && text[end - 2] != ':') --end;  // "…::1: up"
  const auto address = ParseIpv6(text.substr(begin, end - begin));
  if (!address) return std::nullopt;
  if (begin > 0 && (IsAsciiWord(text[begin - 1]) || text[begin - 1] == '_')) return std::nullopt;
  const bool zoned = end < text.size() && text[end] == '%';
  if (!zoned && end < text.size() && (IsAsciiWord(text[end]) || text[end] == '_'))
    return std::nullopt;
  const std::string_view run = text.substr(begin, end - begin);
  const auto colons = std::ranges::count(run, ':');
  const bool digits = std::ranges::any_of(run, IsDigit);
  size_t whole = end;
  if (zoned) {
    ++whole;
    while (whole < text.size() && (IsAsciiWord(text[whole]) || text[whole] == '-')) ++whole;
  }
  whole += PrefixSize(text, whole, 128);
  // "a::b" is C++ more often than an address.
  const double score = run.size() >= 7 && colons >= 3 ? 0.95 : digits && colons >= 3 ? 0.7 : 0.3;
  return PiiSpan{.type = "IP",
                 .begin = static_cast<int64_t>(begin),
                 .end = static_cast<int64_t>(whole),
                 .score = score,
                 .value = Canonical(*address),
                 .reserved = IsReservedIpv6(*address)};
}

}  // namespace parley
