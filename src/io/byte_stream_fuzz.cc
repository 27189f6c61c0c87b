#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "io/byte_stream.h"

namespace {

constexpr size_t kEnough = 1 << 20;  // A few bytes may unpack to gigabytes.

struct Unpacked {
  std::string text;
  std::string error;  // With its place.
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

// Frames of zstd before its form was settled (22 B5 2F FD to 27 …), which the library still reads,
// less carefully; a file that begins with one counts as plain.
bool HoldsOldZstd(std::string_view bytes) {
  for (size_t at = 1; (at = bytes.find("\xB5\x2F\xFD", at)) != std::string_view::npos; ++at) {
    if (bytes[at - 1] >= '\x22' && bytes[at - 1] <= '\x27') return true;
  }
  return false;
}

}  // namespace

// Whatever the bytes are, they unpack to the same text read in small parts or in large ones. Where
// they are damaged both say so, but zstd may give less in front of it when asked for much.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (HoldsOldZstd({reinterpret_cast<const char*>(data), size})) return 0;
  const int descriptor = memfd_create("fuzz", 0);
  parley::Check(write(descriptor, data, size) == static_cast<ssize_t>(size), "no memory file");
  const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
  for (const auto compression : {parley::Compression::kGzip, parley::Compression::kZstd}) {
    const Unpacked large = Unpack(path, compression, 1 << 16);
    const Unpacked small = Unpack(path, compression, 7);
    parley::Check(small.error.empty() == large.error.empty(), "damage is seen in one way only");
    parley::Check(
        large.error.empty() ? small.text == large.text : small.text.starts_with(large.text),
        "small parts give something else");
  }
  close(descriptor);
  return 0;
}
