#include "inference/token_classifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "inference/random_encoder.h"

namespace parley {
namespace {

using ::testing::HasSubstr;
using Window = TokenClassifier::Window;

const std::string kTiny = std::string(PARLEY_SOURCE_FOLDER) + "/tests/inference/tiny_encoder";

// A folder of its own for each test.
class TokenClassifierFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = ::testing::TempDir() + "parley_" + info->name() + std::to_string(getpid());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string folder_;
};

// The same for every test that does not change it.
const std::string& RandomFolder() {
  static const std::string folder = [] {
    std::string path = ::testing::TempDir() + "parley_random_encoder" + std::to_string(getpid());
    std::filesystem::create_directories(path);
    Check(RandomEncoder({}, 6).Write(path).has_value(), "no model written");
    return path;
  }();
  return folder;
}

class RemoveRandomFolder : public ::testing::Environment {
  void TearDown() override { std::filesystem::remove_all(RandomFolder()); }
};
const auto* const kRemove = ::testing::AddGlobalTestEnvironment(new RemoveRandomFolder);

std::vector<Window> RandomWindows() {
  Random random(11);
  std::vector<Window> windows;
  for (const int64_t length : {1, 126, 2, 31, 0, 64, 30, 126, 7, 90, 110, 15, 126, 14, 3}) {
    windows.push_back(RandomWindow(random, length, EncoderShape{}.pieces));
  }
  return windows;
}

// Of all that both heads say.
std::string Digest(const std::vector<TokenClassifier::Reading>& readings) {
  Sha256 digest;
  const auto add = [&](const std::vector<float>& numbers) {
    digest.Add({reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(float)});
  };
  for (const auto& reading : readings) {
    add(reading.pieces);
    add(reading.text);
  }
  return digest.Hex();
}

TEST(TokenClassifier, AgreesWithPyTorchUpToTheSevenBitsOfActivations) {
  const auto model = TokenClassifier::Open(kTiny);
  ASSERT_TRUE(model) << Describe(model.error());
  EXPECT_EQ(model->labels(),
            (std::vector<std::string>{"O", "B-PER", "I-PER", "B-OTHER", "I-OTHER"}));
  EXPECT_EQ(model->max_pieces(), 22);
  std::ifstream reference(kTiny + "/reference.tsv");
  int windows = 0;
  for (std::string line; std::getline(reference, line); ++windows) {
    std::istringstream ids(line.substr(0, line.find('\t')));
    std::istringstream values(line.substr(line.find('\t')));
    Window window;
    for (int32_t id = 0; ids >> id;) window.pieces.push_back({id, 0, 0});
    const auto scores = model->Score({&window, 1}).at(0);
    ASSERT_EQ(scores.size(), window.pieces.size() * 5);
    double squares = 0;
    for (const float score : scores) {
      double want = 0;
      ASSERT_TRUE(values >> want);
      EXPECT_NEAR(score, want, 0.35);
      squares += (score - want) * (score - want);
    }
    EXPECT_LT(std::sqrt(squares / static_cast<double>(scores.size())), 0.1);
  }
  EXPECT_EQ(windows, 5);
}

TEST(TokenClassifier, ProbabilitiesOfAPieceAddUpToOne) {
  const auto model = TokenClassifier::Open(RandomFolder()).value();
  for (const auto& rows : model.Score(RandomWindows())) {
    for (size_t i = 0; i < rows.size(); i += 5) {
      double sum = 0;
      for (size_t label = 0; label < 5; ++label) sum += std::exp(double{rows[i + label]});
      EXPECT_NEAR(sum, 1.0, 1e-5);
    }
  }
}

TEST(TokenClassifier, AWindowScoresTheSameWhateverStandsBesideIt) {
  const auto model = TokenClassifier::Open(RandomFolder()).value();
  std::vector<Window> windows = RandomWindows();
  const auto together = model.Score(windows);
  ASSERT_EQ(together.size(), windows.size());
  for (size_t i = 0; i < windows.size(); ++i) {
    SCOPED_TRACE(i);
    EXPECT_EQ(together[i].size(), windows[i].pieces.size() * 5);
    EXPECT_EQ(model.Score({&windows[i], 1}).at(0), together[i]);
  }
  std::ranges::reverse(windows);
  auto reversed = model.Score(windows);
  std::ranges::reverse(reversed);
  EXPECT_EQ(reversed, together);
}

TEST(TokenClassifier, ThreadsGetTheSameNumbers) {
  const auto model = TokenClassifier::Open(RandomFolder()).value();
  const std::vector<Window> windows = RandomWindows();
  const auto want = model.Score(windows);
  std::array<std::vector<std::vector<float>>, 4> got;
  {
    std::vector<std::jthread> threads;
    for (auto& scores : got) threads.emplace_back([&] { scores = model.Score(windows); });
  }
  for (const auto& scores : got) EXPECT_EQ(scores, want);
}

// Our own arithmetic can be chosen a model; oneDNN's is the process's, set by its environment.
TEST(TokenClassifier, EveryInstructionSetGivesTheSameBits) {
  const auto plain =
      TokenClassifier::Open(RandomFolder(), {.instruction_set = InstructionSet::kPlain}).value();
  const std::string want = Digest(plain.Read(RandomWindows()));
  for (const InstructionSet set : {InstructionSet::kAvx2, InstructionSet::kAvx512}) {
    SCOPED_TRACE(LaneKernelsFor(set).name);
    const auto model = TokenClassifier::Open(RandomFolder(), {.instruction_set = set}).value();
    EXPECT_EQ(Digest(model.Read(RandomWindows())), want);
  }
  for (const char* isa : {"SSE41", "AVX", "AVX2", "AVX512_CORE", "AVX512_CORE_VNNI", "ALL"}) {
    SCOPED_TRACE(isa);
    const std::string command =
        std::string("DNNL_MAX_CPU_ISA=") + isa + " PARLEY_DIGEST_OF=" + RandomFolder() + " /proc/" +
        std::to_string(getpid()) +
        "/exe --gtest_filter=TokenClassifier.SaysTheSameDigestAgain --gtest_brief=1";
    FILE* const child = popen(command.c_str(), "r");
    ASSERT_NE(child, nullptr);
    std::string said;
    for (int c = 0; (c = std::fgetc(child)) != EOF;) said += static_cast<char>(c);
    EXPECT_EQ(pclose(child), 0) << said;
    EXPECT_THAT(said, HasSubstr("digest " + want));
  }
}

// Also another test's child, which asks for the digest of a model of its own.
TEST(TokenClassifier, SaysTheSameDigestAgain) {
  const char* const given = std::getenv("PARLEY_DIGEST_OF");
  const auto model = TokenClassifier::Open(given == nullptr ? RandomFolder() : given).value();
  const std::string digest = Digest(model.Read(RandomWindows()));
  std::printf("digest %s\n", digest.c_str());
  EXPECT_EQ(Digest(model.Read(RandomWindows())), digest);
}

TEST_F(TokenClassifierFiles, RefusesWhatIsMissingCutOrOfAnotherForm) {
  const auto copy = [&] {
    std::filesystem::copy(kTiny, folder_,
                          std::filesystem::copy_options::recursive |
                              std::filesystem::copy_options::overwrite_existing);
  };
  const std::string weights = ReadWholeFile(kTiny + "/weights.safetensors").value();
  const auto swap = [&](std::string_view from, std::string_view to) {
    std::string changed = weights;
    const size_t at = changed.find(from);
    Check(at != std::string::npos && from.size() == to.size(), "no such bytes");
    return changed.replace(at, from.size(), to);
  };
  const struct {
    const char* name;
    std::string weights;
    const char* want;
  } cases[] = {
      {"cut in the header", weights.substr(0, 100), "cut inside its header"},
      {"cut in the data", weights.substr(0, weights.size() - 1), "is cut"},
      {"longer", weights + "x", "1 bytes behind"},
      {"of another form", swap(R"("form":"1")", R"("form":"2")"), "of form \"2\""},
      {"without a norm", swap("layers.1.ffn.norm.bias", "layers.1.ffn.norm.bios"),
       "layers.1.ffn.norm.bias"},
      {"of another width", swap(R"("hidden":"64")", R"("hidden":"32")"),
       "[42, 64], not I8 [42, 32]"},
  };
  for (const auto& [name, bytes, want] : cases) {
    SCOPED_TRACE(name);
    copy();
    ASSERT_TRUE(WriteWholeFile(folder_ + "/weights.safetensors", bytes));
    const auto model = TokenClassifier::Open(folder_);
    ASSERT_FALSE(model);
    EXPECT_THAT(Describe(model.error()), HasSubstr(want));
    EXPECT_THAT(Describe(model.error()), HasSubstr("weights.safetensors"));
  }
  copy();
  ASSERT_TRUE(WriteWholeFile(folder_ + "/vocabulary.tsv", "<s>\t0\n"));
  EXPECT_THAT(Describe(TokenClassifier::Open(folder_).error()), HasSubstr("vocabulary.tsv"));
  std::filesystem::remove(folder_ + "/vocabulary.tsv");
  EXPECT_EQ(TokenClassifier::Open(folder_).error().code, Code::kNotFound);
  EXPECT_EQ(TokenClassifier::Open(folder_ + "/none").error().code, Code::kNotFound);
}

}  // namespace
}  // namespace parley
