#include "io/standard_input.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace parley {
namespace {

class StandardInput final : public ByteStream {
 public:
  Result<int64_t> Read(char* buffer, int64_t size) override {
    for (;;) {
      const ssize_t got = read(STDIN_FILENO, buffer, static_cast<size_t>(size));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) {
        return Fail(Code::kIo, fmt::format("cannot read standard input: {}", std::strerror(errno)));
      }
      offset_ += got;
      return got;
    }
  }

  Status SkipTo(int64_t offset) override {
    char passed[4096];
    while (offset_ < offset) {
      const int64_t wanted = std::min<int64_t>(sizeof passed, offset - offset_);
      if (TRY(Read(passed, wanted)) == 0) {
        return Invalid("standard input ends before the place that was to be read");
      }
    }
    return {};
  }

  int64_t offset() const override { return offset_; }

 private:
  int64_t offset_ = 0;
};

}  // namespace

std::unique_ptr<ByteStream> OpenStandardInput() { return std::make_unique<StandardInput>(); }

}  // namespace parley
