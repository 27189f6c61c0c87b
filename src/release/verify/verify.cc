// Verification goes from the outside in: the files against the manifest, the rows of the shards,
// the ledger against them, the descriptions against what was counted.

#include "parley/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include "io/digest.h"
#include "io/file.h"
#include "release/manifest.h"
#include "release/places.h"
#include "release/verify/findings.h"
#include "release/verify/ledger_check.h"
#include "release/verify/personal_check.h"
#include "release/verify/shard_check.h"
#include "release/verify/text_check.h"

namespace parley {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kManifest = "manifest.json";

// Everything under the release that is not a folder; what is no plain file is a finding.
std::set<std::string> FilesUnder(const std::string& folder, Findings& findings) {
  std::set<std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = fs::relative(entry->path(), folder, error).generic_string();
    if (entry->is_symlink() || (!entry->is_directory() && !entry->is_regular_file())) {
      findings.Add(name, "is no plain file");
    } else if (entry->is_regular_file()) {
      files.insert(name);
    }
  }
  if (error) findings.Add("", "the folder cannot be read: " + error.message());
  return files;
}

void CheckFile(const std::string& folder, const ReleaseFile& file, Findings& findings) {
  const auto hash = Sha256OfFile(folder + "/" + file.path);
  if (!hash) return findings.Add(file.path, hash.error().message);
  std::error_code error;
  const auto size = static_cast<int64_t>(fs::file_size(folder + "/" + file.path, error));
  if (size != file.size_bytes) {
    findings.Add(file.path,
                 fmt::format("has {} bytes; the manifest says {}", size, file.size_bytes));
  } else if (*hash != file.sha256) {
    findings.Add(file.path, "has another SHA-256 than the manifest says");
  }
}

// A shard that the manifest counts but does not list would go unhashed.
void CheckListed(const Manifest& manifest, Findings& findings) {
  std::set<std::string> listed;
  std::set<std::string> counted;
  for (const ReleaseFile& file : manifest.files) {
    if (file.path.starts_with("data/")) listed.insert(file.path);
  }
  for (const ShardInfo& shard : manifest.shards) counted.insert("data/" + shard.name);
  if (listed != counted) findings.Add("manifest.json", "its shards are not its files under data/");
}

void CheckFiles(const std::string& folder, const Manifest& manifest, Findings& findings) {
  std::set<std::string> there = FilesUnder(folder, findings);
  there.erase(std::string(kManifest));
  for (const ReleaseFile& file : manifest.files) {
    if (there.erase(file.path) == 0) {
      findings.Add(file.path, "is missing");
    } else {
      CheckFile(folder, file, findings);
    }
  }
  for (const std::string& extra : there) findings.Add(extra, "is not in the manifest");
  CheckListed(manifest, findings);
}

// The shards side by side, their results in order.
std::vector<ShardCheck> CheckShards(const std::string& folder, const Manifest& manifest,
                                    const Secrets& secrets, const PiiDetector* detector,
                                    int threads, Progress* progress) {
  std::vector<ShardCheck> checks(manifest.shards.size());
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < checks.size(); i = next++) {
      checks[i] = CheckShard(folder, manifest.shards[i], manifest.profile, secrets, detector);
      if (progress != nullptr) {
        progress->Advance(manifest.shards[i].rows, manifest.shards[i].num_bytes);
      }
    }
  };
  const int wanted = threads > 0 ? threads : static_cast<int>(std::thread::hardware_concurrency());
  std::vector<std::jthread> others;
  for (int i = 1; i < std::min(wanted, static_cast<int>(checks.size())); ++i) {
    others.emplace_back(work);
  }
  work();
  others.clear();
  return checks;
}

void CheckUnique(const Manifest& manifest, const std::vector<std::vector<Hash128>>& ids,
                 Findings& findings) {
  struct Seen {
    Hash128 id;
    int32_t shard;
    int64_t row;
  };
  std::vector<Seen> seen;
  for (size_t shard = 0; shard < ids.size(); ++shard) {
    for (size_t row = 0; row < ids[shard].size(); ++row) {
      seen.push_back({ids[shard][row], static_cast<int32_t>(shard), static_cast<int64_t>(row)});
    }
  }
  std::ranges::stable_sort(seen, {}, &Seen::id);
  for (size_t i = 1; i < seen.size(); ++i) {
    if (seen[i].id != seen[i - 1].id) continue;
    findings.Add("data/" + manifest.shards[static_cast<size_t>(seen[i].shard)].name,
                 "has the conversation_id of another row", seen[i].row);
  }
}

void CheckCounts(const Manifest& manifest, const Statistics& counted, Findings& findings) {
  const Statistics& said = manifest.statistics;
  const auto compare = [&](const char* what, const auto& in_data, const auto& in_manifest) {
    if (in_data != in_manifest) {
      findings.Add("manifest.json", fmt::format("its {} are not those of the data", what));
    }
  };
  compare("conversations", counted.conversations, said.conversations);
  compare("messages", counted.messages, said.messages);
  compare("conversations per model", counted.models, said.models);
  compare("conversations per language", counted.languages, said.languages);
  compare("turns", counted.turns, said.turns);
  compare("redacted conversations", counted.redacted_conversations, said.redacted_conversations);
  compare("moderated conversations", counted.moderated_conversations, said.moderated_conversations);
  compare("moderated messages", counted.moderated_messages, said.moderated_messages);
  compare("flagged messages", counted.flagged_messages, said.flagged_messages);
  compare("flagged conversations", counted.flagged_conversations, said.flagged_conversations);
  compare("flagged messages per category", counted.flagged_by_category, said.flagged_by_category);
  if (manifest.profile != Profile::kExtended) return;
  compare("conversations per day", counted.days, said.days);
  compare("redactions by type", counted.redactions, said.redactions);
}

Result<std::optional<PiiDetector>> DetectorFor(const Manifest& manifest) {
  if (!manifest.redaction_enabled || manifest.redaction_types.empty()) {
    return std::optional<PiiDetector>();
  }
  return std::optional(TRY(PiiDetector::Create(
      {.types = manifest.redaction_types, .phone_regions = manifest.phone_regions})));
}

void CheckTexts(const std::string& folder, const Manifest& manifest, const Secrets& secrets,
                const PiiDetector* detector, Findings& findings) {
  std::vector<std::string> names = {std::string(kManifest)};
  for (const ReleaseFile& file : manifest.files) {
    if (file.path.starts_with("data/") || !Exists(folder + "/" + file.path)) continue;
    names.push_back(file.path);
  }
  std::optional<PersonalCheck> personal;
  if (detector != nullptr) personal.emplace(*detector, manifest.recipe_toml);
  for (const std::string& name : names) {
    CheckTextFor(folder, name, secrets, findings);
    if (personal) personal->LookAtFile(folder, name, findings);
  }
}

// One release, whose secrets are gathered.
Status VerifyOne(const ReleasePlaces& places, const Secrets& secrets, int threads,
                 Progress* progress, Findings& findings) {
  VerifyReport& report = findings.report();
  const std::string text = TRY(ReadWholeFile(places.release + "/manifest.json"));
  const Result<Manifest> manifest = ReadManifest(text);
  if (!manifest) {
    findings.Add("manifest.json", manifest.error().message);
    return {};
  }
  if (progress != nullptr) progress->Begin("verify", NumBytesOf(manifest->shards));
  CheckFiles(places.release, *manifest, findings);
  const std::optional<PiiDetector> detector = TRY(DetectorFor(*manifest));
  std::vector<std::vector<Hash128>> ids;
  Statistics counted;
  for (ShardCheck& check : CheckShards(places.release, *manifest, secrets,
                                       detector ? &*detector : nullptr, threads, progress)) {
    findings.Take(std::move(check.findings));
    counted.Merge(check.counted);
    ids.push_back(std::move(check.ids));
  }
  if (progress != nullptr) progress->End();
  CheckUnique(*manifest, ids, findings);
  CheckCounts(*manifest, counted, findings);
  CheckDescriptions(places.release, *manifest, counted, findings);
  CheckTexts(places.release, *manifest, secrets, detector ? &*detector : nullptr, findings);
  if (places.private_folder.empty()) {
    report.not_checked.push_back(
        "There is no private/ beside the release: ledger, key, users and opt-outs were not looked "
        "at.");
  } else {
    report.ledger_rows = CheckLedger(places, *manifest, ids, findings);
  }
  if (!detector) {
    report.not_checked.push_back(
        "Redaction was off, so the texts were not searched for personal data.");
  }
  report.files = static_cast<int64_t>(manifest->files.size()) + 1;
  report.rows = counted.conversations;
  return {};
}

// Of a run's several releases all are there, under their own names, and nothing else.
void CheckSiblings(const std::vector<ReleasePlaces>& releases, Findings& findings) {
  std::set<std::string> expected;
  for (const ReleasePlaces& places : releases) {
    const auto text = ReadWholeFile(places.release + "/manifest.json");
    const Result<Manifest> manifest = text ? ReadManifest(*text) : Invalid("cannot be read");
    if (manifest) expected.insert(manifest->release_names.begin(), manifest->release_names.end());
    if (places.entry.empty() || places.entry == places.release_name) continue;
    findings.Add(places.release_name,
                 fmt::format("holds the release \"{}\" of this run", places.entry));
  }
  if (expected.empty()) return;  // Releases of different runs.
  const auto names = ListFolder(fs::path(releases.front().release).parent_path().string());
  if (!names) return findings.Add("", names.error().message);
  for (const std::string& name : *names) {
    if (expected.erase(name) == 0) findings.Add(name, "is no release of this run");
  }
  for (const std::string& missing : expected) findings.Add(missing, "is missing");
}

}  // namespace

Result<VerifyReport> Verify(const VerifyRequest& request, Progress* progress) {
  const std::vector<ReleasePlaces> releases = TRY(FindReleases(request.path));
  Secrets secrets;
  TRY(GatherPrivate(releases.front().private_folder, secrets));
  TRY(GatherCanaries(request.canaries_path, secrets));
  secrets.anywhere.Prepare();
  secrets.users.Prepare();
  Findings findings;
  for (const ReleasePlaces& places : releases) {
    Findings found;
    TRY(VerifyOne(places, secrets, request.threads, progress, found));
    VerifyReport& report = findings.report();
    report.files += found.report().files;
    report.rows += found.report().rows;
    report.ledger_rows = std::max(report.ledger_rows, found.report().ledger_rows);
    for (std::string& sentence : found.report().not_checked) {
      if (std::ranges::find(report.not_checked, sentence) == report.not_checked.end()) {
        report.not_checked.push_back(std::move(sentence));
      }
    }
    if (releases.size() > 1) found.PutUnder(places.release_name + "/");
    findings.Take(std::move(found));
  }
  const auto given = fs::absolute(request.path).lexically_normal();
  const bool of_a_run = fs::path(releases.front().release) != given &&
                        fs::path(releases.front().release) / "" != given;
  if (of_a_run) CheckSiblings(releases, findings);
  findings.report().secrets = secrets.anywhere.size() + secrets.users.size();
  return findings.report();
}

}  // namespace parley
