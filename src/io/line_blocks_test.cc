#include "io/line_blocks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace parley {
namespace {

using ::testing::ElementsAre;

// Gives its text in reads of the given sizes, then in reads of one byte.
class Dripping final : public ByteStream {
 public:
  Dripping(std::string text, std::vector<int64_t> sizes)
      : text_(std::move(text)), sizes_(std::move(sizes)) {}

  Result<int64_t> Read(char* buffer, int64_t size) override {
    const int64_t wanted = reads_ < sizes_.size() ? sizes_[reads_] : 1;
    ++reads_;
    const int64_t got = std::min({wanted, size, std::ssize(text_) - offset_});
    std::copy_n(text_.data() + offset_, got, buffer);
    offset_ += got;
    return got;
  }
  Status SkipTo(int64_t) override { return {}; }
  int64_t offset() const override { return offset_; }

 private:
  std::string text_;
  std::vector<int64_t> sizes_;
  size_t reads_ = 0;
  int64_t offset_ = 0;
};

std::vector<std::string> LinesOf(std::string text, std::vector<int64_t> sizes,
                                 int64_t max_line_bytes = 100) {
  LineBlocks blocks(std::make_unique<Dripping>(std::move(text), std::move(sizes)),
                    {.block_bytes = 8, .max_line_bytes = max_line_bytes});
  std::vector<std::string> lines;
  for (;;) {
    const LineBlock block = blocks.Next().value();
    if (block.size() == 0) return lines;
    for (size_t i = 0; i < block.size(); ++i) {
      lines.push_back(block.too_long(i) ? "(too long)" : std::string(block.line(i)));
    }
  }
}

TEST(LineBlocks, GivesEveryLineOnceHoweverTheReadsFall) {
  const std::string text = "one\r\n\ntwo\nthree, a longer one\nend";
  for (int64_t first = 1; first <= 8; ++first) {
    for (int64_t second = 1; second <= 8; ++second) {
      EXPECT_THAT(LinesOf(text, {first, second, 8, 8, 8, 8}),
                  ElementsAre("one", "", "two", "three, a longer one", "end"));
    }
  }
  EXPECT_THAT(LinesOf("", {}), ElementsAre());
  EXPECT_THAT(LinesOf("\n", {}), ElementsAre(""));
  EXPECT_THAT(LinesOf("a\n", {}), ElementsAre("a"));
}

TEST(LineBlocks, GivesWhatAPipeHasWithoutWaiting) {
  LineBlocks blocks(std::make_unique<Dripping>("a\nb\nc\n", std::vector<int64_t>{2, 2, 2}), {});
  EXPECT_EQ(blocks.Next().value().size(), 1U);
  EXPECT_EQ(blocks.bytes_read(), 2);
}

TEST(LineBlocks, PassesOverALineThatIsTooLong) {
  EXPECT_THAT(LinesOf("ab\n0123456789abcdefghijklmn\ncd\n", {8, 8, 8, 8, 8}, 10),
              ElementsAre("ab", "(too long)", "cd"));
  EXPECT_THAT(LinesOf("0123456789abcdefghijklmn", {8, 8, 8, 8, 8}, 10), ElementsAre("(too long)"));
}

}  // namespace
}  // namespace parley
