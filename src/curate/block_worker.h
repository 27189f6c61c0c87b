// What happens to a block of the write pass, on any thread.

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "curate/block_source.h"
#include "curate/scan.h"
#include "curate/second_search.h"
#include "formats/dialect.h"
#include "release/ledger.h"
#include "release/selection.h"
#include "release/shard_writer.h"
#include "release/statistics.h"

namespace parley {

/// What a block gives to one release.
struct BlockPart {
  std::optional<RowBlock> rows = {};  ///< None if nothing of it is released there.
  int64_t row_count = 0;
  int64_t text_bytes = 0;
  Statistics statistics = {};
};

struct DoneBlock {
  std::vector<BlockPart> parts = {};  ///< [releases]
  int64_t input_bytes = 0;
  std::vector<LedgerRow> ledger = {};  ///< [items]; of the kept, shard and row are still open.
  Statistics whole = {};               ///< Of several releases: each conversation counts once.
};

/// Not thread-safe; one a thread. The result depends on the block alone, and of a conversation what
/// is released on the conversation alone: a block is only how many of them the model of names reads
/// at once.
class BlockWorker {
 public:
  BlockWorker(const RunSettings& run, bool source_ids);

  Result<DoneBlock> Do(const WorkBlock& block);

 private:
  /// One of the run's releases, as a block fills it.
  struct Target {
    Selection selection;
    RowBlockBuilder builder;
  };

  /// A kept record on its way to the redactor.
  struct Prepared {
    RawConversation raw = {};
    Annotations annotations = {};
    EditCounts edits = {};
    size_t account = 0;  ///< Its place in `DoneBlock::ledger`, and among the block's items.
  };

  Result<RawConversation*> Parse(const WorkBlock& block, const WorkBlock::Item& item);

  /// Sees to the moderation of what is released: the source's tags, and the step's for the rest.
  Status Moderate(std::vector<Prepared>& prepared, const std::vector<Redaction>& redactions);

  /// Parses, edits and annotates. None if a stage drops it, which `account` then says.
  Result<std::optional<Prepared>> Prepare(const WorkBlock& block, const WorkBlock::Item& item,
                                          LedgerRow& account);
  Status Release(const WorkBlock::Item& item, Prepared& prepared, Redaction redaction,
                 LedgerRow& account, DoneBlock& done);
  /// Adds the row to each release that takes it, and the places to the account.
  void Deal(const ReleaseRow& row, const EditCounts& edits, const SecondSearch& search,
            LedgerRow& account, DoneBlock& done);
  void CountOutcomes(DoneBlock& done) const;

  /// Leak, naming the canary's line, if one stands in the row.
  Status LookForCanaries(const ReleaseRow& row, const LedgerRow& account);

  /// A name of the source's making that goes out beside the texts, past the redactor like them.
  Result<std::string> Label(const std::string& raw);

  const RunSettings& run_;
  bool source_ids_;
  std::map<std::string, std::string> labels_;
  std::map<std::string, std::unique_ptr<Dialect>> dialects_;
  ParsedRecord parsed_;
  std::vector<Target> targets_;  // [releases]
  std::string scratch_;          // Of the search for canaries.
};

}  // namespace parley
