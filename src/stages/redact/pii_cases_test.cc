// How well the detector does on the cases of tests/pii: texts of our own in many languages, with
// invented people, in which every span that a release may not hold is marked as [[TYPE:…]], and as
// many texts that hold none. bench/pii.sh prints the table.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "stages/redact/pii_detector.h"
#include "text/json.h"

namespace parley {
namespace {

struct Case {
  std::string name;  // File and line.
  std::string language;
  std::string text;
  std::vector<PiiSpan> want;
};

// Takes the marks out of `marked` and notes what they enclose.
void ReadMarks(std::string_view marked, Case& read) {
  while (true) {
    size_t open = marked.find("[[");
    size_t colon = std::string_view::npos;
    for (; open != std::string_view::npos; open = marked.find("[[", open + 1)) {
      colon = marked.find(':', open);
      const std::string_view type = marked.substr(open + 2, colon - open - 2);
      if (IsPiiType(type)) break;
    }
    if (open == std::string_view::npos) break;
    const size_t close = marked.find("]]", colon);
    read.text += marked.substr(0, open);
    const auto begin = static_cast<int64_t>(read.text.size());
    read.text += marked.substr(colon + 1, close - colon - 1);
    read.want.push_back({.type = std::string(marked.substr(open + 2, colon - open - 2)),
                         .begin = begin,
                         .end = static_cast<int64_t>(read.text.size()),
                         .value = {}});
    marked.remove_prefix(close + 2);
  }
  read.text += marked;
}

std::vector<Case> ReadCases() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(PARLEY_SOURCE_FOLDER) + "/tests/pii"))
    files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<Case> cases;
  JsonParser parser;
  for (const auto& path : files) {
    std::ifstream file(path);
    int number = 0;
    for (std::string line; std::getline(file, line);) {
      const JsonObject object = parser.Parse(line).value();
      Case& read = cases.emplace_back();
      read.name = fmt::format("{}:{}", path.filename().string(), ++number);
      read.language = StringAt(object, "language");
      ReadMarks(StringAt(object, "marked"), read);
    }
  }
  return cases;
}

bool Same(const PiiSpan& a, const PiiSpan& b) {
  return a.type == b.type && a.begin == b.begin && a.end == b.end;
}

struct Tally {
  int wanted = 0;
  int found = 0;
  int exact = 0;    // Type, begin and end agree.
  int covered = 0;  // Of the wanted: every byte lies in some span found.
  double Recall() const { return wanted == 0 ? 1 : 1.0 * exact / wanted; }
  double Precision() const { return found == 0 ? 1 : 1.0 * exact / found; }
};

TEST(PiiCases, AreFoundAndNothingElseIs) {
  const PiiDetector detector = PiiDetector::Create({}).value();
  std::map<std::string, Tally> by_type;
  std::map<std::string, Tally> by_language;
  std::string mistakes;
  const std::vector<Case> cases = ReadCases();
  ASSERT_GE(cases.size(), 300U);
  for (const Case& one : cases) {
    const std::vector<PiiSpan> found = detector.FindPersonal(one.text, one.language);
    for (const PiiSpan& want : one.want) {
      const bool exact =
          std::ranges::any_of(found, [&](const PiiSpan& span) { return Same(span, want); });
      const bool covered = std::ranges::any_of(found, [&](const PiiSpan& span) {
        return span.begin <= want.begin && want.end <= span.end;
      });
      for (Tally* tally : {&by_type[want.type], &by_language[one.language]}) {
        ++tally->wanted;
        tally->exact += exact ? 1 : 0;
        tally->covered += covered ? 1 : 0;
      }
      if (!exact) mistakes += fmt::format("{}: missed {} in {}\n", one.name, want.type, one.text);
    }
    for (const PiiSpan& span : found) {
      ++by_type[span.type].found;
      ++by_language[one.language].found;
      if (std::ranges::none_of(one.want, [&](const PiiSpan& w) { return Same(span, w); }))
        mistakes +=
            fmt::format("{}: took {} for {} ({:.2f})\n", one.name,
                        one.text.substr(span.begin, span.end - span.begin), span.type, span.score);
    }
  }
  for (const auto* table : {&by_type, &by_language}) {
    fmt::print("\n          wanted   found  recall  covered  precision\n");
    for (const auto& [key, tally] : *table) {
      fmt::print("{:8} {:7} {:7} {:7.3f} {:8.3f} {:10.3f}\n", key, tally.wanted, tally.found,
                 tally.Recall(), tally.wanted == 0 ? 1 : 1.0 * tally.covered / tally.wanted,
                 tally.Precision());
    }
  }
  if (!mistakes.empty()) fmt::print("\n{}", mistakes);
  for (const auto& [type, tally] : by_type) {
    EXPECT_GE(tally.Recall(), 0.95) << type;
    EXPECT_GE(tally.Precision(), 0.95) << type;
  }
}

}  // namespace
}  // namespace parley
