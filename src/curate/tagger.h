// One line of JSON in, its tags out.

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

  /// Appends the tags of each line of input, or its error, as a line of JSON with its LF. Gives how
  /// many were errors. Names and moderation are asked for all lines at once, which changes nothing
  /// but the speed. `parser` belongs to the calling thread.
  int64_t TagLines(std::span<const std::string_view> lines, JsonParser& parser,
                   std::string& out) const;

  /// The same for one. False if it was an error.
  bool TagLine(std::string_view line, JsonParser& parser, std::string& out) const;

 private:
  struct Models;
  struct Found;
  bool TagLine(std::string_view line, const Found* found, JsonParser& parser,
               std::string& out) const;
  std::vector<Found> FindInAll(std::span<const std::string_view> lines, JsonParser& parser) const;

  explicit Tagger(std::unique_ptr<const Models> models);
  std::unique_ptr<const Models> models_;
};

}  // namespace parley
