// Blocks go through a pipeline: one thread at a time reads, any number work, one at a time writes,
// in order. So the shards are the same at any number of threads. A shard is closed when it holds
// its share of text; then its ledger file is closed too and a checkpoint says so. A run that was
// killed begins again behind the last checkpoint and deals out the same blocks, because a shard
// ends where a block ends.

#include "curate/write.h"

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <memory>

#include "curate/block_source.h"
#include "curate/block_worker.h"
#include "io/file.h"
#include "stages/plan_rules.h"

namespace parley {
namespace {

// What a block may take on its way: its bytes, its texts, its columns, and the writer's page
// buffers.
constexpr int64_t kBlockCostBytes = 48 << 20;

// The serial end of the pipeline.
class ShardSink {
 public:
  ShardSink(const RunSettings& run, Profile profile, Checkpoint checkpoint)
      : run_(run),
        profile_(profile),
        shard_text_bytes_(run.recipe.release().shard_megabytes * 1'000'000),
        checkpoint_(std::move(checkpoint)) {}

  Status Take(DoneBlock&& done) {
    if (!ledger_) TRY(Open());
    AssignPlaces(done);
    for (const LedgerRow& account : done.ledger) TRY(ledger_->Append(account));
    rows_ += done.row_count;
    text_bytes_ += done.text_bytes;
    if (done.rows) TRY(shard_->Append(std::move(*done.rows)));
    checkpoint_.statistics.Merge(done.statistics);
    checkpoint_.next_sequence += static_cast<int64_t>(done.ledger.size());
    if (run_.progress != nullptr) {
      run_.progress->Advance(static_cast<int64_t>(done.ledger.size()), done.input_bytes);
    }
    return text_bytes_ >= shard_text_bytes_ ? CloseShard() : Status();
  }

  /// The last shard, and an empty one if nothing at all was kept: a release has at least one.
  Result<Checkpoint> Finish(const PlanTotals& totals) {
    if (!ledger_ && checkpoint_.shards.empty()) TRY(Open());
    checkpoint_.complete = true;
    checkpoint_.statistics.users = totals.user_count;
    checkpoint_.statistics.duplicate_groups = totals.group_count;
    if (ledger_) {
      TRY(CloseShard());
    } else {
      TRY(SaveCheckpoint(CheckpointPath(run_.work_folder), checkpoint_));
    }
    return checkpoint_;
  }

 private:
  int64_t shard_number() const { return static_cast<int64_t>(checkpoint_.shards.size()); }

  Status Open() {
    shard_ = TRY(ShardWriter::Create(WorkShardPath(run_.work_folder, shard_number()), profile_));
    ledger_ = TRY(LedgerWriter::Create(WorkLedgerPath(run_.work_folder, shard_number())));
    rows_ = 0;
    text_bytes_ = 0;
    return {};
  }

  void AssignPlaces(DoneBlock& done) const {
    int64_t row = rows_;
    for (LedgerRow& account : done.ledger) {
      if (account.outcome != "kept") continue;
      account.shard = shard_number();
      account.row = row++;
    }
  }

  Status CloseShard() {
    ShardInfo info = TRY(shard_->Close());
    TRY(ledger_->Close());
    shard_.reset();
    ledger_.reset();
    checkpoint_.shards.push_back(std::move(info));
    checkpoint_.ledger_files = shard_number();
    return SaveCheckpoint(CheckpointPath(run_.work_folder), checkpoint_);
  }

  const RunSettings& run_;
  Profile profile_;
  int64_t shard_text_bytes_;
  Checkpoint checkpoint_;
  std::unique_ptr<ShardWriter> shard_;
  std::unique_ptr<LedgerWriter> ledger_;
  int64_t rows_ = 0;  // Of the open shard.
  int64_t text_bytes_ = 0;
};

using BlockTicket = std::shared_ptr<WorkBlock>;
using DoneTicket = std::shared_ptr<Result<DoneBlock>>;

// Runs the pipeline until the source is dry or something fails; of failures the first in order
// counts.
Status RunBlocks(const RunSettings& run, BlockSource& source, ShardSink& sink, Profile profile,
                 bool source_ids) {
  tbb::enumerable_thread_specific<std::unique_ptr<BlockWorker>> workers(
      [&] { return std::make_unique<BlockWorker>(run, profile, source_ids); });
  Status failed;
  const auto read = [&](tbb::flow_control& control) -> BlockTicket {
    if (failed) {
      Result<std::optional<WorkBlock>> block = source.Next();
      if (block && block->has_value()) return std::make_shared<WorkBlock>(std::move(**block));
      if (!block) failed = std::unexpected(block.error());
    }
    control.stop();
    return nullptr;
  };
  const auto work = [&](const BlockTicket& block) -> DoneTicket {
    return std::make_shared<Result<DoneBlock>>(workers.local()->Do(*block));
  };
  Status sink_failed;
  const auto write = [&](const DoneTicket& done) {
    if (!sink_failed) return;
    if (!*done) {
      sink_failed = std::unexpected(done->error());
    } else {
      sink_failed = sink.Take(std::move(**done));
    }
  };
  const int64_t affordable = run.memory_bytes / 2 / kBlockCostBytes;
  const auto tokens = static_cast<size_t>(
      std::clamp<int64_t>(affordable, 2, static_cast<int64_t>(run.threads) * 2));
  tbb::task_arena arena(run.threads);
  arena.execute([&] {
    tbb::parallel_pipeline(
        tokens, tbb::make_filter<void, BlockTicket>(tbb::filter_mode::serial_in_order, read) &
                    tbb::make_filter<BlockTicket, DoneTicket>(tbb::filter_mode::parallel, work) &
                    tbb::make_filter<DoneTicket, void>(tbb::filter_mode::serial_in_order, write));
  });
  return sink_failed ? failed : sink_failed;
}

}  // namespace

std::string WorkShardPath(const std::string& work_folder, int64_t number) {
  return fmt::format("{}/release/data/shard-{:05}.parquet", work_folder, number);
}

std::string WorkLedgerPath(const std::string& work_folder, int64_t number) {
  return fmt::format("{}/ledger/part-{:05}.parquet", work_folder, number);
}

std::string CheckpointPath(const std::string& work_folder) {
  return work_folder + "/checkpoint.json";
}

int64_t CountTurns(const RawConversation& conversation) {
  int64_t turns = 0;
  bool asked = false;
  for (const Message& message : conversation.messages) {
    if (message.role == Role::kUser) asked = true;
    if (message.role == Role::kAssistant && asked) {
      ++turns;
      asked = false;
    }
  }
  return turns;
}

Result<Checkpoint> Write(const RunSettings& run, const ScanResult& scan,
                         const std::string& decisions_path) {
  std::optional<Checkpoint> checkpoint = TRY(LoadCheckpoint(CheckpointPath(run.work_folder)));
  if (checkpoint && checkpoint->complete) return std::move(*checkpoint);
  TRY(MakeFolder(run.work_folder + "/release/data"));
  TRY(MakeFolder(run.work_folder + "/ledger"));
  const Profile profile = TRY(ProfileNamed(run.recipe.release().profile));
  const IdentifierOptions identifiers =
      TRY(IdentifierOptionsFrom(run.recipe.Section("identifiers")));
  const auto source = TRY(BlockSource::Create(run, scan, decisions_path));
  if (run.progress != nullptr) run.progress->Begin("write", source->totals().row_bytes);
  if (checkpoint) TRY(source->SkipTo(checkpoint->next_sequence));
  ShardSink sink(run, profile, checkpoint.value_or(Checkpoint{}));
  TRY(RunBlocks(run, *source, sink, profile, identifiers.ids == "source"));
  TRY(CheckUnchanged(run.inputs));
  Checkpoint complete = TRY(sink.Finish(source->totals()));
  if (run.progress != nullptr) run.progress->End();
  return complete;
}

}  // namespace parley
