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
#include "curate/distinct_counts.h"
#include "io/file.h"
#include "stages/plan_rules.h"

namespace parley {
namespace {

// What a block may take on its way: its bytes, its texts, its columns, and the writer's page
// buffers.
constexpr int64_t kBlockCostBytes = 48 << 20;

// One release's shards, in order.
class ReleaseSink {
 public:
  ReleaseSink(const ReleaseEntry& entry, const std::string& work_folder)
      : entry_(entry), work_folder_(work_folder) {}

  /// Whether the open shard holds its share of text.
  bool full() const { return text_bytes_ >= entry_.options.shard_megabytes * 1'000'000; }
  bool open() const { return shard_ != nullptr; }
  int64_t rows() const { return rows_; }

  Status Open(int64_t number) {
    const Profile profile = TRY(ProfileNamed(entry_.options.profile));
    shard_ = TRY(ShardWriter::Create(WorkShardPath(work_folder_, entry_, number), profile));
    rows_ = 0;
    text_bytes_ = 0;
    return {};
  }

  Status Append(BlockPart&& part) {
    rows_ += part.row_count;
    text_bytes_ += part.text_bytes;
    return part.rows ? shard_->Append(std::move(*part.rows)) : Status();
  }

  Result<ShardInfo> Close() {
    ShardInfo info = TRY(shard_->Close());
    shard_.reset();
    rows_ = 0;
    text_bytes_ = 0;
    return info;
  }

 private:
  const ReleaseEntry& entry_;
  const std::string& work_folder_;
  std::unique_ptr<ShardWriter> shard_;
  int64_t rows_ = 0;  // Of the open shard.
  int64_t text_bytes_ = 0;
};

// The serial end of the pipeline. A shard ends in all releases where it ends in one, so that a
// checkpoint holds for all.
class ShardSink {
 public:
  ShardSink(const RunSettings& run, Checkpoint checkpoint)
      : run_(run), checkpoint_(std::move(checkpoint)) {
    checkpoint_.releases.resize(run.releases.size());
    for (const ReleaseEntry& entry : run.releases) sinks_.emplace_back(entry, run.work_folder);
  }

  Status Take(DoneBlock&& done) {
    if (!ledger_) ledger_ = TRY(OpenLedger());
    for (size_t i = 0; i < sinks_.size(); ++i) {
      const bool needed = done.parts[i].row_count > 0 || !run_.several();
      if (needed && !sinks_[i].open()) TRY(sinks_[i].Open(shard_number(i)));
    }
    AssignPlaces(done);
    for (const LedgerRow& account : done.ledger) TRY(ledger_->Append(account));
    for (size_t i = 0; i < sinks_.size(); ++i) {
      checkpoint_.releases[i].statistics.Merge(done.parts[i].statistics);
      TRY(sinks_[i].Append(std::move(done.parts[i])));
    }
    checkpoint_.whole.Merge(done.whole);
    checkpoint_.next_sequence += static_cast<int64_t>(done.ledger.size());
    if (run_.progress != nullptr) {
      run_.progress->Advance(static_cast<int64_t>(done.ledger.size()), done.input_bytes);
    }
    return std::ranges::any_of(sinks_, &ReleaseSink::full) ? CloseShards() : Status();
  }

  /// The last shards, and an empty one where nothing at all was kept: a release has at least one.
  Result<Checkpoint> Finish(const PlanTotals& totals, const std::string& decisions_path) {
    if (!ledger_ && checkpoint_.ledger_files == 0) ledger_ = TRY(OpenLedger());
    for (size_t i = 0; i < sinks_.size(); ++i) {
      const bool without = checkpoint_.releases[i].shards.empty() && !sinks_[i].open();
      if (without) TRY(sinks_[i].Open(0));
    }
    TRY(CloseFiles());
    Statistics& of_all = run_.several() ? checkpoint_.whole : checkpoint_.releases[0].statistics;
    of_all.users = totals.user_count;
    of_all.duplicate_groups = totals.group_count;
    if (run_.several()) TRY(CountDistinct(run_, decisions_path, checkpoint_));
    checkpoint_.complete = true;
    TRY(SaveCheckpoint(CheckpointPath(run_.work_folder), checkpoint_));
    return checkpoint_;
  }

 private:
  int64_t shard_number(size_t release) const {
    return static_cast<int64_t>(checkpoint_.releases[release].shards.size());
  }

  Result<std::unique_ptr<LedgerWriter>> OpenLedger() const {
    return LedgerWriter::Create(WorkLedgerPath(run_.work_folder, checkpoint_.ledger_files),
                                run_.recipe.release_names());
  }

  void AssignPlaces(DoneBlock& done) const {
    std::vector<int64_t> rows;
    for (const ReleaseSink& sink : sinks_) rows.push_back(sink.rows());
    for (LedgerRow& account : done.ledger) {
      if (account.outcome != "kept") continue;
      if (!run_.several()) {
        account.shard = shard_number(0);
        account.row = rows[0]++;
      }
      for (size_t i = 0; i < account.places.size(); ++i) {
        if (!account.places[i].left_out.empty()) continue;
        account.places[i].shard = shard_number(i);
        account.places[i].row = rows[i]++;
      }
    }
  }

  Status CloseFiles() {
    for (size_t i = 0; i < sinks_.size(); ++i) {
      if (!sinks_[i].open()) continue;
      checkpoint_.releases[i].shards.push_back(TRY(sinks_[i].Close()));
    }
    if (!ledger_) return {};
    TRY(ledger_->Close());
    ledger_.reset();
    ++checkpoint_.ledger_files;
    return {};
  }

  Status CloseShards() {
    TRY(CloseFiles());
    return SaveCheckpoint(CheckpointPath(run_.work_folder), checkpoint_);
  }

  const RunSettings& run_;
  Checkpoint checkpoint_;
  std::vector<ReleaseSink> sinks_;  // [releases]
  std::unique_ptr<LedgerWriter> ledger_;
};

using BlockTicket = std::shared_ptr<WorkBlock>;
using DoneTicket = std::shared_ptr<Result<DoneBlock>>;

// Runs the pipeline until the source is dry or something fails; of failures the first in order
// counts.
Status RunBlocks(const RunSettings& run, BlockSource& source, ShardSink& sink, bool source_ids) {
  tbb::enumerable_thread_specific<std::unique_ptr<BlockWorker>> workers(
      [&] { return std::make_unique<BlockWorker>(run, source_ids); });
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
  const auto releases = static_cast<int64_t>(run.releases.size());
  const int64_t affordable = run.memory_bytes / 2 / (kBlockCostBytes * (1 + releases) / 2);
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

std::string WorkShardPath(const std::string& work_folder, const ReleaseEntry& release,
                          int64_t number) {
  return fmt::format("{}/release{}/data/shard-{:05}.parquet", work_folder, release.subfolder(),
                     number);
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
  for (const ReleaseEntry& entry : run.releases) {
    TRY(MakeFolder(fmt::format("{}/release{}/data", run.work_folder, entry.subfolder())));
  }
  TRY(MakeFolder(run.work_folder + "/ledger"));
  const IdentifierOptions identifiers =
      TRY(IdentifierOptionsFrom(run.recipe.Section("identifiers")));
  const auto source = TRY(BlockSource::Create(run, scan, decisions_path));
  if (run.progress != nullptr) run.progress->Begin("write", source->totals().row_bytes);
  if (checkpoint) TRY(source->SkipTo(checkpoint->next_sequence));
  ShardSink sink(run, checkpoint.value_or(Checkpoint{}));
  TRY(RunBlocks(run, *source, sink, identifiers.ids == "source"));
  TRY(CheckUnchanged(run.inputs));
  Checkpoint complete = TRY(sink.Finish(source->totals(), decisions_path));
  if (run.progress != nullptr) run.progress->End();
  return complete;
}

}  // namespace parley
