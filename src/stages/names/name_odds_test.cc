#include "stages/names/name_odds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "inference/random_encoder.h"
#include "io/file.h"

namespace parley {
namespace {

using ::testing::HasSubstr;

// A table as a file: 2 for even hashes and -3 for odd ones.
class NameOddsFile {
 public:
  explicit NameOddsFile(const std::string& features, const std::string& cut) {
    TensorFileMaker file;
    file.AddMetadata("form", "1");
    file.AddMetadata("features", features);
    file.AddMetadata("cut", cut);
    file.AddMetadata("cut_elsewhere", "-3.5");
    std::string weights;
    for (int i = 0; i < 1 << 19; ++i) weights += "\x02\xFD";
    file.AddBytes("weights", "I8", {1 << 20, 1}, weights);
    file.AddFloats("scale", {1}, {0.5F});
    file.AddFloats("bias", {1}, {-1.0F});
    path_ = std::filesystem::temp_directory_path() /
            ("parley_name_odds_" + std::to_string(getpid()) + ".safetensors");
    Check(WriteWholeFile(path_, file.Finish()).has_value(), "no file written");
  }
  ~NameOddsFile() { std::filesystem::remove(path_); }

  Result<NameOdds> Read() const { return NameOdds::Read(path_); }

 private:
  std::string path_;
};

TEST(NameOdds, AddsUpWhatTheFeaturesWeigh) {
  const NameOdds odds = NameOddsFile("1", "-2").Read().value();
  const std::vector<uint64_t> features = {4, 7, (uint64_t{1} << 40) + 10};
  EXPECT_EQ(odds.LogOdds(features), -1.0F + 0.5F * (2 - 3 + 2));
  EXPECT_EQ(odds.LogOdds({}), -1.0F);
  EXPECT_EQ(odds.CutFor(true), -2.0F);
  EXPECT_EQ(odds.CutFor(false), -3.5F);
}

TEST(NameOdds, RefusesATableOfOtherFeaturesOrWithoutACut) {
  EXPECT_THAT(Describe(NameOddsFile("2", "-2").Read().error()), HasSubstr("features \"2\""));
  EXPECT_THAT(Describe(NameOddsFile("1", "low").Read().error()), HasSubstr("\"cut\""));
  EXPECT_EQ(NameOdds::Read("no/such/table").error().code, Code::kNotFound);
}

}  // namespace
}  // namespace parley
