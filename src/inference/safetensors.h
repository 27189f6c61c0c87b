// Reads a file of tensors in the safetensors form: eight bytes for the header's length, the header
// in JSON, then the tensors' bytes, one behind another.

#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"

namespace parley {

/// A file's tensors and its metadata. Immutable; keeps the file's bytes in memory.
class SafeTensors {
 public:
  /// Strict: each byte of the file belongs to the header or to one tensor, and each tensor has the
  /// bytes that its type and shape ask for. NotFound if there is no such file; Invalid, naming what
  /// is wrong, if the file is cut, goes on behind its last tensor, or is something else.
  static Result<SafeTensors> Read(const std::string& path);

  /// As `Read`, from the file's bytes; `path` is for the errors.
  static Result<SafeTensors> Parse(std::string bytes, const std::string& path);

  /// The value of `__metadata__`'s `key`. Invalid if there is none.
  Result<std::string> Metadata(std::string_view key) const;
  /// As `Metadata`, a whole number from `least` to `most`.
  Result<int64_t> MetadataNumber(std::string_view key, int64_t least, int64_t most) const;

  /// The tensor's values, row by row. Invalid if it is not there, of another type or of another
  /// shape; of floats also if one of them is not finite.
  Result<std::vector<float>> Floats(const std::string& name,
                                    std::initializer_list<int64_t> shape) const;
  Result<std::span<const int8_t>> Int8s(const std::string& name,
                                        std::initializer_list<int64_t> shape) const;

  /// Its shape; Invalid if there is no such tensor.
  Result<std::vector<int64_t>> Shape(const std::string& name) const;

  /// The names, in the order of their bytes.
  std::vector<std::string> Names() const;

  const std::string& path() const { return path_; }

 private:
  struct Tensor {
    std::string type;
    std::vector<int64_t> shape;
    int64_t begin = 0;  // In bytes from the file's beginning.
    int64_t end = 0;
  };

  SafeTensors() = default;
  Status ReadHeader(std::string_view header);
  Status CheckLayout(int64_t data_begin) const;
  Result<const Tensor*> Find(const std::string& name, std::string_view type,
                             std::initializer_list<int64_t> shape) const;
  std::unexpected<Error> Refuse(std::string message) const;

  std::string path_;
  std::string bytes_;
  std::map<std::string, Tensor, std::less<>> tensors_;
  std::map<std::string, std::string, std::less<>> metadata_;
};

}  // namespace parley
