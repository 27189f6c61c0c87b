#include "text/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "text/json_fault.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr size_t kDepthLimit = 1024;
constexpr size_t kKeptCapacityBytes = 4 << 20;  // A parser that met a giant gives its memory back.

std::optional<unsigned> HexAt(std::string_view text, size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
  unsigned value = 0;
  for (const char c : text.substr(at + 2, 4)) {
    const char* digits = "0123456789abcdef";
    const char* found = std::find(digits, digits + 16, c >= 'A' && c <= 'F' ? c + 32 : c);
    if (found == digits + 16) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(found - digits);
  }
  return value;
}

bool IsHigh(unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsLow(unsigned unit) { return unit >= 0xDC00 && unit < 0xE000; }

// Writes U+FFFD for every escaped surrogate without its partner. Counts them.
int64_t MendSurrogates(std::string& text) {
  int64_t mended = 0;
  for (size_t at = 0; (at = text.find('\\', at)) != std::string::npos;) {
    const auto unit = HexAt(text, at);
    if (!unit) {
      at += 2;
      continue;
    }
    const auto next = IsHigh(*unit) ? HexAt(text, at + 6) : std::nullopt;
    if (next && IsLow(*next)) {
      at += 12;
      continue;
    }
    if (IsHigh(*unit) || IsLow(*unit)) {
      text.replace(at, 6, "\\ufffd");
      ++mended;
    }
    at += 6;
  }
  return mended;
}

std::string_view WithoutBom(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

// What is wrong with a text that the parser refused, `skipped` bytes into the record.
Error Refusal(std::string_view text, size_t skipped) {
  const auto fault = FindJsonFault(text);
  Error refusal{Code::kInvalid, "not JSON: something else was expected here", {}};
  refusal.place.byte = static_cast<int64_t>(fault.value_or(0) + skipped);
  if (fault == text.size()) refusal.message = "not JSON: it ends too early";
  if (!fault) refusal.message = "a number in it is too large to read";
  return refusal;
}

}  // namespace

Result<JsonElement> JsonParser::Parse(std::string_view text) {
  repaired_ = 0;
  const size_t bom_bytes = text.size() - WithoutBom(text).size();
  text = WithoutBom(text);
  if (text.empty()) return Invalid("empty where a JSON value was expected", {.byte = 0});
  if (parser_.capacity() > kKeptCapacityBytes && text.size() < kKeptCapacityBytes) {
    parser_ = simdjson::dom::parser();
  }
  if (text.size() > parser_.capacity() || parser_.max_depth() != kDepthLimit) {
    const auto failed = parser_.allocate(std::max(text.size(), size_t{1} << 16), kDepthLimit);
    if (failed) return Fail(Code::kTooLarge, "no memory to parse this record");
  }
  simdjson::dom::element root;
  auto error = parser_.parse(text.data(), text.size()).get(root);
  if (error == simdjson::UTF8_ERROR || error == simdjson::STRING_ERROR) {
    mended_.clear();
    repaired_ = RepairUtf8(text, mended_);
    repaired_ += MendSurrogates(mended_);
    error = parser_.parse(mended_.data(), mended_.size()).get(root);
  }
  if (error == simdjson::DEPTH_ERROR)
    return Invalid("nested deeper than 1,024 levels", {.byte = 0});
  if (error == simdjson::EMPTY)
    return Invalid("empty where a JSON value was expected", {.byte = 0});
  if (error != simdjson::SUCCESS) {
    return std::unexpected(Refusal(text, bom_bytes));
  }
  return root;
}

std::string_view StringAt(JsonObject object, std::string_view key, std::string_view otherwise) {
  std::string_view value;
  return object[key].get(value) == simdjson::SUCCESS ? value : otherwise;
}

void AppendJsonString(std::string& out, std::string_view text) {
  out += '"';
  size_t begin = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, begin, i - begin);
    begin = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += fmt::format("\\u{:04x}", c);
    }
  }
  out.append(text, begin);
  out += '"';
}

std::string ToJson(JsonElement element) { return simdjson::minify(element); }

bool AppendNumber(std::string& out, JsonElement element) {
  char digits[32];
  char* end = digits;
  switch (element.type()) {
    case JsonType::INT64:
      end = std::to_chars(digits, std::end(digits), int64_t(element)).ptr;
      break;
    case JsonType::UINT64:
      end = std::to_chars(digits, std::end(digits), uint64_t(element)).ptr;
      break;
    case JsonType::DOUBLE:
      end = std::to_chars(digits, std::end(digits), double(element)).ptr;
      if (std::find_if(digits, end, [](char c) { return c == '.' || c == 'e'; }) == end) {
        *end++ = '.';
        *end++ = '0';
      }
      break;
    default:
      return false;
  }
  out.append(digits, end);
  return true;
}

void AppendJson(std::string& out, JsonElement element) {
  char before = '\0';
  switch (element.type()) {
    case JsonType::OBJECT:
      before = '{';
      for (const auto& [key, value] : JsonObject(element)) {
        out += before;
        AppendJsonString(out, key);
        out += ':';
        AppendJson(out, value);
        before = ',';
      }
      out += before == '{' ? "{}" : "}";
      break;
    case JsonType::ARRAY:
      before = '[';
      for (const JsonElement value : JsonArray(element)) {
        out += before;
        AppendJson(out, value);
        before = ',';
      }
      out += before == '[' ? "[]" : "]";
      break;
    case JsonType::STRING:
      AppendJsonString(out, std::string_view(element));
      break;
    case JsonType::BOOL:
      out += bool(element) ? "true" : "false";
      break;
    case JsonType::NULL_VALUE:
      out += "null";
      break;
    default:
      AppendNumber(out, element);
  }
}

void JsonWriter::NewLine() {
  if (indent_ == 0) return;
  text_ += '\n';
  text_.append(closers_.size() * static_cast<size_t>(indent_), ' ');
}

void JsonWriter::Separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (!first_) text_ += ',';
  if (!closers_.empty()) NewLine();
  first_ = false;
}

JsonWriter& JsonWriter::BeginObject() {
  Separate();
  text_ += '{';
  closers_.push_back('}');
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::BeginArray() {
  Separate();
  text_ += '[';
  closers_.push_back(']');
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::End() {
  Check(!closers_.empty(), "JsonWriter::End without a Begin");
  const char closer = closers_.back();
  closers_.pop_back();
  if (!first_) NewLine();
  text_ += closer;
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::Key(std::string_view key) {
  Separate();
  AppendJsonString(text_, key);
  text_ += indent_ > 0 ? ": " : ":";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::String(std::string_view value) {
  Separate();
  AppendJsonString(text_, value);
  return *this;
}

JsonWriter& JsonWriter::Int(int64_t value) { return Raw(fmt::format("{}", value)); }

JsonWriter& JsonWriter::Double(double value) {
  return std::isfinite(value) ? Raw(fmt::format("{}", value)) : Null();
}

JsonWriter& JsonWriter::Bool(bool value) { return Raw(value ? "true" : "false"); }

JsonWriter& JsonWriter::Null() { return Raw("null"); }

JsonWriter& JsonWriter::Raw(std::string_view json) {
  Separate();
  text_ += json;
  return *this;
}

}  // namespace parley
