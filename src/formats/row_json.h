// A value of Arrow's as JSON text. For this folder only.

#pragma once

#include <arrow/array.h>

#include <cstdint>
#include <string>

namespace parley {

/// Appends the value of `array` at `index`.
///
/// Structs become objects and lists arrays; a map becomes an object if its keys are strings, else
/// an array of its pairs. A time is ISO 8601 in UTC, to the microsecond; a day is a date; a decimal
/// is a string, which keeps all digits. Bytes are written as they are, and mended where the JSON
/// is parsed. What is not finite is null. Kinds that logs do not have (durations, times of day) are
/// strings, as Arrow shows them.
void AppendJson(std::string& out, const arrow::Array& array, int64_t index);

}  // namespace parley
