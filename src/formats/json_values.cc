#include "formats/json_values.h"

#include <algorithm>
#include <charconv>

#include "base/civil_time.h"

namespace parley {
namespace {

std::optional<double> NumberIn(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <class T>
std::optional<T> As(JsonElement element) {
  T value;
  if (element.get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

template <class T>
std::optional<T> AsAt(JsonObject object, std::string_view key) {
  T value;
  if (object[key].get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

}  // namespace

std::optional<JsonElement> ValueAt(JsonObject object, std::string_view key) {
  const auto value = AsAt<JsonElement>(object, key);
  if (value && value->is_null()) return std::nullopt;
  return value;
}

std::optional<JsonObject> ObjectAt(JsonObject object, std::string_view key) {
  return AsAt<JsonObject>(object, key);
}

std::optional<JsonArray> ArrayAt(JsonObject object, std::string_view key) {
  return AsAt<JsonArray>(object, key);
}

std::optional<std::string_view> StringOf(JsonElement element) {
  return As<std::string_view>(element);
}

std::optional<JsonObject> ObjectOf(JsonElement element) { return As<JsonObject>(element); }

std::optional<JsonArray> ArrayOf(JsonElement element) { return As<JsonArray>(element); }

std::string ScalarText(JsonElement element) {
  if (const auto text = StringOf(element)) return std::string(*text);
  if (element.is_null() || element.is_object() || element.is_array()) return {};
  return ToJson(element);
}

std::string FirstScalar(JsonObject object, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (const auto value = ValueAt(object, key)) {
      if (std::string text = ScalarText(*value); !text.empty()) return text;
    }
  }
  return {};
}

bool IsTrue(JsonElement element) { return As<bool>(element).value_or(false); }

bool TrueAt(JsonObject object, std::string_view key) {
  return AsAt<bool>(object, key).value_or(false);
}

std::optional<int64_t> MomentOf(JsonElement element) {
  if (const auto text = StringOf(element)) {
    if (const auto number = NumberIn(*text)) return MicrosFromNumber(*number);
    return ParseTime(*text);
  }
  const auto number = As<double>(element);
  return number ? MicrosFromNumber(*number) : std::nullopt;
}

std::optional<int64_t> FirstMoment(JsonObject object,
                                   std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (const auto value = ValueAt(object, key)) {
      if (const auto moment = MomentOf(*value)) return moment;
    }
  }
  return std::nullopt;
}

std::optional<int64_t> Later(std::optional<int64_t> left, std::optional<int64_t> right) {
  if (!left) return right;
  if (!right) return left;
  return std::max(*left, *right);
}

std::optional<JsonObject> ObjectIn(std::string_view json, JsonParser& parser) {
  const auto root = parser.Parse(json);
  return root ? ObjectOf(*root) : std::nullopt;
}

std::optional<JsonObject> FirstObjectAt(JsonObject object, std::string_view key) {
  const auto array = ArrayAt(object, key);
  if (!array || array->size() == 0) return std::nullopt;
  return ObjectOf(array->at(0));
}

bool Has(JsonObject object, std::string_view key) {
  return object[key].error() == simdjson::SUCCESS;
}

JsonElement Unwrapped(JsonElement element, JsonParser& parser) {
  const auto text = StringOf(element);
  if (!text || text->empty() || (text->front() != '{' && text->front() != '[')) return element;
  const auto inner = parser.Parse(*text);
  return inner ? *inner : element;
}

}  // namespace parley
