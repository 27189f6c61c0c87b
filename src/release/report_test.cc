#include "release/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "release/figures.h"
#include "release/sample_release.h"

namespace parley {
namespace {

using testing::HasSubstr;
using testing::Not;

int64_t CountOf(std::string_view needle, std::string_view text) {
  int64_t count = 0;
  for (size_t at = 0; (at = text.find(needle, at)) != std::string_view::npos; ++at) ++count;
  return count;
}

TEST(Report, AModelsNameCannotLeaveItsPlace) {
  const ReleaseFacts facts = WriteSampleRelease(SampleFolder("report"), {});
  const std::string page = ReportPage(facts, "/* plot */");
  EXPECT_THAT(page, HasSubstr("&lt;/script&gt;&lt;b&gt;odd|model"));
  EXPECT_THAT(page, HasSubstr("\\u003c/script>\\u003cb>odd|model"));
  EXPECT_EQ(CountOf("</script>", page), 3);  // The data, the library, the page's own.
  EXPECT_EQ(CountOf("<b>", page), 0);
}

TEST(Report, AsksForNothingFromOutside) {
  const ReleaseFacts facts = WriteSampleRelease(SampleFolder("offline"), {});
  const std::string page = ReportPage(facts, "");
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, Not(HasSubstr("http://")));
  EXPECT_THAT(page, Not(HasSubstr("https://")));
  EXPECT_THAT(page, Not(HasSubstr("src=")));
}

TEST(Report, EveryFigureHasItsTableInThePage) {
  const ReleaseFacts facts = WriteSampleRelease(SampleFolder("tables"), {});
  const std::string page = ReportPage(facts, "");
  EXPECT_EQ(CountOf("<table>", page), static_cast<int64_t>(FiguresOf(facts).size()));
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">vicuna-13b</th><td>2</td>"));
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">message_length.too_long</th><td>1</td>"));
}

TEST(Figures, TokenBinsDoubleAndHoldBothSides) {
  ReleaseFacts facts;
  facts.statistics.prompt_llama2.Add(0);
  facts.statistics.prompt_llama2.Add(5);
  facts.statistics.response_llama2.Add(1024);
  const std::vector<Figure> figures = FiguresOf(facts);
  ASSERT_EQ(figures.size(), 1);
  ASSERT_EQ(figures[0].rows.size(), 3);
  EXPECT_EQ(figures[0].rows[0].label, "0");
  EXPECT_EQ(figures[0].rows[1].label, "4–7");
  EXPECT_EQ(figures[0].rows[1].values, (std::vector<int64_t>{1, 0}));
  EXPECT_EQ(figures[0].rows[2].label, "1,024–2,047");
  EXPECT_EQ(figures[0].rows[2].values, (std::vector<int64_t>{0, 1}));
}

TEST(Figures, WhatIsNotDrawnIsSummedUpAndStaysInTheTable) {
  ReleaseFacts facts;
  for (int64_t i = 0; i < 50; ++i) facts.statistics.models["m" + std::to_string(i)] = 100 - i;
  const Figure figure = FiguresOf(facts).at(0);
  EXPECT_EQ(figure.rows.size(), 50);
  ASSERT_EQ(figure.drawn.size(), 31);
  EXPECT_EQ(figure.drawn[0].label, "m0");
  EXPECT_EQ(figure.drawn[30].label, "20 others");
  EXPECT_EQ(figure.drawn[30].values[0], 20 * 70 - 190);  // 70, 69, …, 51.
}

}  // namespace
}  // namespace parley
