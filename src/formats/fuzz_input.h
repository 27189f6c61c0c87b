// What the fuzz targets of readers share: bytes as a file, and the law that no byte is lost.

#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "formats/record_reader.h"

namespace parley {

/// A file in memory that holds the fuzzer's bytes.
class FuzzInput {
 public:
  FuzzInput(const uint8_t* data, size_t size)
      : bytes_(reinterpret_cast<const char*>(data), size), descriptor_(memfd_create("fuzz", 0)) {
    Check(write(descriptor_, data, size) == static_cast<ssize_t>(size), "no memory file");
  }
  ~FuzzInput() { close(descriptor_); }
  FuzzInput(const FuzzInput&) = delete;
  FuzzInput& operator=(const FuzzInput&) = delete;

  InputFile AsFile(Container container) const {
    return {.path = "/proc/self/fd/" + std::to_string(descriptor_),
            .name = "fuzz",
            .size_bytes = static_cast<int64_t>(bytes_.size()),
            .container = container};
  }
  std::string_view bytes() const { return bytes_; }

 private:
  std::string_view bytes_;
  int descriptor_;
};

/// Reads a whole file and checks that its records lie one behind the other, hold the bytes they say
/// they do, and leave out nothing but `separators` and a BOM in front. What lies behind the place
/// of an error is not looked at.
inline void CheckCover(const FuzzInput& input, Container container, std::string_view separators,
                       RecordReader::Options options) {
  const InputPiece whole{.end_byte = static_cast<int64_t>(input.bytes().size())};
  const auto reader = RecordReader::Open(input.AsFile(container), whole, options).value();
  std::string_view rest = input.bytes();
  int64_t at = 0;
  const auto pass = [&](int64_t to) {
    Check(to >= at && to <= whole.end_byte, "a record outside the file, or two in one place");
    std::string_view gap = rest.substr(0, static_cast<size_t>(to - at));
    if (at == 0 && gap.starts_with("\xEF\xBB\xBF")) gap.remove_prefix(3);
    Check(gap.find_first_not_of(separators) == std::string_view::npos, "a byte in no record");
    rest.remove_prefix(static_cast<size_t>(to - at));
    at = to;
  };
  for (;;) {
    const auto record = reader->Next();
    if (!record) Check(record.error().place.byte >= at, "an error in a record that was given");
    pass(!record ? record.error().place.byte : *record ? (*record)->begin_byte : whole.end_byte);
    if (!record || !*record) break;
    const auto size = static_cast<size_t>((*record)->size_bytes);
    Check(size <= rest.size(), "a record past the end");
    const bool fits = (*record)->size_bytes <= options.max_record_bytes;
    Check((*record)->too_large != fits, "the mark of a large record is wrong");
    Check((*record)->json == (fits ? rest.substr(0, size) : ""), "a record's text is not its own");
    rest.remove_prefix(size);
    at += (*record)->size_bytes;
  }
}

}  // namespace parley
