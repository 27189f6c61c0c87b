#include "release/verify/secrets.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "io/digest.h"
#include "io/file.h"
#include "release/ledger.h"

namespace parley {
namespace {

constexpr int64_t kMinLineBytes = 6;
constexpr int64_t kMinUserBytes = 16;

std::string Base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  uint32_t bits = 0;
  int held = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (held += 8; held >= 6; held -= 6) text += kDigits[bits >> (held - 6) & 63];
  }
  return text;  // What does not fill six bits is left out: a part of the key is enough to find.
}

// The bytes that `hex` spells; empty if it spells none.
std::string FromHex(std::string_view hex) {
  std::string bytes;
  if (hex.size() % 2 != 0) return bytes;
  for (size_t i = 0; i < hex.size(); i += 2) {
    int value = 0;
    for (const char c : hex.substr(i, 2)) {
      if (std::isxdigit(static_cast<unsigned char>(c)) == 0) return "";
      value = value * 16 + (c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    }
    bytes += static_cast<char>(value);
  }
  return bytes;
}

Status AddLines(const std::string& path, const std::string& name, int64_t min_bytes,
                NeedleSet& needles) {
  const std::string text = TRY(ReadWholeFile(path));
  int64_t line_number = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = std::string_view(text).substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    needles.Add(line, fmt::format("line {} of {}", ++line_number, name), min_bytes);
    at = end + 1;
  }
  return {};
}

void AddKey(std::string key, NeedleSet& needles) {
  while (!key.empty() && (key.back() == '\n' || key.back() == '\r')) key.pop_back();
  const std::string raw = FromHex(key);
  for (const std::string& form : {key, HexOf(key), Base64(key), raw, Base64(raw)}) {
    needles.Add(form, "the key of the user ids", kMinUserBytes / 2);
  }
}

Status AddUsers(const std::string& ledger_folder, NeedleSet& needles) {
  std::set<std::string> users;  // In order, so that findings are.
  for (const std::string& file : TRY(LedgerFiles(ledger_folder))) {
    auto opened = LedgerReader::Open(file);
    if (!opened) continue;  // The ledger's own check says what is wrong with it.
    while (true) {
      auto row = (*opened)->Next();
      if (!row || !row->has_value()) break;
      if (!(*row)->user.empty()) users.insert(std::move((*row)->user));
    }
  }
  for (const std::string& user : users) needles.Add(user, "a user of the ledger", kMinUserBytes);
  return {};
}

}  // namespace

Status GatherPrivate(const std::string& private_folder, Secrets& secrets) {
  if (private_folder.empty()) return {};
  if (const std::string key = private_folder + "/key"; Exists(key)) {
    AddKey(TRY(ReadWholeFile(key, 1 << 16)), secrets.anywhere);
  }
  if (const std::string lists = private_folder + "/opt_out"; Exists(lists)) {
    for (const std::string& name : TRY(ListFolder(lists))) {
      TRY(AddLines(lists + "/" + name, "private/opt_out/" + name, kMinLineBytes, secrets.anywhere));
    }
  }
  if (const std::string ledger = private_folder + "/ledger"; Exists(ledger)) {
    TRY(AddUsers(ledger, secrets.users));
  }
  return {};
}

Status GatherCanaries(const std::string& path, Secrets& secrets) {
  if (path.empty()) return {};
  return AddLines(path, "the canaries", 1, secrets.anywhere);
}

}  // namespace parley
