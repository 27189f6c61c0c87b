#include "io/digest.h"

#include <gtest/gtest.h>

#include "io/file.h"

namespace parley {
namespace {

// FIPS 180-4's examples, as `printf abc | sha256sum` also prints them.
constexpr std::string_view kOfAbc =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr std::string_view kOfNothing =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(Sha256Hex("abc"), kOfAbc);
  EXPECT_EQ(Sha256Hex(""), kOfNothing);
}

TEST(Sha256, DoesNotDependOnTheParts) {
  Sha256 digest;
  for (const char* part : {"a", "", "bc"}) digest.Add(part);
  EXPECT_EQ(digest.Hex(), kOfAbc);
}

TEST(Sha256, OfAFileIsThatOfItsBytes) {
  const std::string path = testing::TempDir() + "/parley_digest_test";
  // One byte more than the reading buffer, and exactly the buffer.
  for (const size_t size : {size_t{0}, size_t{1} << 20, (size_t{1} << 20) + 1}) {
    const std::string bytes(size, 'q');
    ASSERT_TRUE(WriteWholeFile(path, bytes));
    EXPECT_EQ(Sha256OfFile(path).value(), Sha256Hex(bytes)) << size;
  }
  ASSERT_TRUE(RemoveTree(path));
  EXPECT_EQ(Sha256OfFile(path).error().code, Code::kNotFound);
}

// RFC 4231, test cases 1, 2 and 6 (a key longer than a block).
TEST(HmacSha256, GivesThePublishedCodes) {
  EXPECT_EQ(HexOf(HmacSha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(HexOf(HmacSha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(HexOf(HmacSha256(std::string(131, '\xaa'),
                             "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HexOf, WritesTwoLowerCaseDigitsAByte) {
  EXPECT_EQ(HexOf(std::string("\x00\x0f\xf0\xff", 4)), "000ff0ff");
}

TEST(SecureRandomBytes, GivesAsManyAsAskedAndOthersEachTime) {
  const std::string first = SecureRandomBytes(32).value();
  EXPECT_EQ(first.size(), 32U);
  EXPECT_NE(first, SecureRandomBytes(32).value());
  EXPECT_EQ(SecureRandomBytes(0).value(), "");
}

}  // namespace
}  // namespace parley
