// Lines become signatures on all threads, a block at a time; the clusters are united on one, in
// datatrove's order, because that order decides who is kept: a second for a million texts.

#include "curate/dedupe_like_datatrove.h"

#include <fmt/format.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <memory>

#include "curate/dedupe_line.h"
#include "curate/error_line.h"
#include "curate/parallel.h"
#include "curate/spill_folder.h"
#include "duplicates/datatrove_clusters.h"
#include "io/line_blocks.h"
#include "io/standard_input.h"

namespace parley {
namespace {

constexpr int64_t kBlockBytes = 4 << 20;
constexpr int64_t kMaxLineBytes = 256 << 20;
constexpr size_t kWriteBytes = 1 << 18;
constexpr std::string_view kAnswerOpens = "{\"id\":";

// What a line becomes.
struct Taken {
  DatatroveSignature signature;
  bool has_signature = false;
  bool is_bad = false;
  std::string answer;  // `kAnswerOpens` and the id, or the whole answer to a bad line.
};

Taken TakeLine(bool too_long, std::string_view bytes, DedupeOver over) {
  thread_local JsonParser parser;
  Taken taken;
  DedupeLine line;
  std::string text;
  if (too_long) {
    line.error = "the line is longer than 256 MiB";
  } else {
    ReadDedupeLine(bytes, over, parser, text, line);
  }
  if (!line.error.empty()) {
    taken.is_bad = true;
    AppendErrorLine(line.id_json == "null" ? "" : line.id_json, line.error, taken.answer);
    return taken;
  }
  taken.has_signature = SignLikeDatatrove(text, taken.signature);
  taken.answer = fmt::format("{}{}\n", kAnswerOpens, line.id_json);
  return taken;
}

Result<std::unique_ptr<ByteStream>> OpenLines(const std::string& path) {
  if (path == "-") return OpenStandardInput();
  char first[4] = {};
  const auto bytes = TRY(InputBytes::Open(path));
  const int64_t got = TRY(bytes->ReadAt(0, first, sizeof first));
  return ByteStream::Open(path, CompressionOf({first, static_cast<size_t>(got)}));
}

class LikeDatatrove {
 public:
  LikeDatatrove(const DedupeOptions& options, DedupeOver over, std::unique_ptr<SpillFolder> spill)
      : over_(over),
        threads_(options.threads > 0 ? options.threads : tbb::this_task_arena::max_concurrency()),
        spill_(std::move(spill)),
        clusters_(spill_->path() + "/signatures",
                  std::max<int64_t>(options.memory_bytes / 2, 1 << 20)) {}

  Status Read(const std::vector<std::string>& paths, Progress* progress) {
    if (progress != nullptr) progress->Begin("read", 0);
    const auto answers = TRY(OutputFile::Create(AnswersPath(), OutputFile::Outlives::kProcess));
    for (const std::string& path : paths) {
      LineBlocks lines(TRY(OpenLines(path)),
                       {.block_bytes = kBlockBytes, .max_line_bytes = kMaxLineBytes});
      for (;;) {
        const int64_t before = lines.bytes_read();
        const LineBlock block = TRY(lines.Next());
        if (block.size() == 0) break;
        TRY(Take(block, *answers));
        if (progress == nullptr) continue;
        progress->Advance(static_cast<int64_t>(block.size()), lines.bytes_read() - before);
      }
      summary_.bytes += lines.bytes_read();
    }
    TRY(answers->Commit());
    if (progress != nullptr) progress->End();
    return {};
  }

  Result<DedupeSummary> Answer(const std::function<Status(std::string_view)>& write) {
    TRY(clusters_.Finish(summary_.lines));
    LineBlocks answers(TRY(ByteStream::Open(AnswersPath(), Compression::kNone)),
                       {.max_line_bytes = kMaxLineBytes});
    std::string out;
    int64_t number = 0;
    for (;;) {
      const LineBlock block = TRY(answers.Next());
      if (block.size() == 0) break;
      for (size_t i = 0; i < block.size(); ++i) Append(block.line(i), number++, out);
      if (out.size() < kWriteBytes) continue;
      TRY(write(out));
      out.clear();
    }
    if (!out.empty()) TRY(write(out));
    return summary_;
  }

 private:
  std::string AnswersPath() const { return spill_->path() + "/answers"; }

  Status Take(const LineBlock& block, OutputFile& answers) {
    std::vector<Taken> taken(block.size());
    TRY(ForEachIndex(block.size(), threads_, [&](size_t i) -> Status {
      taken[i] = TakeLine(block.too_long(i), block.line(i), over_);
      return {};
    }));
    std::string ids;
    for (const Taken& line : taken) {
      const int64_t number = summary_.lines++;
      if (line.has_signature) TRY(clusters_.Add(number, line.signature));
      if (line.is_bad) ++summary_.bad_lines;
      ids += line.answer;
    }
    return answers.Write(ids);
  }

  void Append(std::string_view kept, int64_t number, std::string& out) {
    out += kept;
    if (!kept.starts_with(kAnswerOpens)) {
      out += '\n';
      return;
    }
    const DatatroveClusters::Place place = clusters_.PlaceOf(number);
    if (place.group < 0) {
      out += ",\"group\":null,\"size\":1,\"kept\":true,\"likeness\":null}\n";
      return;
    }
    const bool stays = place.survivor == number;
    ++summary_.grouped;
    summary_.groups += stays;
    summary_.not_kept += !stays;
    fmt::format_to(std::back_inserter(out),
                   ",\"group\":{},\"size\":{},\"kept\":{},\"likeness\":null}}\n", place.group,
                   place.size, stays);
  }

  DedupeOver over_;
  int threads_;
  std::unique_ptr<SpillFolder> spill_;
  DatatroveClusters clusters_;  // After `spill_`: its files go first.
  DedupeSummary summary_;
};

}  // namespace

Result<DedupeSummary> DedupeLikeDatatrove(const std::vector<std::string>& paths,
                                          const DedupeOptions& options,
                                          const std::function<Status(std::string_view)>& write,
                                          Progress* progress) {
  if (options.like != "datatrove") {
    return Invalid(fmt::format("like: \"{}\" is not datatrove", options.like));
  }
  if (options.exact_only || !options.pairs_path.empty()) {
    return Invalid(
        "like datatrove: nothing is verified, so there are neither exact groups nor pairs");
  }
  const DedupeOver over = TRY(DedupeOverFrom(options.over));
  LikeDatatrove like(options, over, TRY(SpillFolder::Make(options.work_folder)));
  TRY(like.Read(paths, progress));
  return like.Answer(write);
}

}  // namespace parley
