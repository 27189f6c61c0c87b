#include "formats/field_survey.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/utf8.h"

namespace parley {
namespace {

constexpr size_t kMaxFields = 300;
constexpr int kMaxDepth = 4;
constexpr size_t kElementsVisited = 64;  // Of one list; the first tell enough.
constexpr int64_t kShownCodePoints = 80;
constexpr size_t kShownElements = 3;

std::string_view TypeName(JsonElement element) {
  switch (element.type()) {
    case JsonType::ARRAY:
      return "list";
    case JsonType::OBJECT:
      return "object";
    case JsonType::STRING:
      return "string";
    case JsonType::BOOL:
      return "bool";
    case JsonType::NULL_VALUE:
      return "null";
    case JsonType::DOUBLE:
      return "number";
    default:
      return "integer";
  }
}

void ShortenText(std::string_view text, std::string& out) {
  size_t at = 0;
  for (int64_t i = 0; i < kShownCodePoints && at < text.size(); ++i) NextCodePoint(text, at);
  if (at == text.size()) return AppendJsonString(out, text);
  AppendJsonString(out, fmt::format("{}… ({} bytes)", text.substr(0, at), text.size()));
}

// NOLINTNEXTLINE(misc-no-recursion): the parser bounds the depth.
void Shorten(JsonElement element, std::string& out) {
  if (element.is_string()) return ShortenText(std::string_view(element), out);
  if (element.is_object()) {
    out += '{';
    for (bool first = true; const auto field : JsonObject(element)) {
      if (!first) out += ", ";
      first = false;
      AppendJsonString(out, field.key);
      out += ": ";
      Shorten(field.value, out);
    }
    out += '}';
  } else if (element.is_array()) {
    out += '[';
    size_t place = 0;
    for (const JsonElement one : JsonArray(element)) {
      if (place == kShownElements) break;
      if (place++ > 0) out += ", ";
      Shorten(one, out);
    }
    const size_t size = JsonArray(element).size();
    if (size > place) out += fmt::format(", \"… {} more\"", size - place);
    out += ']';
  } else {
    AppendJson(out, element);
  }
}

}  // namespace

std::string Shortened(JsonElement record) {
  std::string out;
  Shorten(record, out);
  return out;
}

void FieldSurvey::Meet(JsonElement element, const std::string& path, const std::string& parent) {
  auto found = places_.find(path);
  if (found == places_.end()) {
    if (fields_.size() == kMaxFields) {
      left_out_ = true;
      return;
    }
    found = places_.emplace(path, fields_.size()).first;
    fields_.push_back({.path = path, .types = {}, .parent = parent});
  }
  Field& field = fields_[found->second];
  ++field.present;
  ++field.types[std::string(TypeName(element))];
}

// NOLINTNEXTLINE(misc-no-recursion): at most kMaxDepth objects deep.
void FieldSurvey::Visit(JsonElement element, const std::string& path, int depth) {
  if (depth > kMaxDepth) return;
  if (element.is_array()) {
    size_t place = 0;
    for (const JsonElement one : JsonArray(element)) {
      if (place++ == kElementsVisited) break;
      Visit(one, path + "[]", depth + 1);
    }
  }
  if (!element.is_object()) return;
  if (objects_.size() < kMaxFields || objects_.contains(path)) ++objects_[path];
  for (const auto field : JsonObject(element)) {
    const std::string inner = (path.empty() ? "" : path + ".") + std::string(field.key);
    Meet(field.value, inner, path);
    if (places_.contains(inner)) Visit(field.value, inner, depth + 1);
  }
}

std::vector<InspectedField> FieldSurvey::Fields() const {
  std::vector<InspectedField> fields;
  for (const Field& field : fields_) {
    const auto parents = objects_.find(field.parent);
    const int64_t of = parents == objects_.end() ? field.present : parents->second;
    // An object that names a key twice counts once more than it should.
    fields.push_back(
        {.path = field.path,
         .share = std::min(1.0, static_cast<double>(field.present) / static_cast<double>(of)),
         .types = field.types});
  }
  return fields;
}

}  // namespace parley
