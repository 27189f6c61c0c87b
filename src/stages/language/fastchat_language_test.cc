#include "stages/language/fastchat_language.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace parley {
namespace {

// What polyglot 16.7.4 with pycld2 0.42 and ICU answers to the same texts.
TEST(FastChatLanguageName, GivesTheNamesThatTheirsGives) {
  const struct {
    std::string_view text;
    std::string_view name;
  } cases[] = {
      {"How do I bake a loaf of bread without an oven?", "English"},
      {"hello", "English"},
      {"ok", "unknown"},
      {"Wie backe ich ein Brot ohne Backofen?", "German"},
      {"<p>Bonjour, je cherche une recette de pain</p>", "French"},
      {"你好，请帮我写一封信", "Chinese"},
      {"你好，請幫我寫一封信給老師", "Chinese"},
      {"오늘 날씨가 어때요", "Korean"},
      {"おはようございます、先生", "Japanese"},
      {"Kan du hjelpe meg med å bake et brød uten ovn?", "Norwegian"},
      {"Kan du hjelpe meg å skrive eit brev til læraren min om det vi gjorde i går?",
       "Norwegian Nynorsk"},
      {"Kako da ispečem hleb bez rerne?", "Serbian"},
      {"Mohon bantu saya menulis surat untuk guru saya", "Indonesian"},
      {"Maaari mo ba akong tulungan sa pagsulat ng liham", "Tagalog"},
      {"print(1)", "Kinyarwanda"},
      {"42", "unknown"},
      {"&eacute;t&eacute; &agrave; la plage avec mes amis", "French"},
      {"שלום, תוכל לעזור לי לכתוב מכתב?", "Hebrew"},
      {"😀😀", "unknown"},
      {"fn main() { println!(\"hi\"); }", "Tsonga"},
      {"qwrt zxcv plmk", "English"},
      {"int x = 0;", "English"},
      {"test", "English"},
  };
  for (const auto& [text, name] : cases) EXPECT_EQ(FastChatLanguageName(text), name) << text;
}

TEST(FastChatLanguageName, DoesNotKnowWhatCld2Refuses) {
  const std::string sentence = "This is an ordinary English sentence about the weather.";
  EXPECT_EQ(FastChatLanguageName(sentence), "English");
  EXPECT_EQ(FastChatLanguageName(sentence + std::string(1, '\0')), "unknown");
  EXPECT_EQ(FastChatLanguageName(sentence + "\x01"), "unknown");
  EXPECT_EQ(FastChatLanguageName(sentence + "\xff"), "unknown");
  EXPECT_EQ(FastChatLanguageName(""), "unknown");
}

}  // namespace
}  // namespace parley
