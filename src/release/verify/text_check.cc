#include "release/verify/text_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "io/file.h"
#include "release/markdown.h"
#include "release/profile.h"
#include "text/json.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr std::array<std::pair<std::string_view, char>, 5> kNamed = {
    {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&#39;", '\''}}};

// The number after `key` on a line of its own in the card's header.
std::optional<int64_t> NumberAfter(std::string_view header, std::string_view key) {
  const size_t found = header.find(fmt::format(" {}: ", key));
  if (found == std::string_view::npos) return std::nullopt;
  const std::string_view rest = header.substr(found + key.size() + 3);
  int64_t number = 0;
  const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (read.ec != std::errc() || read.ptr == rest.data() + rest.size() || *read.ptr != '\n') {
    return std::nullopt;
  }
  return number;
}

void CheckCard(const std::string& card, const Manifest& manifest, const Statistics& counted,
               Findings& findings) {
  const std::string file = "README.md";
  const size_t end = card.find("\n---\n", 3);
  if (!card.starts_with("---\n") || end == std::string::npos) {
    return findings.Add(file, "does not begin with the hub's header");
  }
  const std::string_view header = std::string_view(card).substr(0, end + 1);
  int64_t size_bytes = 0;
  for (const ReleaseFile& file_info : manifest.files) {
    if (file_info.path.starts_with("data/")) size_bytes += file_info.size_bytes;
  }
  const std::array<std::pair<std::string_view, int64_t>, 4> want = {
      {{"num_examples", counted.conversations},
       {"num_bytes", NumBytesOf(manifest.shards)},
       {"download_size", size_bytes},
       {"dataset_size", NumBytesOf(manifest.shards)}}};
  for (const auto& [key, number] : want) {
    if (NumberAfter(header, key) != number) {
      findings.Add(file, fmt::format("its {} is not the data's, {}", key, number));
    }
  }
  if (header.find(FeaturesYaml(SchemaOf(manifest.profile), 2)) == std::string_view::npos) {
    findings.Add(file, "its features are not those of the profile");
  }
  if (card.find(fmt::format("| Conversations | {} |", WithCommas(counted.conversations))) ==
      std::string::npos) {
    findings.Add(file, "its table of basic statistics has another number of conversations");
  }
}

void CheckCroissant(const std::string& text, const Manifest& manifest, Findings& findings) {
  const std::string file = "croissant.json";
  JsonParser parser;
  const auto root = parser.Parse(text);
  JsonArray distribution;
  if (!root || (*root)["distribution"].get(distribution) != simdjson::SUCCESS) {
    return findings.Add(file, "is no Croissant description");
  }
  std::map<std::string, std::string> said;
  for (const JsonElement part : distribution) {
    JsonObject object;
    if (part.get(object) != simdjson::SUCCESS) continue;
    if (const std::string_view hash = StringAt(object, "sha256"); !hash.empty()) {
      said[std::string(StringAt(object, "contentUrl"))] =
          fmt::format("{} {}", hash, StringAt(object, "contentSize"));
    }
  }
  std::map<std::string, std::string> want;
  for (const ReleaseFile& shard : manifest.files) {
    if (!shard.path.starts_with("data/")) continue;
    want[shard.path] = fmt::format("{} {} B", shard.sha256, shard.size_bytes);
  }
  if (said != want) findings.Add(file, "its files, hashes or sizes are not those of the shards");
}

void AppendEscaped(std::string_view text, size_t& at, std::string& out) {
  const char c = text[at + 1];
  at += 2;
  if (c == 'u' && at + 4 <= text.size()) {
    uint32_t unit = 0;
    const auto read = std::from_chars(text.data() + at, text.data() + at + 4, unit, 16);
    if (read.ptr == text.data() + at + 4 && (unit < 0xD800 || unit > 0xDFFF)) {
      AppendCodePoint(out, static_cast<char32_t>(unit));
      at += 4;
      return;
    }
  }
  out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
}

}  // namespace

std::string WithoutEscapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      AppendEscaped(text, at, out);
      continue;
    }
    const auto named = std::ranges::find_if(
        kNamed, [&](const auto& name) { return text.substr(at).starts_with(name.first); });
    if (text[at] == '&' && named != kNamed.end()) {
      out += named->second;
      at += named->first.size();
    } else {
      out += text[at++];
    }
  }
  return out;
}

void CheckDescriptions(const std::string& folder, const Manifest& manifest,
                       const Statistics& counted, Findings& findings) {
  if (const auto card = ReadWholeFile(folder + "/README.md")) {
    CheckCard(*card, manifest, counted, findings);
  }
  if (const auto croissant = ReadWholeFile(folder + "/croissant.json")) {
    CheckCroissant(*croissant, manifest, findings);
  }
}

void CheckTextFor(const std::string& folder, const std::string& name, const Secrets& secrets,
                  Findings& findings) {
  const auto text = ReadWholeFile(folder + "/" + name);
  if (!text) return findings.Add(name, text.error().message);
  const std::string plain = WithoutEscapes(*text);
  std::string scratch;
  for (const NeedleSet* needles : {&secrets.anywhere, &secrets.users}) {
    std::vector<int64_t> found = needles->FindIn(*text, scratch);
    const std::vector<int64_t> more = needles->FindIn(plain, scratch);
    found.insert(found.end(), more.begin(), more.end());
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    for (const int64_t needle : found) {
      findings.Add(name, needles->NameOf(needle) + " stands in it");
    }
  }
}

}  // namespace parley
