// Lines are read in order in blocks, which threads take in turn: a line becomes a print and keys,
// and its text is let go. What is compared later is read again from where it stood. So that every
// line can be read again, what is compressed or comes from a pipe is written out first.

#include "parley/dedupe.h"

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <memory>
#include <optional>

#include "curate/dedupe_like_datatrove.h"
#include "curate/dedupe_line.h"
#include "curate/error_line.h"
#include "curate/parallel.h"
#include "curate/spill_folder.h"
#include "duplicates/duplicate_search.h"
#include "io/line_blocks.h"
#include "io/standard_input.h"

namespace parley {
namespace {

constexpr size_t kFirstBytes = 4;
constexpr int kBlocksPerThread = 3;
constexpr int64_t kMaxLineBytes = 256 << 20;
constexpr int64_t kSpoolBytes = 1 << 20;
constexpr size_t kWriteBytes = 1 << 18;

// Where a line stands, so that it can be read again.
struct LinePlace {
  int64_t begin_byte = 0;
  uint32_t size_bytes = 0;
  uint32_t file = 0;
};

// Reads lines again by their numbers.
class LineSource final : public TextSource {
 public:
  /// The places of lines are held if they take `budget_bytes` at most, else read one by one.
  static Result<LineSource> Create(const std::vector<std::unique_ptr<InputBytes>>& files,
                                   const std::string& places_path, DedupeOver over,
                                   int64_t budget_bytes) {
    LineSource source(files, over);
    source.places_ = TRY(InputBytes::Open(places_path));
    const int64_t size = source.places_->size_bytes();
    if (size > budget_bytes) return source;
    source.held_.resize(static_cast<size_t>(size) / sizeof(LinePlace));
    TRY(source.places_->ReadAt(0, reinterpret_cast<char*>(source.held_.data()), size));
    return source;
  }

  Status Read(int64_t number, Units& units) const override {
    DedupeLine line;
    return ReadLine(number, units, line);
  }

  Status ReadLine(int64_t number, Units& units, DedupeLine& line) const {
    thread_local JsonParser parser;
    thread_local std::string bytes;
    const LinePlace place = TRY(PlaceOf(number));
    const InputBytes& file = *files_[place.file];
    if (bytes.size() < place.size_bytes) bytes.resize(place.size_bytes);
    const int64_t got = TRY(file.ReadAt(place.begin_byte, bytes.data(), place.size_bytes));
    if (got != place.size_bytes) {
      return Fail(Code::kChanged, "became shorter while it was read", {.file = file.path()});
    }
    ReadDedupeLine(std::string_view(bytes).substr(0, place.size_bytes), over_, parser, units, line);
    if (!line.error.empty()) {
      return Fail(Code::kChanged, "a line is not what it was", {.file = file.path()});
    }
    if (bytes.capacity() > kKeptBytes) std::string().swap(bytes);
    return {};
  }

 private:
  LineSource(const std::vector<std::unique_ptr<InputBytes>>& files, DedupeOver over)
      : files_(files), over_(over) {}

  Result<LinePlace> PlaceOf(int64_t number) const {
    if (!held_.empty()) return held_[static_cast<size_t>(number)];
    LinePlace place;
    const auto width = static_cast<int64_t>(sizeof place);
    TRY(places_->ReadAt(number * width, reinterpret_cast<char*>(&place), width));
    return place;
  }

  static constexpr size_t kKeptBytes = 4 << 20;
  const std::vector<std::unique_ptr<InputBytes>>& files_;
  std::unique_ptr<InputBytes> places_;
  std::vector<LinePlace> held_;
  DedupeOver over_;
};

// A block of lines and what was made of it.
struct Block {
  LineBlock lines;
  int64_t first = 0;  // The number of its first line.
  uint32_t file = 0;
  std::vector<TextPrint> prints = {};
  std::vector<LinePlace> places = {};
  std::string answers = {};  // A line each: see `kGoodAnswer`.
  int64_t bad_lines = 0;
  int64_t size_bytes = 0;
  Status status = {};
};

class Deduper {
 public:
  Deduper(const std::vector<std::string>& paths, const DedupeOptions& options,
          const std::function<Status(std::string_view)>& write, Progress* progress)
      : paths_(paths), options_(options), write_(write), progress_(progress) {}

  Result<DedupeSummary> Run() {
    over_ = TRY(DedupeOverFrom(options_.over));
    search_options_.shingles = TRY(ShingleRuleFrom(options_.shingles));
    search_options_.normalisation = TRY(NormalisationFrom(options_.normalise));
    search_options_.threshold = options_.threshold;
    search_options_.near = !options_.exact_only;
    search_options_.wants_pairs = !options_.pairs_path.empty();
    search_options_.memory_bytes = std::max<int64_t>(options_.memory_bytes / 2, 1 << 20);
    threads_ = options_.threads > 0 ? options_.threads : tbb::this_task_arena::max_concurrency();
    search_options_.for_each = [this](size_t count, const auto& work) {
      return ForEachIndex(count, threads_, work);
    };
    spill_ = TRY(SpillFolder::Make(options_.work_folder));
    search_options_.spill_folder = spill_->path();
    search_ = TRY(DuplicateSearch::Create(search_options_));
    TRY(OpenInputs());
    TRY(ReadAll());
    TRY(Search());
    TRY(WriteAnswers());
    return summary_;
  }

 private:
  std::string Spill(std::string_view name) const {
    return fmt::format("{}/{}", spill_->path(), name);
  }

  // Every input as a file that can be read at any place.
  Status OpenInputs() {
    for (const std::string& path : paths_) {
      if (path == "-") {
        TRY(Spool(OpenStandardInput()));
        continue;
      }
      char first[kFirstBytes] = {};
      auto bytes = TRY(InputBytes::Open(path));
      const int64_t got = TRY(bytes->ReadAt(0, first, sizeof first));
      const Compression compression = CompressionOf({first, static_cast<size_t>(got)});
      if (compression != Compression::kNone) {
        auto stream = TRY(ByteStream::Open(path, compression));
        TRY(Spool(std::move(stream)));
      } else {
        files_.push_back(std::move(bytes));
      }
    }
    return {};
  }

  Status Spool(std::unique_ptr<ByteStream> stream) {
    const std::string path = Spill(fmt::format("input-{}", files_.size()));
    const auto file = TRY(OutputFile::Create(path, OutputFile::Outlives::kProcess));
    if (progress_ != nullptr) progress_->Begin("spool", 0);
    std::string buffer(kSpoolBytes, '\0');
    for (;;) {
      const int64_t got = TRY(stream->Read(buffer.data(), kSpoolBytes));
      if (got == 0) break;
      TRY(file->Write(std::string_view(buffer).substr(0, static_cast<size_t>(got))));
      if (progress_ != nullptr) progress_->Advance(0, got);
    }
    TRY(file->Commit());
    if (progress_ != nullptr) progress_->End();
    files_.push_back(TRY(InputBytes::Open(path)));
    return {};
  }

  Status ReadAll() {
    int64_t total_bytes = 0;
    for (const auto& file : files_) total_bytes += file->size_bytes();
    if (progress_ != nullptr) progress_->Begin("read", total_bytes);
    places_ = TRY(OutputFile::Create(Spill("places"), OutputFile::Outlives::kProcess));
    answers_ = TRY(OutputFile::Create(Spill("answers"), OutputFile::Outlives::kProcess));
    for (size_t i = 0; i < files_.size(); ++i) TRY(ReadFile(static_cast<uint32_t>(i)));
    TRY(places_->Commit());
    TRY(answers_->Commit());
    if (progress_ != nullptr) progress_->End();
    return {};
  }

  Status ReadFile(uint32_t file) {
    using tbb::filter_mode;
    LineBlocks lines(TRY(ByteStream::Open(files_[file]->path(), Compression::kNone)),
                     {.max_line_bytes = kMaxLineBytes});
    status_ = {};
    failed_ = false;
    const tbb::global_control allowed(tbb::global_control::max_allowed_parallelism,
                                      static_cast<size_t>(threads_));
    tbb::task_arena arena(threads_);
    arena.execute([&] {
      const size_t limit = static_cast<size_t>(kBlocksPerThread) * static_cast<size_t>(threads_);
      tbb::parallel_pipeline(
          limit, tbb::make_filter<void, std::shared_ptr<Block>>(
                     filter_mode::serial_in_order,
                     [&](tbb::flow_control& flow) { return NextBlock(lines, file, flow); }) &
                     tbb::make_filter<std::shared_ptr<Block>, std::shared_ptr<Block>>(
                         filter_mode::parallel,
                         [&](std::shared_ptr<Block> block) {
                           block->status = Take(*block);
                           return block;
                         }) &
                     tbb::make_filter<std::shared_ptr<Block>, void>(
                         filter_mode::serial_in_order,
                         [&](const std::shared_ptr<Block>& block) { Keep(*block); }));
    });
    summary_.bytes += lines.bytes_read();
    return status_;
  }

  std::shared_ptr<Block> NextBlock(LineBlocks& lines, uint32_t file, tbb::flow_control& flow) {
    auto next = failed_ ? Result<LineBlock>() : lines.Next();
    if (!next || next->size() == 0) {
      if (!next) status_ = std::unexpected(next.error());
      flow.stop();
      return nullptr;
    }
    auto block = std::make_shared<Block>(
        Block{.lines = std::move(*next), .first = summary_.lines, .file = file});
    summary_.lines += static_cast<int64_t>(block->lines.size());
    return block;
  }

  struct Worker {
    explicit Worker(const DuplicateSearch::Options& options)
        : units(options.shingles.kind, options.normalisation) {}
    Units units;
    JsonParser parser = {};
    DedupeLine line = {};
  };

  // On any thread.
  Status Take(Block& block) {
    Worker& worker = workers_.local();
    std::vector<int64_t> numbers;
    std::vector<uint64_t> keys;
    std::vector<size_t> ends;
    for (size_t i = 0; i < block.lines.size(); ++i) {
      const std::string_view line = block.lines.line(i);
      block.size_bytes += std::ssize(line) + 1;
      block.places.push_back({.begin_byte = block.lines.begin_byte(i),
                              .size_bytes = static_cast<uint32_t>(line.size()),
                              .file = block.file});
      numbers.push_back(block.first + static_cast<int64_t>(i));
      block.prints.push_back(TakeLine(block.lines.too_long(i), line, worker, block));
      if (block.prints.back().is_text) search_->AppendKeys(worker.units, keys);
      ends.push_back(keys.size());
    }
    return search_->AddKeys(numbers, block.prints, keys, ends);
  }

  TextPrint TakeLine(bool too_long, std::string_view bytes, Worker& worker, Block& block) const {
    TextPrint print;
    print.is_text = false;
    DedupeLine& line = worker.line;
    worker.units.Clear();
    if (too_long) {
      line = {.error = "the line is longer than 256 MiB"};
    } else {
      ReadDedupeLine(bytes, over_, worker.parser, worker.units, line);
    }
    if (!line.error.empty()) {
      ++block.bad_lines;
      block.answers += kBadAnswer;
      AppendErrorLine(line.id_json == "null" ? "" : line.id_json, line.error, block.answers);
      return print;
    }
    block.answers += kGoodAnswer;
    block.answers += line.id_json;
    block.answers += '\n';
    if (!line.has_text) return print;
    print.is_text = true;
    print.text = worker.units.TextHash();
    print.survival.code_points = worker.units.code_points();
    print.survival.time_micros = line.time_micros;
    SetId(line.id_text, print.survival);
    return print;
  }

  // In order.
  void Keep(const Block& block) {
    if (failed_) return;
    status_ = KeepBlock(block);
    if (!status_) failed_ = true;
  }

  Status KeepBlock(const Block& block) {
    if (!block.status) return block.status;
    TRY(search_->AddPrints(block.prints));
    TRY(places_->Write({reinterpret_cast<const char*>(block.places.data()),
                        block.places.size() * sizeof(LinePlace)}));
    TRY(answers_->Write(block.answers));
    summary_.bad_lines += block.bad_lines;
    if (progress_ != nullptr) {
      progress_->Advance(static_cast<int64_t>(block.lines.size()), block.size_bytes);
    }
    return {};
  }

  Status Search() {
    if (progress_ != nullptr) progress_->Begin("compare", 0);
    LineSource source =
        TRY(LineSource::Create(files_, Spill("places"), over_, options_.memory_bytes / 8));
    if (options_.pairs_path.empty()) {
      TRY(search_->Run(source));
    } else {
      TRY(SearchWithPairs(source));
    }
    const DuplicateSearch::Totals& totals = search_->totals();
    summary_.groups = totals.groups;
    summary_.exact_groups = totals.exact_groups;
    summary_.grouped = totals.grouped_texts;
    summary_.candidates = totals.candidates;
    summary_.large_buckets = totals.large_buckets;
    summary_.pairs_left_out = totals.pairs_left_out;
    if (progress_ != nullptr) progress_->End();
    return {};
  }

  Status SearchWithPairs(LineSource& source) {
    const auto file = TRY(OutputFile::Create(options_.pairs_path));
    Units units(search_options_.shingles.kind, search_options_.normalisation);
    DedupeLine line;
    const auto id_of = [&](int64_t number) -> Result<std::string> {
      units.Clear();
      TRY(source.ReadLine(number, units, line));
      return line.id_json;
    };
    const auto tell = [&](const VerifiedPair& pair) -> Status {
      const std::string left = TRY(id_of(pair.left));
      const std::string right = TRY(id_of(pair.right));
      JsonWriter json;
      json.BeginObject().Key("lines").BeginArray().Int(pair.left + 1).Int(pair.right + 1).End();
      json.Key("ids").BeginArray().Raw(left).Raw(right).End();
      json.Key("likeness").Double(pair.likeness).End();
      return file->Write(json.text() + "\n");
    };
    TRY(search_->Run(source, tell));
    return file->Commit();
  }

  // The ids were kept in order, and so come the findings.
  Status WriteAnswers() {
    LineBlocks answers(TRY(ByteStream::Open(Spill("answers"), Compression::kNone)),
                       {.max_line_bytes = kMaxLineBytes});
    std::string out;
    for (;;) {
      const LineBlock block = TRY(answers.Next());
      if (block.size() == 0) break;
      for (size_t i = 0; i < block.size(); ++i) TRY(AppendAnswer(block.line(i), out));
      if (out.size() >= kWriteBytes) {
        TRY(write_(out));
        out.clear();
      }
    }
    return out.empty() ? Status() : write_(out);
  }

  Status AppendAnswer(std::string_view kept, std::string& out) {
    DuplicateFinding finding;
    const bool there = TRY(search_->Next(finding));
    Check(there, "dedupe: a line without a finding");
    const bool good = kept.front() == kGoodAnswer;
    if (good) out += "{\"id\":";
    out += kept.substr(1);
    if (!good) {
      out += '\n';
      return {};
    }
    const bool stays = finding.place == 0 || finding.likeness < options_.threshold;
    if (!stays) ++summary_.not_kept;
    if (finding.group < 0) {
      out += ",\"group\":null,\"size\":1,\"kept\":true,\"likeness\":1}\n";
      return {};
    }
    fmt::format_to(std::back_inserter(out),
                   ",\"group\":{},\"size\":{},\"kept\":{},\"likeness\":{}}}\n", finding.group,
                   finding.group_size, stays, finding.likeness);
    return {};
  }

  static constexpr char kGoodAnswer = '+';  // Behind it stands the id.
  static constexpr char kBadAnswer = '-';   // Behind it stands the whole answer.

  const std::vector<std::string>& paths_;
  const DedupeOptions& options_;
  const std::function<Status(std::string_view)>& write_;
  Progress* progress_;
  int threads_ = 1;
  DedupeOver over_ = DedupeOver::kUser;
  DuplicateSearch::Options search_options_;
  std::unique_ptr<SpillFolder> spill_;
  std::vector<std::unique_ptr<InputBytes>> files_;
  std::unique_ptr<OutputFile> places_;
  std::unique_ptr<OutputFile> answers_;
  tbb::enumerable_thread_specific<Worker> workers_{[this] { return Worker(search_options_); }};
  std::unique_ptr<DuplicateSearch> search_;  // After `spill_`: its files go first.
  Status status_;
  std::atomic<bool> failed_ = false;
  DedupeSummary summary_;
};

}  // namespace

Result<DedupeSummary> DedupeFiles(const std::vector<std::string>& paths,
                                  const DedupeOptions& options,
                                  const std::function<Status(std::string_view)>& write,
                                  Progress* progress) {
  if (!options.like.empty()) return DedupeLikeDatatrove(paths, options, write, progress);
  return Deduper(paths, options, write, progress).Run();
}

}  // namespace parley
