#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "curate/run_folder.h"
#include "io/file.h"
#include "parley/curate.h"
#include "release/ledger.h"

namespace parley {
namespace {

const std::map<std::string_view, std::string_view>& Sentences() {
  static const std::map<std::string_view, std::string_view> sentences = {
      {"snapshots.newer_snapshot", "a newer snapshot of the same conversation took its place"},
      {"opt_out.opted_out", "its user, or somebody for it, opted out"},
      {"consent.no_consent", "it was not given under terms that the recipe accepts"},
      {"duplicates.duplicate", "the same words are kept in an earlier conversation"},
      {"sample.not_sampled", "the sample that was asked for did not draw it"},
  };
  return sentences;
}

std::string_view LeftOutInWords(std::string_view reason) {
  static const std::map<std::string_view, std::string_view> words = {
      {"flagged", "a message is flagged"},
      {"not_flagged", "no message is flagged"},
      {"not_judged", "a message was not judged by any moderation"},
      {"language", "its language is not among those wanted"},
      {"model", "its model is not among those wanted"},
      {"duplicate", "the same words stand in an earlier conversation"},
      {"redacted", "something was redacted in it"},
      {"not_redacted", "nothing was redacted in it"},
      {"role", "a message is of another role"},
      {"turns", "it has too few or too many turns"},
  };
  const auto found = words.find(reason);
  return found == words.end() ? reason : found->second;
}

std::string WhyInWords(const LedgerRow& row) {
  const std::string why = row.stage + "." + row.reason;
  const auto found = Sentences().find(why);
  std::string words = found != Sentences().end()
                          ? std::string(found->second)
                          : fmt::format("the stage `{}` said `{}`", row.stage, row.reason);
  if (!row.detail.empty()) words += fmt::format(" ({})", row.detail);
  return words;
}

// Where a conversation stands in each of several releases.
std::string InEach(const LedgerRow& row, const std::vector<std::string>& releases) {
  std::string story;
  for (size_t i = 0; i < row.places.size(); ++i) {
    const ReleasePlace& place = row.places[i];
    story += i == 0 ? "" : "; ";
    story += place.left_out.empty()
                 ? fmt::format("in {}: shard {}, row {}", releases[i], place.shard.value_or(-1),
                               place.row.value_or(-1))
                 : fmt::format("left out of {}: {}", releases[i], LeftOutInWords(place.left_out));
  }
  return story;
}

std::string Story(const LedgerRow& row, const std::vector<std::string>& releases) {
  std::string story = fmt::format("{} line {}, byte {}: ", row.file, row.line, row.begin_byte);
  if (row.part > 0) story += fmt::format("its conversation number {}: ", row.part + 1);
  if (!row.places.empty()) {
    story += row.outcome == "kept" ? fmt::format("kept as {}: ", row.release_id) : "dropped: ";
    return story + InEach(row, releases) + ".\n";
  }
  if (row.outcome == "kept") {
    return story + fmt::format("kept as {} in {}, shard {}, row {}.\n", row.release_id, row.release,
                               row.shard.value_or(-1), row.row.value_or(-1));
  }
  story += fmt::format("{}: {}", row.outcome, WhyInWords(row));
  if (row.merged_into) story += fmt::format("; merged into ledger row {}", *row.merged_into);
  return story + ".\n";
}

}  // namespace

Result<std::string> Explain(const std::string& run_folder, const std::string& conversation_id) {
  const RunFolder folder(run_folder);
  if (!Exists(folder.ledger())) {
    return Fail(Code::kNotFound, "no run with a ledger here; --run wants the folder given as --out",
                {.file = run_folder});
  }
  std::string stories;
  int64_t count = 0;
  for (const std::string& path : TRY(LedgerFiles(folder.ledger()))) {
    const auto ledger = TRY(LedgerReader::Open(path));
    for (const LedgerRow& row : TRY(ledger->Find(conversation_id))) {
      stories += fmt::format("{:>8}  {}", row.sequence, Story(row, ledger->releases()));
      ++count;
    }
  }
  if (count == 0) {
    return Fail(Code::kNotFound,
                fmt::format("the ledger has no conversation with the id \"{}\"", conversation_id));
  }
  return fmt::format("{}: found {} time{} in the inputs. By ledger row:\n{}", conversation_id,
                     count, count == 1 ? "" : "s", stories);
}

}  // namespace parley
