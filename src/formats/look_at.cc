// What a file is, from its first bytes and first records.
//
// Every dialect gives each of the first records a score; the highest sum wins. One record would not
// do: the first line of a log is often cut short, and dialects share fields.

#include <fmt/format.h>

#include <algorithm>

#include "formats/containers.h"
#include "formats/dialect.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr int kRecordsLookedAt = 16;
constexpr int64_t kBytesLookedAt = 4 << 20;
constexpr double kSureEnough = 0.5;  // Of one record at least.
constexpr size_t kFirstBytes = 4096;

Result<std::string> FirstBytes(ByteStream& stream) {
  std::string bytes(kFirstBytes, '\0');
  const int64_t got = TRY(stream.Read(bytes.data(), static_cast<int64_t>(bytes.size())));
  bytes.resize(static_cast<size_t>(got));
  return bytes;
}

// What the first records of one container say.
struct Sample {
  std::vector<double> scores;  // [dialects] Sums.
  double best_single = 0;
  int records = 0;
  int objects = 0;  // Records that are JSON objects.
};

bool IsJsonObject(std::string_view text) {
  JsonParser parser;
  const auto root = parser.Parse(text);
  return root && root->is_object();
}

Result<Sample> SampleOf(const InputFile& file) {
  const auto& catalogue = DialectCatalogue();
  Sample sample{.scores = std::vector<double>(catalogue.size())};
  const InputPiece whole{.end_byte = file.size_bytes};
  const auto reader = TRY(RecordReader::Open(file, whole, {.max_record_bytes = kBytesLookedAt}));
  while (sample.records < kRecordsLookedAt) {
    const auto next = reader->Next();
    if (!next && next.error().code != Code::kInvalid) return std::unexpected(next.error());
    if (!next || !*next) break;
    ++sample.records;
    if (IsJsonObject((*next)->json)) ++sample.objects;
    for (size_t i = 0; i < catalogue.size(); ++i) {
      const double score = catalogue[i].recognise((*next)->json);
      sample.scores[i] += score;
      sample.best_single = std::max(sample.best_single, score);
    }
    if ((*next)->begin_byte > kBytesLookedAt) break;
  }
  return sample;
}

// Settles `file.format`, or says why not.
void Settle(InputFile& file, const Sample& sample, std::string_view format) {
  const auto& catalogue = DialectCatalogue();
  const DialectInfo* chosen = nullptr;
  if (sample.objects == 0) {
    file.unknown_reason = "there is no JSON object in its first records";
  } else if (!format.empty()) {
    chosen = &*std::ranges::find(catalogue, format, &DialectInfo::name);
  } else if (sample.best_single < kSureEnough) {
    file.unknown_reason = "no reader knows the fields of its records";
  } else {
    chosen = &catalogue[std::ranges::max_element(sample.scores) - sample.scores.begin()];
  }
  if (chosen == nullptr) return;
  file.format = chosen->name;
  if (chosen->whole_file) file.container = Container::kSession;
}

}  // namespace

Result<InputFile> LookAt(const std::string& path, const std::string& name,
                         std::string_view format) {
  if (!format.empty()) TRY(MakeDialect(format, {}));
  InputFile file{.path = path, .name = name};
  {
    const auto bytes = TRY(InputBytes::Open(path));
    file.size_bytes = bytes->size_bytes();
    file.modified_nanos = bytes->modified_nanos();
  }
  auto stream = TRY(ByteStream::Open(path, Compression::kNone));
  std::string first_bytes = TRY(FirstBytes(*stream));
  if (first_bytes.empty()) {
    file.unknown_reason = "it is empty";
    return file;
  }
  file.compression = CompressionOf(first_bytes);
  if (file.compression != Compression::kNone) {
    stream = TRY(ByteStream::Open(path, file.compression));
    auto unpacked = FirstBytes(*stream);
    if (!unpacked && unpacked.error().code != Code::kInvalid) {
      return std::unexpected(unpacked.error());
    }
    if (!unpacked || unpacked->empty()) {
      file.unknown_reason = unpacked ? "it is empty" : unpacked.error().message;
      return file;
    }
    first_bytes = std::move(*unpacked);
  }
  Settle(file, TRY(SampleOf(file)), format);
  return file;
}

}  // namespace parley
