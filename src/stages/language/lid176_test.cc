// Our reading of lid.176 against the fastText library, which stages alone may include.

#include <fasttext/fasttext.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "inference/fasttext_model.h"
#include "io/data_files.h"

namespace parley {
namespace {

TEST(FastTextModel, GivesWhatTheLibraryGives) {
  const std::string path = FindDataFile("lid176/lid.176.ftz").value();
  fasttext::FastText library;
  library.loadModel(path);
  const FastTextModel ours = FastTextModel::Read(path).value();
  for (const std::string text : {
           "hello",
           "Hello World",
           "the quick brown fox jumps over the lazy dog",
           "Wer nicht wagt, der nicht gewinnt.",
           "çok güzel bir gün",
           "zażółć gęślą jaźń",
           "Съешь ещё этих мягких французских булок",
           "こんにちは、世界",
           "안녕하세요 여러분",
           "صباح الخير يا أصدقاء",
           "शुभ प्रभात मित्रों",
           "สวัสดีตอนเช้า",
           "你好，世界！",
           "x = y + 1;",
           "  two  blanks\tand a tab ",
           "\xF0\x9F\x98\x80 hello there",
           "don't quote",
       }) {
    SCOPED_TRACE(text);
    std::istringstream line(text + "\n");
    std::vector<std::pair<fasttext::real, std::string>> predictions;
    library.predictLine(line, predictions, 176, 0);
    std::map<std::string, double> expected;
    for (const auto& [probability, label] : predictions) {
      expected[label.substr(std::string("__label__").size())] = std::log(probability);
    }
    std::vector<float> out(ours.labels().size());
    ASSERT_TRUE(ours.LogProbabilities(text, -1000, out));
    // The library leaves out what is less likely than about 1e-5.
    constexpr double kLeast = -11.5;
    for (size_t i = 0; i < out.size(); ++i) {
      const auto found = expected.find(ours.labels()[i]);
      if (found == expected.end()) {
        EXPECT_LT(out[i], kLeast + 0.1) << ours.labels()[i];
      } else {
        EXPECT_NEAR(out[i], found->second, 1e-3) << ours.labels()[i];
      }
    }
    EXPECT_FALSE(expected.empty());
  }
}

}  // namespace
}  // namespace parley
