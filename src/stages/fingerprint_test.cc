#include "stages/fingerprint.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "base/random.h"
#include "text/utf8.h"

namespace parley {
namespace {

RawConversation Of(std::vector<Message> messages) {
  RawConversation conversation;
  conversation.messages = std::move(messages);
  return conversation;
}

std::string Collapsed(std::string_view text) {
  std::string out;
  AppendCollapsed(text, out);
  return out;
}

// The definition, code point by code point. The list is that of PropList.txt of Unicode 15.
std::string SlowCollapsed(std::string_view text) {
  std::string out;
  bool pending = false;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = NextCodePoint(text, at);
    const bool white = (c >= 9 && c <= 13) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
                       (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
                       c == 0x205F || c == 0x3000;
    if (white) {
      pending = true;
      continue;
    }
    if (pending && !out.empty()) out += ' ';
    pending = false;
    AppendCodePoint(out, c);
  }
  return out;
}

TEST(AppendCollapsed, MakesEachRunOneSpaceAndTrims) {
  EXPECT_EQ(Collapsed(""), "");
  EXPECT_EQ(Collapsed(" \n\t "), "");
  EXPECT_EQ(Collapsed("one"), "one");
  EXPECT_EQ(Collapsed("  one\r\n\r\n\ttwo three "), "one two three");
  EXPECT_EQ(Collapsed("一\u3000\u3000二\u00A0\u2009三\u2028"), "一 二 三");
  EXPECT_EQ(Collapsed("\u200B"), "\u200B") << "a zero-width space is not white space";
}

TEST(AppendCollapsed, AgreesWithTheDefinitionOnRandomTexts) {
  constexpr std::array<std::string_view, 20> kPieces = {
      "a",      "word",   " ",      " ",          "  ",     "\n",     "\t\r\n",
      "é",      "\u00A0", "\u0085", "\u1680",     "\u2003", "\u2028", "、",
      "\u3000", "漢字",   "\u205F", "\U0001F600", "\u202F", "â"};
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    // Few kinds of piece in a text give long runs and long stretches of one kind.
    const int64_t kinds = 1 + random.Below(20);
    std::string text;
    for (int64_t i = random.Below(200); i > 0; --i) {
      text +=
          kPieces[static_cast<size_t>((random.Below(kinds) * 7 + static_cast<int64_t>(seed)) % 20)];
    }
    ASSERT_EQ(Collapsed(text), SlowCollapsed(text));
  }
}

TEST(Fingerprint, CountsWhereMessagesEnd) {
  const auto two = [](const char* first, const char* second) {
    return Fingerprint(Of({{Role::kUser, first}, {Role::kUser, second}}));
  };
  EXPECT_NE(two("ab", "c"), two("a", "bc"));
  EXPECT_NE(two("ab", "c"), two("c", "ab"));
  EXPECT_NE(two("ab", "").conversation, Fingerprint(Of({{Role::kUser, "ab"}})).conversation);
}

TEST(Fingerprint, CountsRolesAndCaseButNotSpacing) {
  const auto asked = [](const char* question, const char* answer) {
    return Fingerprint(Of({{Role::kUser, question}, {Role::kAssistant, answer}}));
  };
  EXPECT_EQ(asked("How  old?", "Two.\n"), asked(" How old?", "Two."));
  EXPECT_NE(asked("How old?", "Two."), asked("how old?", "Two."));
  EXPECT_NE(Fingerprint(Of({{Role::kUser, "x"}})).conversation,
            Fingerprint(Of({{Role::kSystem, "x"}})).conversation);
}

TEST(Fingerprint, OfTheUserLeavesOutEveryoneElse) {
  const auto one = Fingerprint(Of({{Role::kUser, "How old?"}, {Role::kAssistant, "Two."}}));
  const auto other = Fingerprint(
      Of({{Role::kSystem, "Be brief."}, {Role::kUser, "How old?"}, {Role::kAssistant, "Three."}}));
  EXPECT_EQ(one.user, other.user);
  EXPECT_NE(one.conversation, other.conversation);
}

// A fingerprint stands in ledgers that outlast a run, so it must not change unnoticed.
TEST(Fingerprint, StaysTheSameFromVersionToVersion) {
  const Hash128 hash = WideHashOf("How old?", 1);
  EXPECT_EQ(Fingerprint(Of({{Role::kUser, "How   old?"}})).user, Combine(Hash128{}, hash));
}

}  // namespace
}  // namespace parley
