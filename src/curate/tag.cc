#include "parley/tag.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <memory>
#include <string_view>
#include <vector>

#include "curate/error_line.h"
#include "curate/tagger.h"
#include "io/line_blocks.h"
#include "io/standard_input.h"

namespace parley {
namespace {

constexpr size_t kFirstBytes = 4;
constexpr int kBlocksPerThread = 3;  // In the works at once: enough to keep all threads busy.

struct TaggedBlock {
  std::string text;
  int64_t lines = 0;
  int64_t bad_lines = 0;
};

Result<std::unique_ptr<ByteStream>> OpenInput(const std::string& path) {
  if (path == "-") return OpenStandardInput();
  char first[kFirstBytes] = {};
  const auto bytes = TRY(InputBytes::Open(path));
  const int64_t got = TRY(bytes->ReadAt(0, first, sizeof first));
  return ByteStream::Open(path, CompressionOf({first, static_cast<size_t>(got)}));
}

TaggedBlock TagBlock(const LineBlock& block, const Tagger& tagger, JsonParser& parser) {
  TaggedBlock tagged{.text = {}, .lines = static_cast<int64_t>(block.size())};
  std::vector<std::string_view> lines;
  const auto tag_lines = [&] {
    tagged.bad_lines += tagger.TagLines(lines, parser, tagged.text);
    lines.clear();
  };
  for (size_t i = 0; i < block.size(); ++i) {
    if (!block.too_long(i)) {
      lines.push_back(block.line(i));
      continue;
    }
    tag_lines();
    AppendErrorLine("", "the line is longer than 64 MiB", tagged.text);
    ++tagged.bad_lines;
  }
  tag_lines();
  return tagged;
}

// Reads blocks of lines in order, tags them side by side, and writes them in order.
class TagPipeline {
 public:
  TagPipeline(LineBlocks& blocks, const Tagger& tagger,
              const std::function<Status(std::string_view)>& write)
      : blocks_(blocks), tagger_(tagger), write_(write) {}

  Result<TagSummary> Run(int threads) {
    using tbb::filter_mode;
    if (threads == 0) threads = tbb::this_task_arena::max_concurrency();
    const tbb::global_control allowed(tbb::global_control::max_allowed_parallelism,
                                      static_cast<size_t>(threads));
    tbb::task_arena arena(threads);
    arena.execute([&] {
      const size_t limit = static_cast<size_t>(kBlocksPerThread) * static_cast<size_t>(threads);
      tbb::parallel_pipeline(
          limit, tbb::make_filter<void, std::shared_ptr<LineBlock>>(
                     filter_mode::serial_in_order,
                     [&](tbb::flow_control& flow) { return ReadBlock(flow); }) &
                     tbb::make_filter<std::shared_ptr<LineBlock>, std::shared_ptr<TaggedBlock>>(
                         filter_mode::parallel,
                         [&](const std::shared_ptr<LineBlock>& block) {
                           return std::make_shared<TaggedBlock>(
                               TagBlock(*block, tagger_, parsers_.local()));
                         }) &
                     tbb::make_filter<std::shared_ptr<TaggedBlock>, void>(
                         filter_mode::serial_in_order,
                         [&](const std::shared_ptr<TaggedBlock>& block) { WriteBlock(*block); }));
    });
    summary_.bytes = blocks_.bytes_read();
    if (!written_) return std::unexpected(written_.error());
    if (!read_) return std::unexpected(read_.error());
    return summary_;
  }

 private:
  std::shared_ptr<LineBlock> ReadBlock(tbb::flow_control& flow) {
    auto block = failed_ ? Result<LineBlock>() : blocks_.Next();
    if (!block) read_ = std::unexpected(block.error());
    if (!block || block->size() == 0) {
      flow.stop();
      return nullptr;
    }
    return std::make_shared<LineBlock>(std::move(*block));
  }

  void WriteBlock(const TaggedBlock& block) {
    if (failed_) return;
    written_ = write_(block.text);
    if (!written_) failed_ = true;
    summary_.lines += block.lines;
    summary_.bad_lines += block.bad_lines;
  }

  LineBlocks& blocks_;
  const Tagger& tagger_;
  const std::function<Status(std::string_view)>& write_;
  tbb::enumerable_thread_specific<JsonParser> parsers_;
  TagSummary summary_;
  Status read_;
  Status written_;
  std::atomic<bool> failed_ = false;
};

}  // namespace

Result<TagSummary> TagFile(const std::string& path, const TagOptions& options,
                           const std::function<Status(std::string_view)>& write) {
  auto stream = TRY(OpenInput(path));
  const Tagger tagger = TRY(Tagger::Create(options));
  LineBlocks blocks(std::move(stream), {});
  return TagPipeline(blocks, tagger, write).Run(options.threads);
}

}  // namespace parley
