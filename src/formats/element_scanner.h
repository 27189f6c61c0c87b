// Where a JSON value ends, without parsing it.

#pragma once

#include <cstdint>
#include <string_view>

namespace parley {

/// Follows one value of a JSON array through bytes that come in parts. Looks at strings, escapes
/// and brackets alone, so what is no JSON has an end too, and a later parser says what is wrong.
class ElementScanner {
 public:
  /// Takes bytes behind those of earlier calls. The count of those that belong to the value if it
  /// ends among them, else `npos`, and all of them do. The first byte of all is no white space,
  /// comma or closing square bracket.
  ///
  /// An object, an array or a string ends with its own closing byte; anything else ends in front
  /// of white space, a comma, a bracket or a quote, and holds one byte at least.
  size_t Scan(std::string_view bytes);

  static constexpr size_t npos = std::string_view::npos;

 private:
  size_t ScanString(std::string_view bytes, size_t at);

  int64_t depth_ = 0;
  bool started_ = false;
  bool scalar_ = false;
  bool in_string_ = false;
  bool escaped_ = false;
};

}  // namespace parley
