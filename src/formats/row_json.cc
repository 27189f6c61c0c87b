#include "formats/row_json.h"

#include <arrow/array/array_dict.h>
#include <arrow/extension_type.h>
#include <arrow/scalar.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/civil_time.h"
#include "text/json.h"

namespace parley {
namespace {

template <class Array>
const Array& As(const arrow::Array& array) {
  return static_cast<const Array&>(array);
}

template <class Number>
void AppendInteger(std::string& out, Number number) {
  char digits[24];
  out.append(digits, std::to_chars(digits, std::end(digits), number).ptr);
}

template <class Number>
void AppendFloat(std::string& out, Number number) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  char digits[40];
  char* end = std::to_chars(digits, std::end(digits) - 2, number).ptr;
  if (std::find_if(digits, end, [](char c) { return c == '.' || c == 'e'; }) == end) {
    *end++ = '.';
    *end++ = '0';
  }
  out.append(digits, end);
}

void AppendQuoted(std::string& out, const std::string& text) {
  out += '"';
  out += text;
  out += '"';
}

// A count of `micros_each` since 1970; null where that is no time we can count.
std::optional<int64_t> MicrosOf(int64_t count, int64_t micros_each) {
  int64_t micros = 0;
  if (__builtin_mul_overflow(count, micros_each, &micros)) return std::nullopt;
  return micros;
}

void AppendTime(std::string& out, const arrow::TimestampArray& array, int64_t index) {
  const auto unit = static_cast<const arrow::TimestampType&>(*array.type()).unit();
  const int64_t count = array.Value(index);
  std::optional<int64_t> micros = count;
  if (unit == arrow::TimeUnit::SECOND) micros = MicrosOf(count, kMicrosPerSecond);
  if (unit == arrow::TimeUnit::MILLI) micros = MicrosOf(count, 1000);
  if (unit == arrow::TimeUnit::NANO) micros = count / 1000 - (count % 1000 < 0 ? 1 : 0);
  micros ? AppendQuoted(out, FormatTime(*micros)) : void(out += "null");
}

void AppendDay(std::string& out, int64_t days) {
  const auto micros = MicrosOf(days, kMicrosPerDay);
  micros ? AppendQuoted(out, FormatDay(*micros)) : void(out += "null");
}

void AppendElements(std::string& out, const arrow::Array& values, int64_t begin, int64_t count) {
  out += '[';
  for (int64_t i = 0; i < count; ++i) {
    if (i > 0) out += ',';
    AppendJson(out, values, begin + i);
  }
  out += ']';
}

template <class List>
void AppendList(std::string& out, const List& list, int64_t index) {
  AppendElements(out, *list.values(), list.value_offset(index), list.value_length(index));
}

void AppendStruct(std::string& out, const arrow::StructArray& array, int64_t index) {
  out += '{';
  for (int i = 0; i < array.num_fields(); ++i) {
    if (i > 0) out += ',';
    AppendJsonString(out, array.type()->field(i)->name());
    out += ':';
    AppendJson(out, *array.field(i), index);
  }
  out += '}';
}

void AppendMap(std::string& out, const arrow::MapArray& map, int64_t index) {
  if (map.keys()->type_id() != arrow::Type::STRING) {
    AppendList(out, map, index);
    return;
  }
  out += '{';
  for (int64_t i = 0; i < map.value_length(index); ++i) {
    if (i > 0) out += ',';
    AppendJson(out, *map.keys(), map.value_offset(index) + i);
    out += ':';
    AppendJson(out, *map.items(), map.value_offset(index) + i);
  }
  out += '}';
}

// Decimals, durations, times of day: a string with what Arrow shows.
void AppendOther(std::string& out, const arrow::Array& array, int64_t index) {
  const auto scalar = array.GetScalar(index);
  AppendJsonString(out, scalar.ok() ? (*scalar)->ToString() : std::string());
}

// False if the array holds no numbers.
bool AppendIfNumber(std::string& out, const arrow::Array& array, int64_t index) {
  switch (array.type_id()) {
    case arrow::Type::INT8:
      AppendInteger(out, As<arrow::Int8Array>(array).Value(index));
      return true;
    case arrow::Type::INT16:
      AppendInteger(out, As<arrow::Int16Array>(array).Value(index));
      return true;
    case arrow::Type::INT32:
      AppendInteger(out, As<arrow::Int32Array>(array).Value(index));
      return true;
    case arrow::Type::INT64:
      AppendInteger(out, As<arrow::Int64Array>(array).Value(index));
      return true;
    case arrow::Type::UINT8:
      AppendInteger(out, As<arrow::UInt8Array>(array).Value(index));
      return true;
    case arrow::Type::UINT16:
      AppendInteger(out, As<arrow::UInt16Array>(array).Value(index));
      return true;
    case arrow::Type::UINT32:
      AppendInteger(out, As<arrow::UInt32Array>(array).Value(index));
      return true;
    case arrow::Type::UINT64:
      AppendInteger(out, As<arrow::UInt64Array>(array).Value(index));
      return true;
    case arrow::Type::FLOAT:
      AppendFloat(out, As<arrow::FloatArray>(array).Value(index));
      return true;
    case arrow::Type::DOUBLE:
      AppendFloat(out, As<arrow::DoubleArray>(array).Value(index));
      return true;
    default:
      return false;
  }
}

// False if the array holds neither text nor times.
bool AppendIfText(std::string& out, const arrow::Array& array, int64_t index) {
  switch (array.type_id()) {
    case arrow::Type::STRING:
    case arrow::Type::BINARY:
      AppendJsonString(out, As<arrow::BinaryArray>(array).GetView(index));
      return true;
    case arrow::Type::LARGE_STRING:
    case arrow::Type::LARGE_BINARY:
      AppendJsonString(out, As<arrow::LargeBinaryArray>(array).GetView(index));
      return true;
    case arrow::Type::STRING_VIEW:
    case arrow::Type::BINARY_VIEW:
      AppendJsonString(out, As<arrow::BinaryViewArray>(array).GetView(index));
      return true;
    case arrow::Type::TIMESTAMP:
      AppendTime(out, As<arrow::TimestampArray>(array), index);
      return true;
    case arrow::Type::DATE32:
      AppendDay(out, As<arrow::Date32Array>(array).Value(index));
      return true;
    case arrow::Type::DATE64:
      AppendDay(out, As<arrow::Date64Array>(array).Value(index) / 86'400'000);
      return true;
    default:
      return false;
  }
}

}  // namespace

void AppendJson(std::string& out, const arrow::Array& array, int64_t index) {
  if (array.IsNull(index)) {
    out += "null";
    return;
  }
  if (AppendIfNumber(out, array, index) || AppendIfText(out, array, index)) return;
  switch (array.type_id()) {
    case arrow::Type::NA:
      out += "null";
      break;
    case arrow::Type::BOOL:
      out += As<arrow::BooleanArray>(array).Value(index) ? "true" : "false";
      break;
    case arrow::Type::STRUCT:
      AppendStruct(out, As<arrow::StructArray>(array), index);
      break;
    case arrow::Type::LIST:
      AppendList(out, As<arrow::ListArray>(array), index);
      break;
    case arrow::Type::LARGE_LIST:
      AppendList(out, As<arrow::LargeListArray>(array), index);
      break;
    case arrow::Type::FIXED_SIZE_LIST:
      AppendList(out, As<arrow::FixedSizeListArray>(array), index);
      break;
    case arrow::Type::MAP:
      AppendMap(out, As<arrow::MapArray>(array), index);
      break;
    case arrow::Type::DICTIONARY: {
      const auto& coded = As<arrow::DictionaryArray>(array);
      AppendJson(out, *coded.dictionary(), coded.GetValueIndex(index));
      break;
    }
    case arrow::Type::EXTENSION:
      AppendJson(out, *As<arrow::ExtensionArray>(array).storage(), index);
      break;
    default:
      AppendOther(out, array, index);
  }
}

}  // namespace parley
