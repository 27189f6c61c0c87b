#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <string>

#include "io/byte_stream.h"

namespace {

constexpr size_t kEnough = 1 << 20;  // A few bytes may unpack to gigabytes.

struct Unpacked {
  std::string text;
  std::string error;  // With its place.
  bool operator==(const Unpacked&) const = default;
};

Unpacked Unpack(const std::string& path, parley::Compression compression, int64_t size) {
  const auto stream = parley::ByteStream::Open(path, compression).value();
  Unpacked unpacked;
  std::string part(static_cast<size_t>(size), '\0');
  while (unpacked.text.size() < kEnough) {
    const auto got = stream->Read(part.data(), size);
    if (!got) unpacked.error = Describe(got.error());
    if (!got || *got == 0) return unpacked;
    parley::Check(*got <= size, "more than was asked for");
    unpacked.text.append(part, 0, static_cast<size_t>(*got));
    parley::Check(stream->offset() == static_cast<int64_t>(unpacked.text.size()),
                  "the offset is not the count of bytes");
  }
  unpacked.text.resize(kEnough);
  return unpacked;
}

}  // namespace

// Whatever the bytes are, they unpack to the same text and the same error, read in small parts or
// in large ones.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const int descriptor = memfd_create("fuzz", 0);
  parley::Check(write(descriptor, data, size) == static_cast<ssize_t>(size), "no memory file");
  const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
  for (const auto compression : {parley::Compression::kGzip, parley::Compression::kZstd}) {
    const Unpacked large = Unpack(path, compression, 1 << 16);
    parley::Check(Unpack(path, compression, 7) == large, "small parts give something else");
  }
  close(descriptor);
  return 0;
}
