#include "stages/names/name_screen.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "io/data_files.h"

namespace parley {
namespace {

const NameScreen& Screen() {
  static const NameScreen screen(std::make_shared<const NameLists>(
      NameLists::Read(FindDataFile("names/words.bin").value()).value()));
  return screen;
}

// What the linear model of the build says in place of the rules.
const NameScreen& ScreenWithOdds() {
  static const NameScreen screen(
      std::make_shared<const NameLists>(
          NameLists::Read(FindDataFile("names/words.bin").value()).value()),
      std::make_shared<const NameOdds>(
          NameOdds::Read(FindDataFile("names/screen.safetensors").value()).value()));
  return screen;
}

bool OddsLetThrough(const std::string& text) {
  return !ScreenWithOdds().Screen({.text = text, .language = "en"}).read.empty();
}

bool LetsThrough(const std::string& text, const std::string& language = "en",
                 bool by_person = true) {
  return !Screen()
              .Screen({.text = text, .language = language, .by_person = by_person})
              .read.empty();
}

TEST(NameScreen, LetsNamesThrough) {
  const struct {
    const char* text;
    const char* language;
  } cases[] = {
      {"Yesterday I met Mary at the station.", "en"},
      {"please write an email to john about the invoice", "en"},
      {"The report was written by Xanthia Qobuz.", "en"},
      {"Ask Mr Field about it.", "en"},
      {"Mary", "en"},
      {"MARY SMITH", "en"},
      {"Then McAllister left.", "en"},
      {"author: \"Jane Doe\", year: 2020;", "en"},
      {"cd /home/maria/projects", "en"},
      {"Вчера Маша пришла домой.", "ru"},
      {"Gestern kam Frau Weber zu mir.", "de"},
      {"我昨天看见王小明了。", "zh"},
      {"昨日、田中さんに会いました。", "ja"},
      {"マイケルは元気です。", "ja"},
      {"어제 김민수를 만났다.", "ko"},
      {"رأيت محمد أمس", "ar"},
      {"Hôm qua tôi gặp Nguyễn Văn Hùng.", "vi"},
  };
  for (const auto& [text, language] : cases) EXPECT_TRUE(LetsThrough(text, language)) << text;
}

TEST(NameScreen, HoldsBackWhatCannotHoldAName) {
  for (const char* text : {
           "The introduction explains how the system works and what it needs.",
           "1. Open the settings and choose the second option.",
           "for (int i = 0; i < count; ++i) { total += values[i]; }",
           "dGhpcyBpcyBub3QgYSBuYW1lIGJ1dCBhIGxvbmcgYmFzZTY0IHN0cmluZw==",
           "3.1415 2.7182 | 1.4142 | 42",
           "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
       }) {
    EXPECT_FALSE(LetsThrough(text, "en", false)) << text;
  }
}

TEST(NameScreen, PicksSentencesAndNotTheirNeighbours) {
  const std::string text = "The sky is blue. Mary likes it. The grass is green.";
  const NameScreen::Answer answer =
      Screen().Screen({.text = text, .language = "en", .by_person = false});
  EXPECT_EQ(answer.sentences, 3);
  ASSERT_EQ(answer.read.size(), 1U);
  EXPECT_EQ(text.substr(answer.read[0].begin, answer.read[0].end - answer.read[0].begin),
            "Mary likes it.");
}

TEST(NameScreen, WithOddsItTellsNamesFromOtherCapitals) {
  for (const char* text :
       {"Yesterday I met Mary at the station.", "My name is Priya Raman and I live in Leeds.",
        "Kind regards,\nTomasz Kowalczyk", "Ask Mr Field about it.",
        "please write an email to john about the invoice", "我昨天看见王小明了。"}) {
    EXPECT_TRUE(OddsLetThrough(text)) << text;
  }
  // The rules let these through.
  for (const char* text :
       {"The Kubernetes cluster runs on Debian.", "Open the Netflix app on your Android phone.",
        "We use Jupyter notebooks and Matplotlib for plots."}) {
    EXPECT_TRUE(LetsThrough(text)) << text;
    EXPECT_FALSE(OddsLetThrough(text)) << text;
  }
}

// Sentences that hold a tag were read before it was put in.
TEST(NameScreen, WithOddsATagIsNoName) {
  EXPECT_FALSE(OddsLetThrough("Yesterday I met NAME_1 at the station."));
  EXPECT_FALSE(OddsLetThrough("Write to EMAIL_1 or call PHONE_2."));
  EXPECT_TRUE(OddsLetThrough("Yesterday NAME_1 met Mary Smith at the station."));
}

}  // namespace
}  // namespace parley
