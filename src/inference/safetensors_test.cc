#include "inference/safetensors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>

#include "inference/random_encoder.h"

namespace parley {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A file of a header and data, as they are given.
std::string File(std::string_view header, std::string_view data = {}) {
  std::string bytes;
  uint64_t length = header.size();
  for (int i = 0; i < 8; ++i, length >>= 8) bytes += static_cast<char>(length & 0xFF);
  return bytes + std::string(header) + std::string(data);
}

TEST(SafeTensors, ReadsTypesShapesAndMetadata) {
  const auto tensors =
      SafeTensors::Parse(File(R"({"b":{"dtype":"F32","shape":[1,2],"data_offsets":[3,11]},)"
                              R"("__metadata__":{"form":"1","layers":"6"},)"
                              R"("a":{"dtype":"I8","shape":[3],"data_offsets":[0,3]}}  )",
                              std::string_view("\x01\xFF\x7F\0\0\x80\x3F\0\0\0\xC0", 11)),
                         "f");
  ASSERT_TRUE(tensors) << Describe(tensors.error());
  EXPECT_THAT(tensors->Names(), ElementsAre("a", "b"));
  EXPECT_THAT(tensors->Int8s("a", {3}).value(), ElementsAre(1, -1, 127));
  EXPECT_THAT(tensors->Floats("b", {1, 2}).value(), ElementsAre(1.0F, -2.0F));
  EXPECT_THAT(tensors->Shape("b").value(), ElementsAre(1, 2));
  EXPECT_EQ(tensors->Metadata("form").value(), "1");
  EXPECT_EQ(tensors->MetadataNumber("layers", 1, 12).value(), 6);

  EXPECT_THAT(Describe(tensors->Floats("b", {2, 1}).error()),
              HasSubstr("f: tensor b is F32 [1, 2], not F32 [2, 1]"));
  EXPECT_THAT(Describe(tensors->Floats("a", {3}).error()), HasSubstr("I8 [3], not F32 [3]"));
  EXPECT_THAT(Describe(tensors->Int8s("c", {3}).error()), HasSubstr("no tensor c"));
  EXPECT_THAT(Describe(tensors->Metadata("labels").error()), HasSubstr("\"labels\""));
  EXPECT_FALSE(tensors->MetadataNumber("layers", 7, 12));
  EXPECT_FALSE(tensors->MetadataNumber("form", 2, 3));
}

TEST(SafeTensors, RefusesNumbersThatAreNotFinite) {
  TensorFileMaker file;
  file.AddFloats("x", {2}, {1.0F, std::numeric_limits<float>::infinity()});
  const auto tensors = SafeTensors::Parse(file.Finish(), "f").value();
  EXPECT_THAT(Describe(tensors.Floats("x", {2}).error()), HasSubstr("not finite"));
}

TEST(SafeTensors, RefusesWhatIsNotStrictlyOfItsForm) {
  constexpr std::string_view kOne = R"({"a":{"dtype":"I8","shape":[3],"data_offsets":[0,3]}})";
  const struct {
    const char* name;
    std::string bytes;
    const char* want;
  } cases[] = {
      {"empty", "", "is cut"},
      {"seven bytes", "\1\0\0\0\0\0\0", "is cut"},
      {"header longer than the file", File(kOne).substr(0, 20), "cut inside its header"},
      {"header of exabytes", std::string(8, '\xFF') + "{}", "too long"},
      {"no JSON", File("{\"a\":"), "no JSON object"},
      {"a list", File("[]"), "no JSON object"},
      {"not UTF-8", File("{\"\xFF\":{}}"), "no JSON object"},
      {"a byte short", File(kOne, "ab"), "is cut: has 63 bytes of 64"},
      {"a byte more", File(kOne, "abcd"), "has 1 bytes behind its last tensor"},
      {"a tensor that is a number", File(R"({"a":1})"), "\"a\" is no object"},
      {"an unknown type", File(R"({"a":{"dtype":"I9","shape":[3],"data_offsets":[0,3]}})", "abc"),
       "tensor a has other bytes"},
      {"a type without its name", File(R"({"a":{"shape":[3],"data_offsets":[0,3]}})", "abc"),
       "tensor a has other bytes"},
      {"another size", File(R"({"a":{"dtype":"I8","shape":[4],"data_offsets":[0,3]}})", "abc"),
       "tensor a has other bytes"},
      {"a size past 64 bits",
       File(R"({"a":{"dtype":"I8","shape":[4294967296,4294967296],"data_offsets":[0,0]}})"),
       "tensor a has other bytes"},
      {"a negative size", File(R"({"a":{"dtype":"I8","shape":[-1],"data_offsets":[3,2]}})", "abc"),
       "no sound shape"},
      {"offsets backwards", File(R"({"a":{"dtype":"I8","shape":[],"data_offsets":[3,2]}})", "abc"),
       "tensor a has other bytes"},
      {"one offset", File(R"({"a":{"dtype":"I8","shape":[],"data_offsets":[1]}})", "a"),
       "no sound shape"},
      {"a hole", File(R"({"a":{"dtype":"I8","shape":[2],"data_offsets":[1,3]}})", "abc"),
       "bytes of no tensor"},
      {"an overlap",
       File(R"({"a":{"dtype":"I8","shape":[2],"data_offsets":[0,2]},)"
            R"("b":{"dtype":"I8","shape":[2],"data_offsets":[1,3]}})",
            "abc"),
       "of two"},
      {"a name twice",
       File(R"({"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]},)"
            R"("a":{"dtype":"I8","shape":[1],"data_offsets":[1,2]}})",
            "ab"),
       "tensor a is there twice"},
      {"metadata of numbers", File(R"({"__metadata__":{"form":1}})"), "metadata \"form\""},
  };
  for (const auto& [name, bytes, want] : cases) {
    SCOPED_TRACE(name);
    const auto tensors = SafeTensors::Parse(bytes, "f");
    ASSERT_FALSE(tensors);
    EXPECT_THAT(Describe(tensors.error()), HasSubstr(want));
  }
  EXPECT_EQ(SafeTensors::Read("/nowhere/w.safetensors").error().code, Code::kNotFound);
}

}  // namespace
}  // namespace parley
