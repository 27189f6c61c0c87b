#include "curate/standard_input.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "io/file.h"

namespace parley {
namespace {

constexpr size_t kChunkBytes = 1 << 20;

// Fills `buffer` as far as the input goes; what was read.
Result<std::string_view> ReadChunk(std::string& buffer) {
  size_t filled = 0;
  while (filled < buffer.size()) {
    const ssize_t got = read(STDIN_FILENO, buffer.data() + filled, buffer.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return Fail(Code::kIo, fmt::format("cannot read standard input: {}", std::strerror(errno)));
    }
    if (got == 0) break;
    filled += static_cast<size_t>(got);
  }
  return std::string_view(buffer).substr(0, filled);
}

std::unexpected<Error> Different(const std::string& path) {
  return Fail(Code::kChanged,
              "standard input is not what this run was begun with; give another --out",
              {.file = path});
}

Status CompareWith(const std::string& path) {
  const auto kept = TRY(InputBytes::Open(path));
  std::string buffer(kChunkBytes, '\0');
  std::string expected(kChunkBytes, '\0');
  int64_t position = 0;
  for (;;) {
    const std::string_view chunk = TRY(ReadChunk(buffer));
    const int64_t got =
        TRY(kept->ReadAt(position, expected.data(), static_cast<int64_t>(chunk.size())));
    if (std::string_view(expected).substr(0, static_cast<size_t>(got)) != chunk) {
      return Different(path);
    }
    position += got;
    if (chunk.size() < kChunkBytes) break;
  }
  return position == kept->size_bytes() ? Status() : Different(path);
}

}  // namespace

Status SpoolStandardInput(const std::string& path) {
  if (Exists(path)) return CompareWith(path);
  TRY(MakeFolder(std::filesystem::path(path).parent_path().string()));
  const auto file = TRY(OutputFile::Create(path));
  std::string buffer(kChunkBytes, '\0');
  for (;;) {
    const std::string_view chunk = TRY(ReadChunk(buffer));
    TRY(file->Write(chunk));
    if (chunk.size() < kChunkBytes) return file->Commit();
  }
}

}  // namespace parley
