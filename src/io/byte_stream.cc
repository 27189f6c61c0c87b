#include "io/byte_stream.h"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>

namespace parley {
namespace {

constexpr int64_t kBlockBytes = 256 << 10;

class PlainStream final : public ByteStream {
 public:
  explicit PlainStream(std::unique_ptr<InputBytes> input) : input_(std::move(input)) {}

  Result<int64_t> Read(char* buffer, int64_t size) override {
    const int64_t got = TRY(input_->ReadAt(offset_, buffer, size));
    offset_ += got;
    return got;
  }

  Status SkipTo(int64_t offset) override {
    offset_ = offset;
    return {};
  }

  int64_t offset() const override { return offset_; }

 private:
  std::unique_ptr<InputBytes> input_;
  int64_t offset_ = 0;
};

// A block of compressed bytes and what was used of it.
class CompressedInput {
 public:
  explicit CompressedInput(std::unique_ptr<InputBytes> input)
      : input_(std::move(input)), block_(std::make_unique_for_overwrite<char[]>(kBlockBytes)) {}

  std::string_view unread() const { return {block_.get() + begin_, size_ - begin_}; }
  void Use(size_t count) { begin_ += count; }
  const std::string& path() const { return input_->path(); }

  // Makes `unread` not empty, except at the end of the file.
  Status Fill() {
    if (begin_ < size_) return {};
    const int64_t got = TRY(input_->ReadAt(offset_, block_.get(), kBlockBytes));
    offset_ += got;
    begin_ = 0;
    size_ = static_cast<size_t>(got);
    return {};
  }

 private:
  std::unique_ptr<InputBytes> input_;
  std::unique_ptr<char[]> block_;
  int64_t offset_ = 0;
  size_t begin_ = 0;
  size_t size_ = 0;
};

// What gzip and zstd share: a `Decompress` that may fail behind bytes which it has already given.
class CompressedStream : public ByteStream {
 public:
  explicit CompressedStream(std::unique_ptr<InputBytes> input) : input_(std::move(input)) {}

  Result<int64_t> Read(char* buffer, int64_t size) final {
    int64_t done = 0;
    while (done < size && !ended_) {
      TRY(input_.Fill());
      const auto got = Decompress(buffer + done, size - done);
      if (!got && done > 0) break;  // It fails again in the next call, by the same state.
      if (!got) return std::unexpected(got.error());
      done += *got;
      offset_ += *got;
    }
    return done;
  }

  Status SkipTo(int64_t offset) final {
    const auto passed = std::make_unique_for_overwrite<char[]>(kBlockBytes);
    while (offset_ < offset) {
      if (TRY(Read(passed.get(), std::min(kBlockBytes, offset - offset_))) == 0) {
        return Invalid("ends before the place that was to be read", PlaceHere());
      }
    }
    return {};
  }

  int64_t offset() const final { return offset_; }

 protected:
  // Uses `input_.unread()`, which is empty only at the end of the file. 0 bytes are no end: that is
  // `ended_`. Once it has failed it fails for good.
  virtual Result<int64_t> Decompress(char* buffer, int64_t size) = 0;

  Place PlaceHere() const { return {.file = input_.path(), .byte = offset_}; }

  CompressedInput input_;
  bool ended_ = false;

 private:
  int64_t offset_ = 0;
};

class GzipStream final : public CompressedStream {
 public:
  explicit GzipStream(std::unique_ptr<InputBytes> input) : CompressedStream(std::move(input)) {
    constexpr int kGzipOnly = 16;
    Check(inflateInit2(&zlib_, kGzipOnly + MAX_WBITS) == Z_OK, "no memory for a gzip window");
  }
  ~GzipStream() override { inflateEnd(&zlib_); }

 protected:
  Result<int64_t> Decompress(char* buffer, int64_t size) override {
    if (damaged_) return Invalid("the gzip data are damaged", PlaceHere());
    if (between_members_) return NextMember();
    const std::string_view unread = input_.unread();
    zlib_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(unread.data()));
    zlib_.avail_in = static_cast<uInt>(unread.size());
    zlib_.next_out = reinterpret_cast<Bytef*>(buffer);
    const auto room = static_cast<uInt>(std::min<int64_t>(size, 1 << 30));
    zlib_.avail_out = room;
    const int result = inflate(&zlib_, Z_NO_FLUSH);
    input_.Use(unread.size() - zlib_.avail_in);
    // At the end of the file zlib may still hold text that had no room before.
    if (result == Z_BUF_ERROR) return Invalid("the gzip data end early", PlaceHere());
    between_members_ = result == Z_STREAM_END;
    damaged_ = result != Z_OK && result != Z_STREAM_END;
    return static_cast<int64_t>(room - zlib_.avail_out);
  }

 private:
  // Behind a member stands the end, another member, or noughts up to a tape's block.
  Result<int64_t> NextMember() {
    const std::string_view unread = input_.unread();
    if (unread.empty()) {
      ended_ = true;
    } else if (unread[0] == '\0') {
      input_.Use(std::min(unread.find_first_not_of('\0'), unread.size()));
    } else if (unread[0] != '\x1F') {
      return Invalid("there are bytes behind the gzip data that are none", PlaceHere());
    } else {
      inflateReset(&zlib_);
      between_members_ = false;
    }
    return 0;
  }

  z_stream zlib_ = {};
  bool between_members_ = false;
  bool damaged_ = false;
};

class ZstdStream final : public CompressedStream {
 public:
  explicit ZstdStream(std::unique_ptr<InputBytes> input)
      : CompressedStream(std::move(input)), zstd_(ZSTD_createDStream()) {
    Check(zstd_ != nullptr, "no memory for a zstd stream");
    ZSTD_initDStream(zstd_);
  }
  ~ZstdStream() override { ZSTD_freeDStream(zstd_); }

 protected:
  Result<int64_t> Decompress(char* buffer, int64_t size) override {
    if (damage_ != nullptr) {
      return Invalid(fmt::format("the zstd data are damaged ({})", damage_), PlaceHere());
    }
    const std::string_view unread = input_.unread();
    ZSTD_inBuffer in = {unread.data(), unread.size(), 0};
    ZSTD_outBuffer out = {buffer, static_cast<size_t>(size), 0};
    const size_t result = ZSTD_decompressStream(zstd_, &out, &in);
    input_.Use(in.pos);
    if (ZSTD_isError(result)) {
      damage_ = ZSTD_getErrorName(result);
    } else if (unread.empty() && out.pos == 0) {
      if (!between_frames_) return Invalid("the zstd data end early", PlaceHere());
      ended_ = true;
    } else {
      between_frames_ = result == 0;
    }
    return static_cast<int64_t>(out.pos);
  }

 private:
  ZSTD_DStream* zstd_;
  bool between_frames_ = true;
  const char* damage_ = nullptr;
};

}  // namespace

std::string_view NameOf(Compression compression) {
  switch (compression) {
    case Compression::kNone:
      return "plain";
    case Compression::kGzip:
      return "gzip";
    case Compression::kZstd:
      return "zstd";
  }
  return "plain";
}

Compression CompressionOf(std::string_view first_bytes) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(first_bytes[i]); };
  if (first_bytes.starts_with("\x1F\x8B")) return Compression::kGzip;
  if (first_bytes.starts_with("\x28\xB5\x2F\xFD")) return Compression::kZstd;
  // A frame to be passed over (0x184D2A50 to 5F), as parallel compressors put first.
  const bool skippable = first_bytes.size() >= 4 && (byte(0) & 0xF0) == 0x50 && byte(1) == 0x2A &&
                         byte(2) == 0x4D && byte(3) == 0x18;
  return skippable ? Compression::kZstd : Compression::kNone;
}

Result<std::unique_ptr<ByteStream>> ByteStream::Open(const std::string& path,
                                                     Compression compression) {
  auto input = TRY(InputBytes::Open(path));
  switch (compression) {
    case Compression::kGzip:
      return std::make_unique<GzipStream>(std::move(input));
    case Compression::kZstd:
      return std::make_unique<ZstdStream>(std::move(input));
    case Compression::kNone:
      break;
  }
  return std::make_unique<PlainStream>(std::move(input));
}

}  // namespace parley
