#include "parley/inspect.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "base/civil_time.h"
#include "formats/dialect.h"
#include "formats/field_survey.h"
#include "formats/record_reader.h"

namespace parley {
namespace {

constexpr size_t kMaxNames = 1000;  // Of models: more than that are no names of models.

std::string_view NameOf(Container container) {
  switch (container) {
    case Container::kJsonLines:
      return "lines";
    case Container::kJsonArray:
      return "array";
    case Container::kParquet:
      return "parquet";
    case Container::kSession:
      return "session";
  }
  return "lines";
}

void Count(std::map<std::string, int64_t>& counts, std::string_view name) {
  const std::string key(name);
  if (counts.size() < kMaxNames || counts.contains(key)) ++counts[key];
}

// Reads a file's records and counts what is in them.
class Inspector {
 public:
  Inspector(const InputFile& file, const InspectOptions& options, std::unique_ptr<Dialect> dialect)
      : file_(file), options_(options), dialect_(std::move(dialect)) {}

  Result<Inspection> Run() {
    Describe();
    const InputPiece whole{.end_byte = std::numeric_limits<int64_t>::max()};
    auto reader = RecordReader::Open(file_, whole, {});
    if (!reader) {
      inspection_.read_error = parley::Describe(reader.error());
      return std::move(inspection_);
    }
    const bool ended = ReadRecords(**reader);
    CountAll(ended);
    Finish();
    return std::move(inspection_);
  }

 private:
  void Describe() {
    inspection_.path = file_.path;
    inspection_.size_bytes = file_.size_bytes;
    inspection_.format = file_.format;
    inspection_.unknown_reason = file_.unknown_reason;
    inspection_.container = NameOf(file_.container);
    inspection_.compression = parley::NameOf(file_.compression);
  }

  // True if the file's end was reached.
  bool ReadRecords(RecordReader& reader) {
    while (read_bytes_ < options_.max_bytes) {
      const auto next = reader.Next();
      if (!next) {
        inspection_.read_error = parley::Describe(next.error());
        return true;
      }
      if (!*next) return true;
      Take(**next);
    }
    return false;
  }

  void Take(const Record& record) {
    ++inspection_.records_read;
    read_bytes_ += static_cast<int64_t>(record.json.size()) + 1;
    reached_ = record.begin_byte + record.size_bytes + 1;
    if (record.too_large) return Spoil(record, {.message = "over 16 MiB", .place = {}});
    const auto root = json_.Parse(record.json);
    if (root) {
      survey_.Add(*root);
      if (std::ssize(inspection_.shown) < options_.shown_records) {
        inspection_.shown.push_back(Shortened(*root));
      }
    }
    if (dialect_ == nullptr) {
      if (!root) Spoil(record, root.error());
      return;
    }
    const Status read = dialect_->Parse(record, parsed_);
    if (!read) return Spoil(record, read.error());
    if (!parsed_.reason.name.empty()) Count(inspection_.reasons, parsed_.reason.name);
    for (size_t i = 0; i < parsed_.conversations.size(); ++i) {
      TakeConversation(parsed_.conversations[i], parsed_.reasons[i]);
    }
  }

  void Spoil(const Record& record, const Error& error) {
    if (inspection_.bad_records++ > 0) return;
    inspection_.first_error = parley::Describe(
        Error{.code = error.code,
              .message = error.message,
              .place = {.file = file_.name, .line = record.line, .byte = record.begin_byte}});
  }

  void TakeConversation(const RawConversation& conversation, Reason reason) {
    ++inspection_.conversations;
    inspection_.messages += std::ssize(conversation.messages);
    Count(inspection_.models, conversation.model);
    if (!reason.name.empty()) Count(inspection_.reasons, reason.name);
    for (const Message& message : conversation.messages) {
      Count(inspection_.roles, parley::NameOf(message.role));
    }
    if (const auto time = conversation.time_micros) {
      first_micros_ = std::min(first_micros_.value_or(*time), *time);
      last_micros_ = std::max(last_micros_.value_or(*time), *time);
    }
  }

  void CountAll(bool ended) {
    inspection_.records = inspection_.records_read;
    inspection_.records_are = "exact";
    if (ended) return;
    if (file_.container == Container::kParquet) {
      const auto pieces = CutIntoPieces(file_, 0, std::numeric_limits<int64_t>::max());
      if (!pieces.empty()) inspection_.records = pieces.back().end_byte;
    } else if (file_.container == Container::kJsonLines &&
               file_.compression == Compression::kNone) {
      inspection_.records_are = "estimated";
      inspection_.records = static_cast<int64_t>(static_cast<double>(inspection_.records_read) *
                                                 static_cast<double>(file_.size_bytes) /
                                                 static_cast<double>(reached_));
    } else {
      inspection_.records_are = "at least";
    }
  }

  void Finish() {
    if (first_micros_) inspection_.first_time = FormatTime(*first_micros_);
    if (last_micros_) inspection_.last_time = FormatTime(*last_micros_);
    inspection_.fields = survey_.Fields();
    inspection_.fields_left_out = survey_.left_out();
  }

  const InputFile& file_;
  const InspectOptions& options_;
  std::unique_ptr<Dialect> dialect_;
  Inspection inspection_;
  FieldSurvey survey_;
  JsonParser json_;
  ParsedRecord parsed_;
  int64_t read_bytes_ = 0;
  int64_t reached_ = 1;  // Where the last record ended.
  std::optional<int64_t> first_micros_;
  std::optional<int64_t> last_micros_;
};

}  // namespace

Result<Inspection> InspectFile(const std::string& path, const InspectOptions& options) {
  const std::string name = path.substr(path.find_last_of('/') + 1);
  const InputFile file = TRY(LookAt(path, name, options.format));
  std::unique_ptr<Dialect> dialect;
  if (!file.format.empty() && file.format != "mapped") {
    dialect = TRY(MakeDialect(file.format, DialectOptions{}));
  }
  return Inspector(file, options, std::move(dialect)).Run();
}

}  // namespace parley
