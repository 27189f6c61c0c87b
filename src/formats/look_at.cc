// What a file is, from its first bytes and first records.
//
// Every dialect gives each of the first records a score; the highest sum wins. One record would not
// do: the first line of a log is often cut short, and dialects share fields.

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "formats/containers.h"
#include "formats/dialect.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr int kRecordsLookedAt = 64;
constexpr int64_t kBytesLookedAt = 4 << 20;
constexpr double kSureEnough = 0.5;  // Of one record at least.
constexpr size_t kFirstBytes = 4096;
constexpr std::string_view kBom = "\xEF\xBB\xBF";

Result<std::string> FirstBytes(const std::string& path, Compression compression) {
  const auto stream = TRY(ByteStream::Open(path, compression));
  std::string bytes(kFirstBytes, '\0');
  const int64_t got = TRY(stream->Read(bytes.data(), static_cast<int64_t>(bytes.size())));
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

// More records would hardly change it: two sure ones, and a lead of one over the next dialect.
bool IsClear(const Sample& sample) {
  double best = 0;
  double next = 0;
  for (const double score : sample.scores) {
    next = std::max(next, std::min(best, score));
    best = std::max(best, score);
  }
  return best >= 2 && best - next >= 1;
}

Result<Sample> SampleOf(const InputFile& file) {
  const auto& catalogue = DialectCatalogue();
  Sample sample{.scores = std::vector<double>(catalogue.size())};
  const InputPiece whole{.end_byte = std::numeric_limits<int64_t>::max()};
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
    if (IsClear(sample) || (*next)->begin_byte > kBytesLookedAt) break;
  }
  return sample;
}

bool IsDialect(std::string_view name) {
  return std::ranges::find(DialectCatalogue(), name, &DialectInfo::name) !=
         DialectCatalogue().end();
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
  if (chosen->whole_file && file.container == Container::kJsonLines) {
    file.container = Container::kSession;
  }
}

// Looks at the first records as those of `container`. False if they settle nothing.
Result<bool> Try(InputFile& file, Container container, std::string_view format) {
  file.container = container;
  file.unknown_reason.clear();
  Settle(file, TRY(SampleOf(file)), format);
  return !file.format.empty();
}

// Parquet, which is never compressed as a whole.
Status LookAtParquet(InputFile& file, std::string_view format) {
  file.container = Container::kParquet;
  if (file.compression != Compression::kNone) {
    file.unknown_reason = "it is Parquet packed once more: unpack it first";
    return {};
  }
  const auto tried = Try(file, Container::kParquet, format);
  if (!tried && tried.error().code != Code::kInvalid) return std::unexpected(tried.error());
  if (!tried) file.unknown_reason = tried.error().message;
  return {};
}

Status LookAtText(InputFile& file, std::string_view first_bytes, std::string_view format) {
  if (first_bytes.starts_with(kBom)) first_bytes.remove_prefix(kBom.size());
  const size_t begin = first_bytes.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos && first_bytes.size() < kFirstBytes) {
    file.unknown_reason = "there is nothing in it but white space";
    return {};
  }
  // A log's line may begin with a bracket too, so lines have the last word.
  if (begin != std::string_view::npos && first_bytes[begin] == '[') {
    if (TRY(Try(file, Container::kJsonArray, format))) return {};
    const InputFile as_array = file;
    if (!TRY(Try(file, Container::kJsonLines, format))) file = as_array;
    return {};
  }
  TRY(Try(file, Container::kJsonLines, format));
  const bool binary = first_bytes.find('\0') != std::string_view::npos;
  if (file.format.empty() && binary) file.unknown_reason = "it is a binary file";
  return {};
}

}  // namespace

Result<InputFile> LookAt(const std::string& path, const std::string& name,
                         std::string_view format) {
  if (!format.empty() && !IsDialect(format)) TRY(MakeDialect(format, {}));  // Names the nearest.
  InputFile file{.path = path, .name = name};
  {
    const auto bytes = TRY(InputBytes::Open(path));
    file.size_bytes = bytes->size_bytes();
    file.modified_nanos = bytes->modified_nanos();
  }
  std::string first_bytes = TRY(FirstBytes(path, Compression::kNone));
  file.compression = CompressionOf(first_bytes);
  if (file.compression != Compression::kNone) {
    auto unpacked = FirstBytes(path, file.compression);
    if (!unpacked && unpacked.error().code != Code::kInvalid) {
      return std::unexpected(unpacked.error());
    }
    if (!unpacked) file.unknown_reason = unpacked.error().message;
    first_bytes = std::move(unpacked).value_or("");
  }
  if (first_bytes.starts_with("PAR1")) {
    TRY(LookAtParquet(file, format));
  } else if (!first_bytes.empty()) {
    TRY(LookAtText(file, first_bytes, format));
  } else if (file.unknown_reason.empty()) {
    file.unknown_reason = "it is empty";
  }
  return file;
}

}  // namespace parley
