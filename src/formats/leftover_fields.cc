#include "formats/leftover_fields.h"

namespace parley {
namespace {

void AppendKey(std::string& out, std::string_view key) {
  out += ',';
  AppendJsonString(out, key);
  out += ':';
}

}  // namespace

void LeftoverFields::Add(std::string_view key, JsonElement value) {
  if (value.is_null()) return;
  AppendKey(fields_, key);
  AppendJson(fields_, value);
}

void LeftoverFields::AddJson(std::string_view key, std::string_view json) {
  AppendKey(fields_, key);
  fields_ += json;
}

void LeftoverFields::AddToMessage(size_t index, std::string_view key, JsonElement value) {
  if (value.is_null()) return;
  OpenMessage(index);
  AppendKey(messages_, key);
  AppendJson(messages_, value);
}

void LeftoverFields::AddJsonToMessage(size_t index, std::string_view key, std::string_view json) {
  OpenMessage(index);
  AppendKey(messages_, key);
  messages_ += json;
}

void LeftoverFields::OpenMessage(size_t index) {
  if (open_ == static_cast<int64_t>(index)) return;
  if (open_ >= 0) messages_ += '}';
  messages_ += ",{\"index\":";
  messages_ += std::to_string(index);
  open_ = static_cast<int64_t>(index);
}

std::string LeftoverFields::Json() const {
  if (fields_.empty() && messages_.empty()) return {};
  std::string json = fields_;
  if (!messages_.empty()) json += ",\"message_fields\":[" + messages_.substr(1) + "}]";
  json[0] = '{';
  json += '}';
  return json;
}

void LeftoverFields::Clear() {
  fields_.clear();
  messages_.clear();
  open_ = -1;
}

}  // namespace parley
