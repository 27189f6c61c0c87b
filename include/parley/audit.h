// People read a sample of a release, and what they find goes on its card.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "parley/audit_estimate.h"
#include "parley/audit_sample.h"
#include "parley/progress.h"
#include "parley/status.h"

namespace parley {

struct AuditRequest {
  std::string path;                      ///< A release, or a run's folder with one.
  std::vector<std::string> inputs = {};  ///< The logs it was made of; with them the page says what
                                         ///< stood in the place of a tag.
  std::optional<int64_t> size = {};      ///< Texts to draw; if empty, those drawn before, or 200.
  std::optional<uint64_t> seed = {};     ///< Of the draw; if empty, that of before, or 0.
};

/// A sample of a release with its verdicts, in `private/audit` beside the release (of one of
/// several in `private/audit/NAME`), mode 0700:
///
///     sample-<name>.json     the texts; <name> is of the release's data, the size and the seed
///     verdicts-<name>.json   what readers said so far
///     index.html             the page to read on
///     estimate.json          the last estimate
///
/// Not thread-safe.
class Audit {
 public:
  /// Finds the sample or draws it, and writes the page. NotFound if there is no release at `path`;
  /// Invalid if there are several, and if the size is not 1 to 100,000. `progress` may be null.
  static Result<Audit> Open(const AuditRequest& request, Progress* progress);
  Audit(Audit&&) noexcept;
  Audit& operator=(Audit&&) noexcept;
  ~Audit();

  const std::vector<AuditText>& texts() const;       ///< In the order to read them in.
  const AuditVerdict* VerdictOn(size_t text) const;  ///< Null if it has none yet.
  std::string page_path() const;
  const std::string& note() const;  ///< Why the page does not say what tags stand for, if so.

  /// Takes the verdicts in a file of the page or of another reader; where a text has one already,
  /// the later file's counts. Gives how many texts had another one. Invalid if the file is
  /// something else, or about another sample.
  Result<int64_t> TakeVerdicts(const std::string& path);

  /// Keeps one verdict, or takes it back. It is on disk when this returns.
  Status Judge(AuditVerdict verdict);
  Status TakeBack(const std::string& text);

  AuditEstimate Estimate() const;

  /// Writes estimate.json and makes card, report and manifest anew with the estimate in them; data
  /// and all else stay as they are. Invalid if nothing was read yet, or if the manifest's recipe is
  /// not one of this program's.
  Status Publish();

 private:
  struct State;
  explicit Audit(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace parley
