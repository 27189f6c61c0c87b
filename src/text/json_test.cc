#include "text/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace parley {
namespace {

using testing::HasSubstr;

std::string Nested(int depth) {
  return std::string(static_cast<size_t>(depth), '[') +
         std::string(static_cast<size_t>(depth), ']');
}

// The string at "t" of a document, after repairs.
std::string TextIn(std::string_view document, int64_t want_repairs) {
  JsonParser parser;
  const auto root = parser.Parse(document);
  EXPECT_TRUE(root.has_value()) << document;
  if (!root) return {};
  EXPECT_EQ(parser.repaired(), want_repairs) << document;
  return std::string(StringAt(root->get_object().value(), "t", "absent"));
}

TEST(JsonParser, ReadsADocument) {
  JsonParser parser;
  const auto root = parser.Parse(R"( {"b": [1, -2.5, true, null], "a": "x"} )");
  ASSERT_TRUE(root);
  EXPECT_EQ(ToJson(*root), R"({"b":[1,-2.5,true,null],"a":"x"})");
}

TEST(JsonParser, PassesOverABom) { EXPECT_EQ(TextIn("\xEF\xBB\xBF{\"t\": \"x\"}", 0), "x"); }

TEST(JsonParser, RepairsInvalidUtf8AndCountsIt) {
  EXPECT_EQ(TextIn("{\"t\": \"caf\xE9!\"}", 1), "caf\xEF\xBF\xBD!");
  EXPECT_EQ(TextIn("{\"t\": \"\xF0\x9F\x98 \xFF\"}", 2), "\xEF\xBF\xBD \xEF\xBF\xBD");
}

TEST(JsonParser, RepairsLoneSurrogatesAndNoOthers) {
  const struct {
    const char* name;
    const char* document;
    int64_t repairs;
    std::string_view want;
  } cases[] = {
      {"a pair", R"({"t": "\ud83d\ude00"})", 0, "😀"},
      {"a high one at the end", R"({"t": "a\ud83d"})", 1, "a\uFFFD"},
      {"a high one before a letter", R"({"t": "\uD83Dx"})", 1, "\uFFFDx"},
      {"a high one before another escape", R"({"t": "\ud83d\n"})", 1, "\uFFFD\n"},
      {"a low one", R"({"t": "\ude00"})", 1, "\uFFFD"},
      {"a pair the wrong way round", R"({"t": "\ude00\ud83d"})", 2, "\uFFFD\uFFFD"},
      {"a high one before a pair", R"({"t": "\ud83d\ud83d\ude00"})", 1, "\uFFFD😀"},
      {"an escaped backslash before what looks like one", R"({"t": "\\ud83d \ud83d"})", 1,
       "\\ud83d \uFFFD"},
      {"no surrogate", R"({"t": "\u00e9\u4F60"})", 0, "é你"},
  };
  for (const auto& [name, document, repairs, want] : cases) {
    SCOPED_TRACE(name);
    EXPECT_EQ(TextIn(document, repairs), want);
  }
}

TEST(JsonParser, CountsTheLastCallOnly) {
  JsonParser parser;
  ASSERT_TRUE(parser.Parse("[\"\xFF\"]"));
  EXPECT_EQ(parser.repaired(), 1);
  ASSERT_TRUE(parser.Parse("[]"));
  EXPECT_EQ(parser.repaired(), 0);
}

TEST(JsonParser, FindsTheFirstOfDuplicateKeys) {
  EXPECT_EQ(TextIn(R"({"t": "first", "t": "second"})", 0), "first");
}

TEST(JsonParser, SaysWhatIsWrong) {
  const struct {
    const char* document;
    const char* says;
    int64_t byte;
  } cases[] = {
      {"", "empty", 0},
      {"  \n", "empty", 0},
      {"{\"t\": \"cut", "not JSON: it ends too early", 10},
      {"{\"t\": 1} x", "not JSON", 9},
      {"nul", "not JSON: it ends too early", 3},
      {"[\"a\tb\"]", "not JSON", 3},
      {R"(["\q"])", "not JSON", 3},
      {R"(["\ud83d", "\q"])", "not JSON", 13},
      {"\xEF\xBB\xBF[1 2]", "not JSON", 6},
      {"[123456789012345678901234567890]", "a number in it is too large to read", 0},
  };
  JsonParser parser;
  for (const auto& [document, says, byte] : cases) {
    SCOPED_TRACE(document);
    const auto root = parser.Parse(document);
    ASSERT_FALSE(root);
    EXPECT_EQ(root.error().code, Code::kInvalid);
    EXPECT_THAT(root.error().message, HasSubstr(says));
    EXPECT_EQ(root.error().place.byte, byte);
  }
  EXPECT_TRUE(parser.Parse("[1]")) << "it is usable after a failure";
}

TEST(JsonParser, RefusesWhatIsNestedTooDeep) {
  JsonParser parser;
  EXPECT_TRUE(parser.Parse(Nested(1000)));
  for (const int depth : {1100, 10'000}) {
    const auto root = parser.Parse(Nested(depth));
    ASSERT_FALSE(root);
    EXPECT_THAT(root.error().message, HasSubstr("deeper"));
  }
}

TEST(JsonParser, GoesFromGiantsBackToSmallDocuments) {
  JsonParser parser;
  const std::string giant = "{\"t\": \"" + std::string(6 << 20, 'g') + "\"}";
  for (int round = 0; round < 2; ++round) {
    const auto root = parser.Parse(giant);
    ASSERT_TRUE(root);
    EXPECT_EQ(StringAt(root->get_object().value(), "t").size(), size_t{6} << 20);
    ASSERT_TRUE(parser.Parse("[1]"));
  }
}

TEST(StringAt, GivesTheOtherwiseForWhatIsNoString) {
  JsonParser parser;
  const auto root = parser.Parse(R"({"n": 1, "s": "", "null": null})");
  const JsonObject object = root->get_object().value();
  EXPECT_EQ(StringAt(object, "n", "none"), "none");
  EXPECT_EQ(StringAt(object, "null", "none"), "none");
  EXPECT_EQ(StringAt(object, "missing", "none"), "none");
  EXPECT_EQ(StringAt(object, "s", "none"), "");
}

TEST(AppendJsonString, EscapesWhatJsonMustAndNoMore) {
  std::string out;
  AppendJsonString(out, std::string_view("\"\\/\n\r\t\0\x1f\x7f é😀", 16));
  EXPECT_EQ(out, "\"\\\"\\\\/\\n\\r\\t\\u0000\\u001f\x7f é😀\"");
}

TEST(AppendJsonString, ReadsBackAsItWas) {
  std::string every;
  for (int c = 0; c < 0x80; ++c) every += static_cast<char>(c);
  every += "ÿ你😀";
  std::string document = "{\"t\":";
  AppendJsonString(document, every);
  EXPECT_EQ(TextIn(document + "}", 0), every);
}

TEST(JsonWriter, WritesCompactly) {
  JsonWriter json;
  json.BeginObject().Key("rows").Int(-3).Key("files").BeginArray().String("a").String("b").End();
  json.Key("empty").BeginObject().End().Key("none").Null().Key("yes").Bool(true);
  json.Key("raw").Raw("[1]").End();
  EXPECT_EQ(json.text(),
            R"({"rows":-3,"files":["a","b"],"empty":{},"none":null,"yes":true,"raw":[1]})");
}

TEST(JsonWriter, IndentsWhereAsked) {
  JsonWriter json(2);
  json.BeginObject().Key("a").BeginArray().Int(1).Int(2).End().Key("b").BeginArray().End().End();
  EXPECT_EQ(json.text(), "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": []\n}");
}

TEST(JsonWriter, WritesNumbersThatReadBackEqual) {
  JsonParser parser;
  for (const double value : {0.1, 1.0 / 3, 1e300, 5e-324, -0.0, 123456789.125, 1e16}) {
    JsonWriter json;
    json.BeginArray().Double(value).End();
    const auto root = parser.Parse(json.text());
    ASSERT_TRUE(root) << json.text();
    EXPECT_EQ(root->get_array().at(0).get_double().value(), value) << json.text();
  }
  JsonWriter json;
  json.BeginArray().Double(std::numeric_limits<double>::infinity()).Double(0.5).End();
  EXPECT_EQ(json.text(), "[null,0.5]");
}

TEST(JsonWriterDeathTest, AnEndWithoutABeginIsABug) {
  EXPECT_DEATH(JsonWriter().End(), "End without a Begin");
}

}  // namespace
}  // namespace parley
