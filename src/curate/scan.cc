// A piece of an input at a time, any number at once. A piece's rows stand under their name only
// when they are whole, so a resumed run scans just the pieces that are missing.

#include "curate/scan.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <limits>
#include <mutex>
#include <numeric>
#include <optional>
#include <utility>

#include "curate/parallel.h"
#include "curate/user_keys.h"
#include "formats/dialect.h"
#include "io/digest.h"
#include "stages/fingerprint.h"
#include "stages/plan_rules.h"

namespace parley {
namespace {

constexpr int64_t kPieceBytes = 32 << 20;
constexpr int64_t kProgressBytes = 4 << 20;
constexpr size_t kMaxIdBytes =
    1024;  // A longer one is no id, and blocks and ledger hold ids whole.

// Scans one piece into its file.
class PieceScan {
 public:
  PieceScan(const RunSettings& run, const InputPiece& piece, std::string path)
      : run_(run),
        input_(run.inputs[static_cast<size_t>(piece.file)]),
        piece_(piece),
        path_(std::move(path)),
        users_(run.key) {}

  Status Run() {
    writer_ = TRY(ScanRowWriter::Create(path_));
    if (run_.recipe.Enabled("consent")) {
      consent_ = TRY(ConsentOptionsFrom(run_.recipe.Section("consent")));
    }
    if (input_.format.empty()) {
      TRY(WriteBare("read.unknown_format", input_.unknown_reason));
    } else {
      TRY(ReadRecords());
    }
    Report(true);
    return writer_->Commit(totals_);
  }

 private:
  Status ReadRecords() {
    const auto opened = RecordReader::Open(
        input_, piece_, {.max_record_bytes = run_.recipe.input().max_record_megabytes * 1'000'000});
    if (!opened) return Broken(opened.error());
    RecordReader& reader = **opened;
    dialect_ = TRY(MakeDialect(input_.format, run_.recipe.dialect_options()));
    for (;;) {
      const auto next = reader.Next();
      if (!next) {
        TRY(BreakOff(next.error()));
        break;
      }
      TRY(WriteHeld());
      if (!next->has_value()) break;
      TRY(TakeRecord(**next));
      position_ = (*next)->begin_byte + (*next)->size_bytes;
      Report(false);
    }
    totals_.line_count = reader.LinesRead();
    if (totals_.row_count == 0 && IsWholeFile()) {
      return WriteBare("read.no_records", "the file holds no record");
    }
    return {};
  }

  Status TakeRecord(const Record& record) {
    ++totals_.record_count;
    row_ = {};
    row_.fixed.begin_byte = record.begin_byte;
    row_.fixed.size_bytes = record.size_bytes;
    row_.fixed.line = record.line;
    if (record.too_large) {
      return WriteBad({.message = fmt::format("a record of {} bytes is over max_record_megabytes",
                                              record.size_bytes)},
                      "read.too_large");
    }
    row_.fixed.record = HashOf(record.json);
    const Status parsed = dialect_->Parse(record, parsed_);
    if (!parsed) return HoldBad(parsed.error());
    totals_.mended.repaired_utf8 += parsed_.repaired_utf8;
    if (parsed_.conversations.empty()) {
      row_.why = fmt::format("read.{}", parsed_.reason.name);
      return WriteRow();
    }
    for (size_t part = 0; part < parsed_.conversations.size(); ++part) {
      row_.fixed.part = static_cast<int64_t>(part);
      TRY(TakeConversation(parsed_.conversations[part], parsed_.reasons[part]));
    }
    return {};
  }

  Status TakeConversation(RawConversation& conversation, Reason reason) {
    run_.stages.Edit(conversation, totals_.mended);
    const ConversationFingerprints prints = Fingerprint(conversation);
    row_.id = conversation.id.substr(0, kMaxIdBytes);
    row_.fixed.id = conversation.id.empty() ? PlaceHash() : WideHashOf(conversation.id);
    row_.fixed.time_micros = conversation.time_micros.value_or(kNoTime);
    row_.fixed.messages = prints.conversation;
    row_.fixed.prompts = prints.user;
    row_.fixed.user = users_.Of(conversation.user);
    row_.fixed.no_consent = consent_ && !Consented(conversation.consent) ? 1 : 0;
    row_.why.clear();
    row_.why_conversation.clear();
    if (!reason.name.empty()) {
      row_.why = fmt::format("read.{}", reason.name);
    } else if (conversation.id.size() > kMaxIdBytes) {
      row_.why = "read.long_id";
    } else {
      Judgement judgement = TRY(run_.stages.Judge(conversation));
      row_.why = std::move(judgement.snapshot);
      row_.why_conversation = std::move(judgement.conversation);
    }
    totals_.newest_micros = std::max(totals_.newest_micros, row_.fixed.time_micros);
    return WriteRow();
  }

  bool Consented(const std::string& version) const {
    if (consent_->versions.empty()) return !version.empty();
    return std::ranges::find(consent_->versions, version) != consent_->versions.end();
  }

  // What stands for an id where the source has none: no two places are the same.
  Hash128 PlaceHash() const {
    return WideHashOf(
        fmt::format("{}\n{}\n{}", input_.name, row_.fixed.begin_byte, row_.fixed.part));
  }

  // An input that ends early gives its cut record first: that record and the end are one row.
  Status BreakOff(Error error) {
    if (held_) error.message = fmt::format("{}; {}", held_->detail, error.message);
    const std::optional<ScanRow> cut = std::exchange(held_, std::nullopt);
    if (!cut) row_ = {};
    return Broken(error);
  }

  // The row of a bad record waits for the next one, to see whether the input ends here.
  Status WriteHeld() {
    if (!held_) return {};
    ++totals_.row_count;
    ++totals_.bad_count;
    const Status written = writer_->Write(*held_);
    held_.reset();
    return written;
  }

  // What cannot be read further: broken data goes to the ledger; a system that refuses stops the
  // run, for nobody could say then what the file held.
  Status Broken(const Error& error) {
    if (error.code != Code::kInvalid && error.code != Code::kTooLarge)
      return std::unexpected(error);
    return WriteBad(error);
  }

  Status WriteBad(const Error& error, std::string_view why = "read.unreadable") {
    TRY(HoldBad(error, why));
    return WriteHeld();
  }

  Status HoldBad(const Error& error, std::string_view why = "read.unreadable") {
    row_.fixed.bad = 1;
    row_.why = why;
    row_.detail = error.message;
    if (error.place.byte > 0) row_.detail += fmt::format(" (byte {} of it)", error.place.byte);
    if (run_.strict) {
      Error told = error;
      told.code = Code::kBadRecord;
      told.place = {.file = input_.name, .line = row_.fixed.line, .byte = row_.fixed.begin_byte};
      told.message += "; the run stops here because of --strict";
      return std::unexpected(told);
    }
    held_ = row_;
    return {};
  }

  Status WriteBare(std::string_view why, std::string detail) {
    row_ = {};
    row_.why = why;
    row_.detail = std::move(detail);
    return WriteRow();
  }

  Status WriteRow() {
    ++totals_.row_count;
    return writer_->Write(row_);
  }

  bool IsWholeFile() const {
    return piece_.begin_byte == 0 && piece_.end_byte >= input_.size_bytes;
  }

  void Report(bool last) {
    if (run_.progress == nullptr) return;
    // Offsets in compressed files and arrays are not those of the file: there, only records count.
    const bool plain = input_.compression == Compression::kNone;
    int64_t bytes = plain ? position_ - piece_.begin_byte - reported_bytes_ : 0;
    if (last) bytes = piece_.end_byte - piece_.begin_byte - reported_bytes_;
    if (!last && bytes < kProgressBytes) return;
    run_.progress->Advance(totals_.record_count - reported_records_, bytes);
    reported_records_ = totals_.record_count;
    reported_bytes_ += bytes;
  }

  const RunSettings& run_;
  const InputFile& input_;
  InputPiece piece_;
  std::string path_;
  UserKeys users_;
  std::unique_ptr<ScanRowWriter> writer_;
  std::unique_ptr<Dialect> dialect_;
  std::optional<ConsentOptions> consent_;
  ParsedRecord parsed_;
  ScanRow row_;
  std::optional<ScanRow> held_;
  PieceTotals totals_;
  int64_t position_ = 0;
  int64_t reported_records_ = 0;
  int64_t reported_bytes_ = 0;
};

Result<std::string> HashOfPart(const InputFile& input, int64_t begin) {
  const auto bytes = TRY(InputBytes::Open(input.path));
  Sha256 digest;
  std::string buffer(1 << 20, '\0');
  const int64_t end = std::min(begin + kHashPartBytes, input.size_bytes);
  while (begin < end) {
    const int64_t want = std::min<int64_t>(end - begin, static_cast<int64_t>(buffer.size()));
    const int64_t got = TRY(bytes->ReadAt(begin, buffer.data(), want));
    if (got < want)
      return Fail(Code::kChanged, "became shorter while it was read", {.file = input.path});
    digest.Add(std::string_view(buffer).substr(0, static_cast<size_t>(got)));
    begin += got;
  }
  return digest.Hex();
}

// Whether a piece was scanned before a kill; `strict` wants to meet its bad records itself.
bool IsScanned(const std::string& path, bool strict) {
  if (!Exists(path) || !CheckScanRows(path)) return false;
  const auto reader = ScanRowReader::Open(path);
  return reader && (!strict || (*reader)->totals().bad_count == 0);
}

struct HashPart {
  size_t input;
  int64_t begin;
  std::string hex;
};

std::vector<HashPart> PartsOf(const std::vector<InputFile>& inputs) {
  std::vector<HashPart> parts;
  for (size_t i = 0; i < inputs.size(); ++i) {
    int64_t begin = 0;
    do {
      parts.push_back({i, begin, {}});
      begin += kHashPartBytes;
    } while (begin < inputs[i].size_bytes);
  }
  return parts;
}

std::vector<std::string> JoinParts(const std::vector<HashPart>& parts, size_t input_count) {
  std::vector<std::string> joined(input_count);
  for (const HashPart& part : parts) joined[part.input] += part.hex;
  for (std::string& hex : joined) {
    if (hex.size() > 64) hex = Sha256Hex(hex);
  }
  return joined;
}

}  // namespace

int64_t ScanResult::row_count() const {
  return std::accumulate(
      totals.begin(), totals.end(), int64_t{0},
      [](int64_t sum, const PieceTotals& piece) { return sum + piece.row_count; });
}

Status CheckUnchanged(const std::vector<InputFile>& inputs) {
  for (const InputFile& input : inputs) {
    struct stat info = {};
    const bool there = stat(input.path.c_str(), &info) == 0;
    const int64_t modified = info.st_mtim.tv_sec * 1'000'000'000 + info.st_mtim.tv_nsec;
    if (there && info.st_size == input.size_bytes && modified == input.modified_nanos) continue;
    return Fail(Code::kChanged,
                "changed since the run began; start again in a new --out when nobody writes to it",
                {.file = input.path});
  }
  return {};
}

Result<ScanResult> Scan(const RunSettings& run) {
  ScanResult result;
  int64_t total_bytes = 0;
  for (size_t i = 0; i < run.inputs.size(); ++i) {
    total_bytes += run.inputs[i].size_bytes;
    // A file that nobody can read gives one row, however large it is.
    const int64_t piece_bytes =
        run.inputs[i].format.empty() ? std::numeric_limits<int64_t>::max() : kPieceBytes;
    for (const InputPiece& piece :
         CutIntoPieces(run.inputs[i], static_cast<int64_t>(i), piece_bytes)) {
      result.pieces.push_back(piece);
      result.row_paths.push_back(
          fmt::format("{}/scan/{:06}.rows", run.work_folder, result.row_paths.size()));
    }
  }
  TRY(MakeFolder(run.work_folder + "/scan"));
  if (run.progress != nullptr) run.progress->Begin("scan", total_bytes);

  std::vector<HashPart> parts = PartsOf(run.inputs);
  const size_t piece_count = result.pieces.size();
  const auto work = [&](size_t i) -> Status {
    if (i >= piece_count) {
      HashPart& part = parts[i - piece_count];
      part.hex = TRY(HashOfPart(run.inputs[part.input], part.begin));
      return {};
    }
    if (IsScanned(result.row_paths[i], run.strict)) return {};
    return PieceScan(run, result.pieces[i], result.row_paths[i]).Run();
  };
  TRY(ForEachIndex(piece_count + parts.size(), run.threads, work));
  for (const std::string& path : result.row_paths) {
    const auto reader = TRY(ScanRowReader::Open(path));
    result.totals.push_back(reader->totals());
  }
  result.input_hashes = JoinParts(parts, run.inputs.size());
  if (run.progress != nullptr) run.progress->End();
  TRY(CheckUnchanged(run.inputs));
  return result;
}

}  // namespace parley
