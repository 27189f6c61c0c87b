#include "release/verify/ledger_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "io/file.h"
#include "release/ledger.h"

namespace parley {
namespace {

constexpr std::array<std::string_view, 4> kOutcomes = {"kept", "merged", "dropped", "bad"};

class LedgerCheck {
 public:
  LedgerCheck(const ReleasePlaces& places, const std::vector<std::vector<Hash128>>& ids,
              Findings& findings)
      : places_(places), ids_(ids), findings_(findings) {
    for (const auto& shard : ids) seen_.emplace_back(shard.size(), false);
  }

  /// False if the ledger is of other releases. `releases` is the reader's.
  bool Begin(std::string file, const std::vector<std::string>& releases) {
    file_ = std::move(file);
    row_ = -1;
    release_count_ = releases.size();
    const auto column = std::ranges::find(releases, places_.entry);
    column_ = static_cast<size_t>(column - releases.begin());
    if (column != releases.end() || (releases.empty() && places_.entry.empty())) return true;
    Add("knows no release of this name");
    return false;
  }

  void Look(const LedgerRow& row) {
    ++row_;
    if (row.sequence != rows_++) Add("its sequence number does not follow the last one's");
    if (std::ranges::find(kOutcomes, row.outcome) == kOutcomes.end()) Add("has no known outcome");
    if (row.outcome != "kept" && row.stage.empty()) Add("was not kept, but no stage says so");
    if (row.merged_into) {
      last_survivor_ = std::max(last_survivor_, *row.merged_into);
      if (*row.merged_into == row.sequence || *row.merged_into < 0) Add("is merged into itself");
    } else if (row.outcome == "merged") {
      Add("is merged, but into nothing");
    }
    if (release_count_ > 0) LookAtPlaces(row);
    const Standing standing = StandingIn(row, column_);
    counted_.AddOutcome(standing.outcome, standing.stage, standing.reason);
    if (standing.outcome != "kept") return;
    if (release_count_ > 0 || row.release == places_.release_name) LookAtKept(row, standing);
  }

  void Finish(const Statistics& said) {
    const std::string whole = "private/ledger";
    if (last_survivor_ >= rows_) findings_.Add(whole, "a row is merged into one that is not there");
    if (counted_.outcomes != said.outcomes) {
      findings_.Add(whole, fmt::format("its outcomes ({} rows) are not those of the manifest ({})",
                                       rows_, said.InputCount()));
    }
    if (counted_.drops != said.drops) {
      findings_.Add(whole, "its stages and reasons do not add up to those of the manifest");
    }
    int64_t unaccounted = 0;
    for (const auto& shard : seen_) unaccounted += std::ranges::count(shard, false);
    if (unaccounted > 0) {
      findings_.Add(whole,
                    fmt::format("{} rows of the release stand in no row of it", unaccounted));
    }
  }

  int64_t rows() const { return rows_; }

 private:
  void Add(std::string message) { findings_.Add(file_, std::move(message), row_); }

  // What is kept stands in one of the releases, and what is not in none.
  void LookAtPlaces(const LedgerRow& row) {
    const auto stands = std::ranges::count(row.places, true, [](const ReleasePlace& place) {
      return place.shard.has_value() && place.row.has_value() && place.left_out.empty();
    });
    if ((row.outcome == "kept") != (stands > 0)) {
      Add("was kept, but stands in no release, or the other way round");
    }
    const bool told = std::ranges::all_of(row.places, [](const ReleasePlace& place) {
      return place.row.has_value() == place.left_out.empty();
    });
    if (!told) Add("neither stands in a release nor says why not, or does both");
  }

  void LookAtKept(const LedgerRow& row, const Standing& standing) {
    const auto shard = static_cast<size_t>(standing.shard.value_or(-1));
    const auto place = static_cast<size_t>(standing.row.value_or(-1));
    if (!standing.shard || !standing.row || shard >= ids_.size() || place >= ids_[shard].size()) {
      return Add("points at a row that the release does not have");
    }
    if (ids_[shard][place] != WideHashOf(row.release_id)) {
      return Add("points at a row with another conversation_id");
    }
    if (seen_[shard][place]) return Add("points at a row that another points at");
    seen_[shard][place] = true;
  }

  const ReleasePlaces& places_;
  size_t release_count_ = 0;  // Of the ledger's file; 0 where there is one release.
  size_t column_ = 0;
  const std::vector<std::vector<Hash128>>& ids_;
  Findings& findings_;
  std::vector<std::vector<bool>> seen_;
  Statistics counted_;
  std::string file_;
  int64_t row_ = -1;
  int64_t rows_ = 0;
  int64_t last_survivor_ = -1;
};

void CheckClosedOff(const std::string& private_folder, Findings& findings) {
  std::error_code error;
  const auto mode = std::filesystem::status(private_folder, error).permissions();
  using std::filesystem::perms;
  if (!error && (mode & (perms::group_all | perms::others_all)) != perms::none) {
    findings.Add("private", "is open to others: its mode should be 0700");
  }
}

}  // namespace

int64_t CheckLedger(const ReleasePlaces& places, const Manifest& manifest,
                    const std::vector<std::vector<Hash128>>& ids, Findings& findings) {
  const std::string& private_folder = places.private_folder;
  CheckClosedOff(private_folder, findings);
  const auto names = ListFolder(private_folder + "/ledger");
  if (!names) {
    findings.Add("private/ledger", names.error().message);
    return 0;
  }
  LedgerCheck check(places, ids, findings);
  for (const std::string& name : *names) {
    const std::string file = "private/ledger/" + name;
    if (!name.ends_with(".parquet")) {
      findings.Add(file, "is no part of the ledger");
      continue;
    }
    const auto reader = LedgerReader::Open(private_folder + "/ledger/" + name);
    if (!reader) findings.Add(file, reader.error().message);
    const bool ours = reader && check.Begin(file, (*reader)->releases());
    while (ours) {
      const auto row = (*reader)->Next();
      if (!row) findings.Add(file, row.error().message);
      if (!row || !row->has_value()) break;
      check.Look(**row);
    }
  }
  check.Finish(manifest.statistics);
  return check.rows();
}

}  // namespace parley
