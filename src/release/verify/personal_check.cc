#include "release/verify/personal_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "io/file.h"
#include "release/verify/text_check.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr std::string_view kUnknownLanguage = "und";
constexpr std::string_view kJsonScript = "<script type=\"application/json\"";

struct CodeElement {
  std::string_view begin;
  std::string_view end;
};
constexpr std::array<CodeElement, 2> kCode = {{{"<script", "</script>"}, {"<style", "</style>"}}};

template <class Look>
void ForEachLine(std::string_view text, const Look& look) {
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    look(text.substr(at, end - at));
    at = end + 1;
  }
}

// The lines of [card], up to the next section.
std::string_view CardSection(std::string_view toml) {
  constexpr std::string_view kHead = "[card]\n";
  const size_t head = toml.starts_with(kHead) ? 0 : toml.find("\n[card]\n");
  if (head == std::string_view::npos) return {};
  const std::string_view rest = toml.substr(toml.find(kHead, head) + kHead.size());
  return rest.substr(0, rest.find("\n["));
}

// "num_bytes: 4157362671"
bool IsNumberField(std::string_view line) {
  const size_t colon = line.find(": ");
  if (colon == std::string_view::npos || colon + 2 == line.size()) return false;
  return line.find_first_not_of("0123456789", colon + 2) == std::string_view::npos;
}

// Every string and every key within the element.
template <class Look>
void ForEachText(JsonElement element, const Look& look) {
  if (std::string_view text; element.get(text) == simdjson::SUCCESS) look(text);
  if (JsonArray array; element.get(array) == simdjson::SUCCESS) {
    for (const JsonElement one : array) ForEachText(one, look);
  }
  if (JsonObject object; element.get(object) == simdjson::SUCCESS) {
    for (const auto& [key, value] : object) {
      look(key);
      ForEachText(value, look);
    }
  }
}

std::set<std::string> TypesWithin(const PersonalCheck& check, std::string_view key,
                                  JsonElement value) {
  std::set<std::string> types;
  const auto look = [&](std::string_view text) {
    for (std::string& type : check.TypesIn(text)) types.insert(std::move(type));
  };
  look(key);
  ForEachText(value, look);
  return types;
}

}  // namespace

std::string WithoutCode(std::string_view html, std::vector<std::string>& data) {
  std::string text;
  for (size_t at = 0; at < html.size();) {
    const std::string_view rest = html.substr(at);
    const auto code = std::ranges::find_if(
        kCode, [&](const CodeElement& element) { return rest.starts_with(element.begin); });
    if (code == kCode.end()) {
      text += html[at++];
      continue;
    }
    const std::string_view element = rest.substr(0, rest.find(code->end));
    const std::string_view inside = element.substr(std::min(element.find('>'), element.size()));
    if (element.starts_with(kJsonScript) && !inside.empty()) data.emplace_back(inside.substr(1));
    text.append(static_cast<size_t>(std::ranges::count(element, '\n')), '\n');
    at += element.size();
    if (at < html.size()) at += code->end.size();
  }
  return text;
}

PersonalCheck::PersonalCheck(const PiiDetector& detector, std::string_view recipe_toml)
    : detector_(detector), card_(WithoutEscapes(CardSection(recipe_toml))) {}

std::vector<std::string> PersonalCheck::TypesIn(std::string_view text) const {
  std::set<std::string> types;
  ForEachLine(WithoutEscapes(text), [&](std::string_view line) {
    for (const PiiSpan& span : detector_.FindPersonal(line, kUnknownLanguage)) {
      const auto begin = static_cast<size_t>(span.begin);
      const std::string_view found = line.substr(begin, static_cast<size_t>(span.end) - begin);
      if (card_.find(found) == std::string::npos) types.insert(span.type);
    }
  });
  return {types.begin(), types.end()};
}

void PersonalCheck::LookAtJson(std::string_view text, const std::string& name,
                               Findings& findings) const {
  JsonParser parser;
  const auto root = parser.Parse(text);
  if (!root) return findings.Add(name, "is no JSON");
  JsonObject object;
  if (root->get(object) != simdjson::SUCCESS) return LookAtLines(text, name, findings);
  for (const auto& [key, value] : object) {
    const bool may_be_named = TypesIn(key).empty();
    for (const std::string& type : TypesWithin(*this, key, value)) {
      findings.Add(name, fmt::format("{} holds an unreplaced {}",
                                     may_be_named ? fmt::format("\"{}\"", key) : "a key", type));
    }
  }
}

void PersonalCheck::LookAtLines(std::string_view text, const std::string& name,
                                Findings& findings) const {
  int64_t line_number = 0;
  ForEachLine(text, [&](std::string_view line) {
    ++line_number;
    if (IsNumberField(line)) return;
    for (const std::string& type : TypesIn(line)) {
      findings.Add(name, fmt::format("line {} holds an unreplaced {}", line_number, type));
    }
  });
}

void PersonalCheck::LookAtFile(const std::string& folder, const std::string& name,
                               Findings& findings) const {
  const auto text = ReadWholeFile(folder + "/" + name);
  if (!text) return;  // The search for secrets has said so.
  if (name.ends_with(".json")) return LookAtJson(*text, name, findings);
  if (!name.ends_with(".html")) return LookAtLines(*text, name, findings);
  std::vector<std::string> data;
  LookAtLines(WithoutCode(*text, data), name, findings);
  JsonParser parser;
  for (const std::string& json : data) {
    const auto root = parser.Parse(json);
    if (!root) {
      findings.Add(name, "its figures are no JSON");
      continue;
    }
    for (const std::string& type : TypesWithin(*this, "", *root)) {
      findings.Add(name, fmt::format("its figures hold an unreplaced {}", type));
    }
  }
}

}  // namespace parley
