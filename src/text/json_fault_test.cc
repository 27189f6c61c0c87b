#include "text/json_fault.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "text/json.h"

namespace parley {
namespace {

TEST(FindJsonFault, NamesTheFirstByteThatCannotStand) {
  const struct {
    std::string_view text;
    std::optional<size_t> want;
  } cases[] = {
      {R"( {"a": [1, -0.5e+3, "x\u00e9\n", {}, []], "b": null} )", std::nullopt},
      {"true", std::nullopt},
      {"", 0},
      {"   ", 3},
      {R"({"a": "cut)", 10},
      {R"({"a": 1, })", 9},
      {"[1 2]", 3},
      {"[1,]", 3},
      {"[1}", 2},
      {"{1: 2}", 1},
      {R"({"a" 1})", 5},
      {"[1] x", 4},
      {"nul", 3},
      {"nulx", 3},
      {"[01]", 2},
      {"[1.]", 3},
      {"[-]", 2},
      {"[1e]", 3},
      {R"(["\q"])", 3},
      {R"(["\u12g4"])", 6},
      {"[\"a\tb\"]", 3},
      {std::string_view("[\"a\0b\"]", 7), 3},
      {"[\xFF]", 1},
      {"]", 0},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(FindJsonFault(text), want);
  }
}

TEST(FindJsonFault, AgreesWithTheParserOnTextsWithOneByteChanged) {
  const std::string sound = R"({"a": [1, -0.5e+3, "x\u00e9\n", {}, []], "b": null, "c": true})";
  const std::string_view bytes = "{}[],:\"\\ 019.-+eEtrufalsn\tx";
  JsonParser parser;
  for (uint64_t seed = 0; seed < 5000; ++seed) {
    Random random(seed);
    std::string text = sound;
    const auto place = [&](size_t size) {
      return static_cast<size_t>(random.Below(static_cast<int64_t>(size)));
    };
    text[place(text.size())] = bytes[place(bytes.size())];
    if (random.Below(3) == 0) text.resize(place(text.size()));
    SCOPED_TRACE(text);
    EXPECT_EQ(parser.Parse(text).has_value(), !FindJsonFault(text).has_value());
  }
}

}  // namespace
}  // namespace parley
