// One line of JSON in, its tags out.

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "parley/status.h"
#include "parley/tag.h"
#include "text/json.h"

namespace parley {

/// Holds the models that `TagOptions::with` asks for. Immutable once made: threads share it.
class Tagger {
 public:
  /// Errors as of `TagFile`.
  static Result<Tagger> Create(const TagOptions& options);
  Tagger(Tagger&&) noexcept;
  Tagger& operator=(Tagger&&) noexcept;
  ~Tagger();

  /// Appends the tags of one line of input, or its error, as a line of JSON with its LF. False if
  /// it was an error. `parser` belongs to the calling thread.
  bool TagLine(std::string_view line, JsonParser& parser, std::string& out) const;

 private:
  struct Models;
  explicit Tagger(std::unique_ptr<const Models> models);
  std::unique_ptr<const Models> models_;
};

/// The line for one that could not be read: `id_json` is JSON, or empty if the id is not known.
void AppendErrorLine(std::string_view id_json, std::string_view message, std::string& out);

}  // namespace parley
