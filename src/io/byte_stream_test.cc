#include "io/byte_stream.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>

#include "base/random.h"

namespace parley {
namespace {

// A file of its own for each test, gone at the end.
class ByteStreamTest : public ::testing::Test {
 public:
  ByteStreamTest()
      : path_(std::filesystem::temp_directory_path() /
              ("parley-stream-" + std::to_string(getpid()))) {}
  ~ByteStreamTest() override { std::filesystem::remove(path_); }

 protected:
  std::unique_ptr<ByteStream> Open(std::string_view bytes) {
    Check(WriteWholeFile(path_, bytes).has_value(), "a test's file cannot be written");
    return ByteStream::Open(path_, CompressionOf(bytes)).value();
  }

  std::string path_;
};

std::string Gzip(std::string_view text) {
  z_stream zlib = {};
  deflateInit2(&zlib, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&zlib, text.size()) + 32, '\0');
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  zlib.avail_in = static_cast<uInt>(text.size());
  zlib.next_out = reinterpret_cast<Bytef*>(out.data());
  zlib.avail_out = static_cast<uInt>(out.size());
  deflate(&zlib, Z_FINISH);
  out.resize(zlib.total_out);
  deflateEnd(&zlib);
  return out;
}

std::string Zstd(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

// Letters that do not compress to nothing.
std::string Letters(size_t count) {
  Random random(7);
  std::string text(count, ' ');
  for (char& letter : text) letter = static_cast<char>('a' + random.Below(26));
  return text;
}

// All there is, in reads of `size`, and the error at the end if there is one.
std::pair<std::string, std::optional<Error>> ReadAll(ByteStream& stream, int64_t size = 1000) {
  std::string all;
  std::string part(static_cast<size_t>(size), '\0');
  for (;;) {
    const auto got = stream.Read(part.data(), size);
    if (!got) return {all, got.error()};
    if (*got == 0) return {all, std::nullopt};
    all.append(part, 0, static_cast<size_t>(*got));
  }
}

TEST_F(ByteStreamTest, ReadsEveryKindWhole) {
  const std::string text = Letters(1'000'000);
  const std::string empty;
  const struct {
    const char* name;
    std::string bytes;
    std::string want;
  } cases[] = {
      {"plain", text, text},
      {"nothing", empty, empty},
      {"gzip", Gzip(text), text},
      {"gzip of nothing", Gzip(empty), empty},
      {"gzip of three members", Gzip(text) + Gzip(empty) + Gzip("end"), text + "end"},
      {"gzip with noughts behind it", Gzip(text) + std::string(512, '\0'), text},
      {"zstd", Zstd(text), text},
      {"zstd of nothing", Zstd(empty), empty},
      {"zstd of three frames", Zstd(text) + Zstd(empty) + Zstd("end"), text + "end"},
      {"zstd behind a frame to be passed over",
       std::string("\x50\x2A\x4D\x18\x03\x00\x00\x00", 8) + "abc" + Zstd(text), text},
  };
  for (const auto& [name, bytes, want] : cases) {
    SCOPED_TRACE(name);
    const auto [all, error] = ReadAll(*Open(bytes));
    EXPECT_FALSE(error.has_value());
    EXPECT_TRUE(all == want);
  }
}

TEST_F(ByteStreamTest, TellsWhereDamagedDataEnd) {
  const std::string text = Letters(1'000'000);
  const struct {
    const char* name;
    std::string bytes;
    std::string message;
  } cases[] = {
      {"gzip cut", Gzip(text).substr(0, 300'000), "the gzip data end early"},
      {"gzip without its sum", Gzip(text).substr(0, Gzip(text).size() - 8),
       "the gzip data end early"},
      {"gzip and a note", Gzip(text) + "a note",
       "there are bytes behind the gzip data that are none"},
      {"gzip header alone", Gzip(text).substr(0, 2), "the gzip data end early"},
      {"zstd cut", Zstd(text).substr(0, 300'000), "the zstd data end early"},
      {"zstd and a note", Zstd(text) + "a note",
       "the zstd data are damaged (Unknown frame descriptor)"},
  };
  for (const auto& [name, bytes, message] : cases) {
    SCOPED_TRACE(name);
    const auto stream = Open(bytes);
    const auto [all, error] = ReadAll(*stream);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->code, Code::kInvalid);
    EXPECT_EQ(error->message, message);
    EXPECT_EQ(error->place.byte, static_cast<int64_t>(all.size()));
    EXPECT_TRUE(text.starts_with(all));
    char byte = 0;
    EXPECT_FALSE(stream->Read(&byte, 1).has_value()) << "an error stays";
  }
}

TEST_F(ByteStreamTest, FindsAFlippedBit) {
  std::string bytes = Gzip(Letters(100'000));
  bytes[bytes.size() / 2] ^= 4;
  EXPECT_TRUE(ReadAll(*Open(bytes)).second.has_value());
}

TEST_F(ByteStreamTest, SkipsAhead) {
  const std::string text = Letters(1'000'000);
  for (const std::string& bytes : {text, Gzip(text), Zstd(text)}) {
    const auto stream = Open(bytes);
    ASSERT_TRUE(stream->SkipTo(700'000).has_value());
    EXPECT_EQ(stream->offset(), 700'000);
    EXPECT_TRUE(ReadAll(*stream).first == text.substr(700'000));
  }
  EXPECT_FALSE(Open(Gzip(text))->SkipTo(1'000'001).has_value());
}

TEST_F(ByteStreamTest, PassesOnWhatTheSystemSays) {
  const auto stream = Open(Gzip("text"));
  SetFaultHook([](std::string_view call, const std::string&) { return call == "read" ? EIO : 0; });
  char buffer[8];
  const auto got = stream->Read(buffer, 8);
  SetFaultHook({});
  ASSERT_FALSE(got.has_value());
  EXPECT_EQ(got.error().code, Code::kIo);
}

}  // namespace
}  // namespace parley
