// Drops a conversation that holds a word of a list, anywhere in it and within other words too,
// whatever the case, in traditional or simplified Chinese. FastChat's filter_bad_conv does the same
// with the words as they stand in its file: one with a capital letter it never finds.

#include "io/data_files.h"
#include "io/file.h"
#include "stages/filter/phrase_finder.h"
#include "stages/filter/word_list.h"
#include "stages/stage_functions.h"

namespace parley {
namespace {

struct Options {
  std::string file = {};
};

constexpr Reason kBlockedWord{"blocked_word"};

class BlockedWords final : public Filter {
 public:
  explicit BlockedWords(PhraseFinder finder) : finder_(std::move(finder)) {}

  Result<Verdict> Judge(const RawConversation& conversation) const override {
    for (const Message& message : conversation.messages) {
      if (finder_.Find(message.content)) return Drop(kBlockedWord);
    }
    return kKeep;
  }

 private:
  PhraseFinder finder_;
};

Result<std::vector<std::string>> ReadWords(const std::string& path) {
  const std::string text = TRY(ReadWholeFile(path));
  auto words = ParseWordList(text);
  if (!words.has_value()) {
    words.error().place.file = path;
    return words;
  }
  if (words->empty()) return Invalid("file: there is no word in it", {.file = path});
  return words;
}

Result<StageObject> Make(const Options& options) {
  if (options.file.empty()) return std::make_unique<BlockedWords>(TRY(PhraseFinder::Create({})));
  std::vector<std::string> words = TRY(ReadWords(options.file));
  const std::string config = FindDataFile("opencc/t2s.json").value_or("");
  auto variants = std::make_shared<const ChineseVariants>(TRY(ChineseVariants::Open(config)));
  return std::make_unique<BlockedWords>(
      TRY(PhraseFinder::Create(std::move(words), std::move(variants))));
}

}  // namespace

StageInfo BlockedWordsStage() {
  return Describe<Options>({
      .name = "blocked_words",
      .summary = "Drops a conversation that holds a word of a list, whatever the case or variant.",
      .per_conversation = true,
      .keys = {{"file", &Options::file,
                "a JSON list of words, or one word a line; none: nothing is blocked"}},
      .reasons = {kBlockedWord},
      .make = &Make,
  });
}

}  // namespace parley
