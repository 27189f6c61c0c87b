#include "parley/audit.h"

#include <fmt/format.h>

#include <algorithm>

#include "curate/audit_originals.h"
#include "curate/release_facts.h"
#include "curate/run_folder.h"
#include "io/file.h"
#include "release/audit/page.h"
#include "release/audit/sample.h"
#include "release/audit/verdicts.h"
#include "release/places.h"
#include "release/release_files.h"

namespace parley {
namespace {

constexpr int64_t kUsualSize = 200;

// The size and seed that were drawn last, by the file that says so.
struct Draw {
  int64_t size = kUsualSize;
  uint64_t seed = 0;
};

}  // namespace

struct Audit::State {
  ReleasePlaces places;
  std::string folder;
  std::string manifest;
  AuditSample sample;
  Verdicts verdicts;
  std::string note;

  std::string SamplePath(const std::string& name) const {
    return fmt::format("{}/sample-{}.json", folder, name.substr(0, 8));
  }
  std::string VerdictsPath() const {
    return fmt::format("{}/verdicts-{}.json", folder, sample.name.substr(0, 8));
  }
  std::string LastPath() const { return folder + "/last"; }
  std::string PagePath() const { return folder + "/index.html"; }

  Result<Draw> LastDraw() const {
    Draw draw;
    if (!Exists(LastPath())) return draw;
    const std::string text = TRY(ReadWholeFile(LastPath()));
    char* end = nullptr;
    const int64_t size = std::strtoll(text.c_str(), &end, 10);
    if (size < 1 || *end != ' ') return draw;
    return Draw{size, std::strtoull(end + 1, nullptr, 10)};
  }

  Status FindOrDraw(const AuditRequest& request) {
    Draw draw = TRY(LastDraw());
    if (request.size) draw.size = *request.size;
    if (request.seed) draw.seed = *request.seed;
    const Manifest read = TRY(ReadManifest(manifest));
    const std::string name = SampleName(read, draw.size, draw.seed);
    if (Exists(SamplePath(name))) {
      const std::string json = TRY(ReadWholeFile(SamplePath(name)));
      if (auto known = SampleFromJson(json); known && known->name == name) {
        sample = std::move(*known);
      }
    }
    const bool drawn = sample.texts.empty();
    if (drawn) sample = TRY(DrawSample(places.release, read, draw.size, draw.seed));
    if (!request.inputs.empty()) note = TRY(AddOriginals(places, manifest, request.inputs, sample));
    if (drawn || !request.inputs.empty()) {
      TRY(WriteWholeFile(SamplePath(name), ToJson(sample)));
    }
    return WriteWholeFile(LastPath(), fmt::format("{} {}\n", draw.size, draw.seed));
  }

  Status LoadVerdicts() {
    if (!Exists(VerdictsPath())) return {};
    const std::string json = TRY(ReadWholeFile(VerdictsPath()));
    verdicts = TRY(ReadVerdicts(json, sample, VerdictsPath()));
    return {};
  }

  Status Save() const {
    TRY(WriteWholeFile(VerdictsPath(), ToJson(verdicts, sample.name)));
    return WriteWholeFile(PagePath(), AuditPage(sample, verdicts));
  }
};

Audit::Audit(std::unique_ptr<State> state) : state_(std::move(state)) {}
Audit::Audit(Audit&&) noexcept = default;
Audit& Audit::operator=(Audit&&) noexcept = default;
Audit::~Audit() = default;

Result<Audit> Audit::Open(const AuditRequest& request, Progress* progress) {
  auto state = std::make_unique<State>();
  state->places = TRY(FindRelease(request.path));
  state->manifest = TRY(ReadWholeFile(state->places.release + "/manifest.json"));
  state->folder = state->places.beside + "/audit";
  TRY(MakeFolder(state->places.beside, true));
  TRY(MakeFolder(state->folder, true));
  if (!state->places.entry.empty()) {
    state->folder += "/" + state->places.entry;
    TRY(MakeFolder(state->folder, true));
  }
  if (progress != nullptr) progress->Begin("draw", 0);
  const Status found = state->FindOrDraw(request);
  if (progress != nullptr) progress->End();
  TRY(Status(found));
  TRY(state->LoadVerdicts());
  TRY(WriteWholeFile(state->PagePath(), AuditPage(state->sample, state->verdicts)));
  return Audit(std::move(state));
}

const std::vector<AuditText>& Audit::texts() const { return state_->sample.texts; }

const AuditVerdict* Audit::VerdictOn(size_t text) const {
  const auto found = state_->verdicts.find(state_->sample.texts[text].id);
  return found == state_->verdicts.end() ? nullptr : &found->second;
}

std::string Audit::page_path() const { return state_->PagePath(); }
const std::string& Audit::note() const { return state_->note; }

Result<int64_t> Audit::TakeVerdicts(const std::string& path) {
  const std::string json = TRY(ReadWholeFile(path));
  Verdicts given = TRY(ReadVerdicts(json, state_->sample, path));
  int64_t changed = 0;
  for (auto& [id, verdict] : given) {
    const auto known = state_->verdicts.find(id);
    if (known != state_->verdicts.end() && known->second != verdict) ++changed;
    state_->verdicts[id] = std::move(verdict);
  }
  TRY(state_->Save());
  return changed;
}

Status Audit::Judge(AuditVerdict verdict) {
  const std::string id = verdict.text;
  state_->verdicts[id] = std::move(verdict);
  return WriteWholeFile(state_->VerdictsPath(), ToJson(state_->verdicts, state_->sample.name));
}

Status Audit::TakeBack(const std::string& text) {
  state_->verdicts.erase(text);
  return WriteWholeFile(state_->VerdictsPath(), ToJson(state_->verdicts, state_->sample.name));
}

AuditEstimate Audit::Estimate() const { return EstimateFrom(state_->sample, state_->verdicts); }

Status Audit::Publish() {
  AuditEstimate estimate = Estimate();
  if (estimate.read == 0) return Invalid("no text of the sample has been read yet");
  ReleaseFacts facts = TRY(FactsFromManifest(state_->manifest));
  estimate.date = DateOf(facts);
  TRY(state_->Save());
  TRY(WriteWholeFile(state_->folder + "/estimate.json", ToJson(estimate) + "\n"));
  facts.audit = std::move(estimate);
  TRY(WriteReleaseFiles(state_->places.release, facts));
  state_->manifest = TRY(ReadWholeFile(state_->places.release + "/manifest.json"));
  const RunFolder run(state_->places.beside.substr(0, state_->places.beside.rfind('/')));
  const std::string subfolder = state_->places.entry.empty() ? "" : "/" + state_->places.entry;
  if (!Exists(run.releases_file()) || run.release() + subfolder != state_->places.release) {
    return {};
  }
  return ListReleases(run, run.release());
}

}  // namespace parley
