#include "release/name_figures.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

constexpr std::string_view kHead =
    "set\tlanguage\ttexts\tpersons\tprecision\trecall\twords\tleft\n";

TEST(NameFigures, ReadsALineASet) {
  const std::string text =
      std::string(kHead) + "heldout-de\tde\t100\t144\t0.8\t0.86\t0.956\t0.07\n";
  const std::vector<NameFigure> figures = ParseNameFigures(text, "figures.tsv").value();
  ASSERT_EQ(figures.size(), 1U);
  EXPECT_EQ(figures[0].set, "heldout-de");
  EXPECT_EQ(figures[0].persons, 144);
  EXPECT_DOUBLE_EQ(figures[0].word_recall, 0.956);
  const std::vector<std::vector<std::string>> want = {{"heldout-de", "de", "144", "95.6%", "7.0%"}};
  EXPECT_EQ(NameFigureRows(figures), want);
}

TEST(NameFigures, NamesTheLineThatIsNone) {
  const struct {
    const char* name;
    std::string line;
  } cases[] = {
      {"a cell too few", "a\ten\t1\t1\t1\t1\t1\n"},
      {"a share above one", "a\ten\t1\t1\t1\t1\t1.5\t0\n"},
      {"a word for a number", "a\ten\tmany\t1\t1\t1\t1\t0\n"},
      {"no set", "\ten\t1\t1\t1\t1\t1\t0\n"},
  };
  for (const auto& [name, line] : cases) {
    SCOPED_TRACE(name);
    const auto figures = ParseNameFigures(std::string(kHead) + line, "figures.tsv");
    ASSERT_FALSE(figures.has_value());
    EXPECT_EQ(figures.error().place.line, 2);
    EXPECT_EQ(figures.error().place.file, "figures.tsv");
  }
}

}  // namespace
}  // namespace parley
