#include "parley/curate.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "curate/finish.h"
#include "curate/plan.h"
#include "curate/recipe.h"
#include "curate/run_folder.h"
#include "curate/run_record.h"
#include "curate/scan.h"
#include "curate/stage_line.h"
#include "curate/standard_input.h"
#include "curate/write.h"
#include "formats/inputs.h"
#include "io/data_files.h"
#include "io/digest.h"
#include "parley/version.h"
#include "release/verify/secrets.h"
#include "stages/plan_rules.h"

namespace parley {
namespace {

constexpr int64_t kLeastMemoryBytes = int64_t{256} << 20;

Result<Recipe> RecipeOf(const CurateRequest& request) {
  Recipe recipe;
  if (!request.recipe_path.empty()) TRY(recipe.Read(request.recipe_path));
  for (const auto& [key, text] : request.settings) TRY(recipe.Set(key, text));
  TRY(recipe.Settle());
  for (const ReleaseEntry& entry : recipe.releases()) TRY(ProfileNamed(entry.options.profile));
  TRY(OptOutOptionsFrom(recipe.Section("opt_out")));
  TRY(ConsentOptionsFrom(recipe.Section("consent")));
  TRY(DuplicateOptionsFrom(recipe.Section("duplicates")));
  TRY(SampleOptionsFrom(recipe.Section("sample")));
  TRY(IdentifierOptionsFrom(recipe.Section("identifiers")));
  TRY(LimitOptionsFrom(recipe.Section("limits")));
  return recipe;
}

// The inputs, standard input spooled and in the place of its "-".
Result<std::vector<InputFile>> InputsOf(const CurateRequest& request, const Recipe& recipe,
                                        const RunFolder& folder) {
  std::vector<std::string> paths = request.inputs;
  for (std::string& path : paths) {
    if (path == "-") path = folder.spooled_input();
  }
  std::vector<InputFile> inputs = TRY(FindInputs(paths, recipe.input().format));
  // What the run itself writes is no input, even if it lies among them.
  const std::string ours = std::filesystem::weakly_canonical(folder.out()).string() + "/";
  std::erase_if(inputs, [&](const InputFile& input) {
    return input.path != folder.spooled_input() &&
           std::filesystem::weakly_canonical(input.path).string().starts_with(ours);
  });
  for (InputFile& input : inputs) {
    // A spool is ours, so its time means nothing.
    if (input.path == folder.spooled_input()) input.name = "stdin";
  }
  if (inputs.empty()) return Invalid("the inputs hold no file");
  return inputs;
}

// One run, from the checks to the release.
class CurateRun {
 public:
  CurateRun(const CurateRequest& request, Progress* progress)
      : request_(request), progress_(progress), folder_(request.out) {}

  Result<CurateSummary> Do() {
    TRY(Prepare());
    const StageLine stages = TRY(StageLine::Create(recipe_));
    const bool from_pipe = std::ranges::find(request_.inputs, "-") != request_.inputs.end();
    if (!from_pipe) inputs_ = TRY(InputsOf(request_, recipe_, folder_));
    identity_.models = TRY(HashDataFiles());
    identity_.files = TRY(HashRecipeFiles(recipe_));
    TRY(GatherCanaryLines());

    if (!request_.key_path.empty()) TRY(ObtainKey(folder_, request_.key_path));

    TRY(folder_.Claim());
    if (from_pipe) {
      TRY(SpoolStandardInput(folder_.spooled_input()));
      inputs_ = TRY(InputsOf(request_, recipe_, folder_));
    }
    const std::string key = TRY(ObtainKey(folder_, request_.key_path));
    identity_.version = kVersion;
    identity_.recipe = recipe_.ToToml(false);
    identity_.key_hash = Sha256Hex(key);
    identity_.inputs = inputs_;
    const bool finished = TRY(MeetEarlierRun());
    if (finished) return AlreadyDone();
    return Passes(stages, key);
  }

 private:
  Status Prepare() {
    if (request_.inputs.empty()) return Invalid("no INPUT given");
    if (request_.out.empty()) return Invalid("no --out given");
    if (request_.memory_bytes < kLeastMemoryBytes) {
      return Invalid("--memory is under 256 MiB, too little to hold the models and a few blocks");
    }
    recipe_ = TRY(RecipeOf(request_));
    TRY(FindDataFile("report/echarts.min.js"));
    return folder_.CheckUsable();
  }

  // A run that goes on with other canaries would not have searched what is written already.
  Status GatherCanaryLines() {
    if (request_.canaries_path.empty()) return {};
    TRY(GatherCanaries(request_.canaries_path, canaries_));
    canaries_.anywhere.Prepare();
    identity_.files["--canaries"] = TRY(Sha256OfFile(request_.canaries_path));
    return {};
  }

  // Whether the same run has finished here already. Conflict if another run was begun here.
  Result<bool> MeetEarlierRun() {
    record_.identity = identity_.Hash();
    if (!Exists(folder_.run_file())) {
      TRY(SaveRunRecord(folder_.run_file(), record_));
      return false;
    }
    const RunRecord earlier = TRY(LoadRunRecord(folder_.run_file()));
    if (earlier.identity != record_.identity) {
      return Fail(Code::kConflict,
                  "the folder holds a run of other inputs, recipe, key or models; give another "
                  "--out, or remove it",
                  {.file = folder_.out()});
    }
    record_ = earlier;
    return earlier.finished && Exists(folder_.release());
  }

  Result<CurateSummary> AlreadyDone() {
    TRY(RemoveTree(folder_.work()));  // A kill may have come between the end and the wiping.
    CurateSummary summary = TRY(SummaryFromJson(record_.summary));
    summary.already_done = true;
    const auto bad = summary.outcomes.find("bad");
    if (request_.strict && bad != summary.outcomes.end()) {
      return Fail(
          Code::kBadRecord,
          fmt::format("the run had finished with {} bad records, which --strict forbids; its "
                      "ledger names them",
                      bad->second),
          {.file = folder_.out()});
    }
    return summary;
  }

  Result<CurateSummary> Passes(const StageLine& stages, const std::string& key) {
    const int threads = request_.threads > 0
                            ? request_.threads
                            : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const RunSettings run{
        .recipe = recipe_,
        .stages = stages,
        .inputs = inputs_,
        .releases = recipe_.releases(),
        .key = key,
        .work_folder = folder_.work(),
        .threads = threads,
        .memory_bytes = request_.memory_bytes,
        .strict = request_.strict,
        .progress = progress_,
        .canaries = request_.canaries_path.empty() ? nullptr : &canaries_.anywhere};
    TRY(KeepOptOuts());
    if (stages.moderation().source != nullptr) {
      TRY(stages.moderation().source->KeepAnswersIn(folder_.priv() + "/moderation"));
    }
    const ScanResult scan = TRY(Scan(run));
    const std::string decisions = TRY(Plan(run, scan));
    if (request_.dry_run) return DryRunSummary(scan, decisions);
    const Checkpoint checkpoint = TRY(Write(run, scan, decisions));
    TRY(Finish(folder_, run, identity_, scan, checkpoint));

    CurateSummary summary = Summarise(checkpoint);
    record_.finished = true;
    record_.summary = SummaryToJson(summary);
    TRY(SaveRunRecord(folder_.run_file(), record_));
    TRY(RemoveTree(folder_.work()));
    return summary;
  }

  // Verify and a later erasure hold a release against them when the recipe's files may be gone.
  Status KeepOptOuts() const {
    TRY(MakeFolder(folder_.opt_outs()));
    for (const auto& [key, path] : recipe_.Files()) {
      if (!key.starts_with("opt_out.")) continue;
      const std::string list = TRY(ReadWholeFile(path));
      TRY(WriteWholeFile(folder_.opt_outs() + "/" + key.substr(8) + ".txt", list));
    }
    return {};
  }

  CurateSummary CommonSummary() const {
    CurateSummary summary;
    summary.input_files = static_cast<int64_t>(inputs_.size());
    for (const InputFile& input : inputs_) summary.input_bytes += input.size_bytes;
    summary.missing_card_fields = MissingFields(recipe_.releases().front().card);
    return summary;
  }

  CurateSummary Summarise(const Checkpoint& checkpoint) const {
    CurateSummary summary = CommonSummary();
    const Statistics& statistics =
        recipe_.release_names().empty() ? checkpoint.releases.front().statistics : checkpoint.whole;
    const auto copy = [](const CountByName& counts) {
      return std::map<std::string, int64_t>(counts.begin(), counts.end());
    };
    summary.outcomes = copy(statistics.outcomes);
    summary.reasons = copy(statistics.drops);
    summary.models = copy(statistics.models);
    summary.languages = copy(statistics.languages);
    summary.redactions = copy(statistics.redactions);
    summary.kept = statistics.conversations;
    AddReleases(checkpoint, summary);
    summary.release_folder = folder_.release();
    HoldAgainstLimits(summary);
    return summary;
  }

  void AddReleases(const Checkpoint& checkpoint, CurateSummary& summary) const {
    const std::vector<std::string> names = recipe_.release_names();
    for (size_t i = 0; i < checkpoint.releases.size(); ++i) {
      const ReleaseProgress& release = checkpoint.releases[i];
      const auto shards = static_cast<int64_t>(release.shards.size());
      summary.shards += shards;
      summary.release_bytes += SizeBytesOf(release.shards);
      if (names.empty()) continue;
      summary.releases.push_back({.name = names[i],
                                  .folder = folder_.release() + "/" + names[i],
                                  .kept = release.statistics.conversations,
                                  .shards = shards,
                                  .size_bytes = SizeBytesOf(release.shards)});
    }
  }

  Result<CurateSummary> DryRunSummary(const ScanResult& scan, const std::string& decisions_path) {
    CurateSummary summary = CommonSummary();
    summary.dry_run = true;
    for (const std::string& name : recipe_.release_names())
      summary.releases.push_back({.name = name});
    const auto decisions = TRY(DecisionReader::Open(decisions_path));
    ScanRow row;
    for (const std::string& path : scan.row_paths) {
      const auto rows = TRY(ScanRowReader::Open(path));
      for (;;) {
        const bool more = TRY(rows->Next(row));
        if (!more) break;
        const Account account = AccountFor(row, TRY(decisions->Next()));
        ++summary.outcomes[std::string(account.outcome)];
        if (!account.why.empty()) ++summary.reasons[std::string(account.why)];
      }
    }
    summary.kept = summary.outcomes["kept"];
    HoldAgainstLimits(summary);
    return summary;
  }

  void HoldAgainstLimits(CurateSummary& summary) const {
    for (const auto& [outcome, count] : summary.outcomes) summary.ledger_rows += count;
    const LimitOptions limits = LimitOptionsFrom(recipe_.Section("limits")).value();
    if (!recipe_.Enabled("limits") || summary.ledger_rows == 0) return;
    const auto hold = [&](const std::string& outcome, double limit) {
      const auto found = summary.outcomes.find(outcome);
      if (found == summary.outcomes.end()) return;
      const double share =
          static_cast<double>(found->second) / static_cast<double>(summary.ledger_rows);
      if (share <= limit) return;
      summary.over_limit = true;
      summary.limit_message =
          fmt::format("{:.2f} % of the ledger's rows are {}, over the recipe's limit of {:.2f} %",
                      share * 100, outcome, limit * 100);
    };
    hold("dropped", limits.max_dropped_share);
    hold("bad", limits.max_bad_share);
  }

  const CurateRequest& request_;
  Progress* progress_;
  RunFolder folder_;
  Recipe recipe_;
  std::vector<InputFile> inputs_;
  RunIdentity identity_;
  RunRecord record_;
  Secrets canaries_;
};

}  // namespace

Result<CurateSummary> Curate(const CurateRequest& request, Progress* progress) {
  return CurateRun(request, progress).Do();
}

}  // namespace parley
