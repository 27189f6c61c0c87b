// Small questions that every dialect asks of a JSON value.

#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "text/json.h"

namespace parley {

/// The value at `key`; none if it is absent or null. Linear in the object's fields.
std::optional<JsonElement> ValueAt(JsonObject object, std::string_view key);
std::optional<JsonObject> ObjectAt(JsonObject object, std::string_view key);
std::optional<JsonArray> ArrayAt(JsonObject object, std::string_view key);

/// Whether the object has the field, null or not.
bool Has(JsonObject object, std::string_view key);

/// The first element of the list at `key` as an object.
std::optional<JsonObject> FirstObjectAt(JsonObject object, std::string_view key);

/// The object that `json` is, parsed by `parser`; none if it is no object.
std::optional<JsonObject> ObjectIn(std::string_view json, JsonParser& parser);

std::optional<std::string_view> StringOf(JsonElement element);
std::optional<JsonObject> ObjectOf(JsonElement element);
std::optional<JsonArray> ArrayOf(JsonElement element);

/// A string as it is, a number or a truth value as JSON writes it; empty for all else: ids come as
/// both strings and numbers.
std::string ScalarText(JsonElement element);

/// `ScalarText` of the first of `keys` that has one that is not empty.
std::string FirstScalar(JsonObject object, std::initializer_list<std::string_view> keys);

/// True only for `true`.
bool IsTrue(JsonElement element);
bool TrueAt(JsonObject object, std::string_view key);

/// A moment: an ISO 8601 string, a number since 1970 in any of the usual units, or such a number in
/// a string.
std::optional<int64_t> MomentOf(JsonElement element);

/// The first of `keys` that holds a moment.
std::optional<int64_t> FirstMoment(JsonObject object, std::initializer_list<std::string_view> keys);

/// The later of two moments that may both be missing.
std::optional<int64_t> Later(std::optional<int64_t> left, std::optional<int64_t> right);

/// What `element` is or, for a string that holds a JSON object or list, what it holds (databases
/// export both). The value then lives in `parser` until its next call. A string that is no JSON
/// stays a string.
JsonElement Unwrapped(JsonElement element, JsonParser& parser);

}  // namespace parley
