#include <gtest/gtest.h>

#include "formats/record_reader.h"
#include "formats/scratch_folder.h"

namespace parley {
namespace {

constexpr std::string_view kEvent =
    R"({"type":"chat","model":"m","state":{"conv_id":"c","messages":[["U","q"],["A","a"]]}})"
    "\n";

InputFile Look(std::string_view bytes, std::string_view format = "") {
  const ScratchFolder folder;
  return LookAt(folder.Write("log", bytes), "log", format).value();
}

TEST(LookAt, KnowsAFastchatLog) {
  const InputFile file = Look(kEvent);
  EXPECT_EQ(file.format, "fastchat");
  EXPECT_EQ(file.container, Container::kJsonLines);
  EXPECT_EQ(file.compression, Compression::kNone);
  EXPECT_EQ(file.size_bytes, static_cast<int64_t>(kEvent.size()));
  EXPECT_EQ(file.name, "log");
}

TEST(LookAt, IsNotPutOffByABrokenFirstLine) {
  EXPECT_EQ(Look(R"(a", "messages": [], "offset": 0}})" + ("\n" + std::string(kEvent))).format,
            "fastchat");
}

TEST(LookAt, KnowsContainersByTheirContent) {
  const std::string event(kEvent.substr(0, kEvent.size() - 1));
  const std::string sharegpt = R"({"id":"a","conversations":[{"from":"human","value":"q"}]})";
  const std::string session =
      R"({"type":"user","sessionId":"s","uuid":"u","parentUuid":null,"timestamp":)"
      R"("2025-01-02T03:04:05Z","message":{"role":"user","content":"q"}})";
  const struct {
    const char* name;
    std::string bytes;
    std::string_view format;
    Container container;
  } cases[] = {
      {"an array", " [" + sharegpt + ",\n" + sharegpt + "]", "sharegpt", Container::kJsonArray},
      {"an array cut off", "[" + sharegpt + ", {\"id", "sharegpt", Container::kJsonArray},
      {"an array behind a BOM", "\xEF\xBB\xBF[" + sharegpt + "]", "sharegpt",
       Container::kJsonArray},
      {"lines", sharegpt + "\n" + sharegpt + "\n", "sharegpt", Container::kJsonLines},
      {"lines, the first one cut at its front", "[\"USER\", \"q\"]]}}\n" + event + "\n" + event,
       "fastchat", Container::kJsonLines},
      {"a session", session + "\n" + session + "\n", "claude-code", Container::kSession},
  };
  for (const auto& [name, bytes, format, container] : cases) {
    SCOPED_TRACE(name);
    EXPECT_EQ(Look(bytes).format, format);
    EXPECT_EQ(Look(bytes).container, container);
    EXPECT_EQ(Look(bytes).unknown_reason, "");
  }
}

TEST(LookAt, SaysWhyItKnowsNoReader) {
  const struct {
    const char* name;
    std::string_view bytes;
    std::string_view reason;
  } cases[] = {
      {"an empty file", "", "it is empty"},
      {"a README", "# Logs\n\nOf a service.\n", "there is no JSON object in its first records"},
      {"a pretty-printed object", "{\n \"lines\": 3\n}\n",
       "there is no JSON object in its first records"},
      {"white space", " \n\n", "there is nothing in it but white space"},
      {"a binary file",
       std::string_view("\x7F"
                        "ELF\0\0\0\n\x01",
                        9),
       "it is a binary file"},
      {"gzip that ends in its header", "\x1F\x8B\x08", "the gzip data end early"},
      {"other JSON", "{\"lines\": 3}\n", "no reader knows the fields of its records"},
  };
  for (const auto& [name, bytes, reason] : cases) {
    SCOPED_TRACE(name);
    EXPECT_EQ(Look(bytes).format, "");
    EXPECT_EQ(Look(bytes).unknown_reason, reason);
  }
}

TEST(LookAt, TakesTheFormatThatIsAskedFor) {
  EXPECT_EQ(Look("{\"lines\": 3}\n", "fastchat").format, "fastchat");
  EXPECT_EQ(Look("# Logs\n", "fastchat").format, "");
  EXPECT_EQ(Look("{\"lines\": 3}\n", "mapped").format, "mapped");
  const ScratchFolder folder;
  EXPECT_EQ(LookAt(folder.Write("log", kEvent), "log", "fastchap").error().code, Code::kNotFound);
}

TEST(CutIntoPieces, CoversAPlainFile) {
  const InputFile file{.path = "", .name = "", .size_bytes = 100};
  const auto pieces = CutIntoPieces(file, 3, 30);
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_EQ(pieces.front().begin_byte, 0);
  EXPECT_EQ(pieces.back().end_byte, 100);
  for (size_t i = 1; i < pieces.size(); ++i) {
    EXPECT_EQ(pieces[i].begin_byte, pieces[i - 1].end_byte);
    EXPECT_EQ(pieces[i].file, 3);
  }
}

}  // namespace
}  // namespace parley
