// Finds the persons' names in texts of any language.
//
// A ladder from cheap to dear. The screen (name_screen.h) reads every byte and picks the sentences
// that could hold a name; only those are cut into pieces and read by the encoder, many windows at
// once; what it says of each piece becomes spans of whole words (name_decoder.h), and lists say
// whose names they are (known_persons.h). Windows that were read before come out of a cache.

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/status.h"
#include "stages/names/name_mention.h"

namespace parley {

class PieceLabeller;

/// What to look through.
struct NameText {
  std::string_view text = {};      ///< Valid UTF-8.
  std::string_view language = {};  ///< ISO 639-1 ("en"), or empty where it is not known.
  /// Written by a person: names are looked for in lower case too. Models write names large.
  bool by_person = true;
};

/// What each step of the ladder did, since the finder was made.
struct NameCounts {
  int64_t texts = 0;
  int64_t bytes = 0;
  int64_t sentences = 0;        ///< Pieces of text that the screen looked at.
  int64_t sentences_read = 0;   ///< Of these, those it let through.
  int64_t bytes_read = 0;       ///< Of the sentences let through.
  int64_t stretches = 0;        ///< What they were joined into.
  int64_t mentions = 0;         ///< Found, eponyms included.
  int64_t mentions_listed = 0;  ///< Of these, those with a word of the lists of names.
  /// Of the work itself; with several threads these may differ from run to run by a few.
  int64_t cache_hits = 0;   ///< Stretches known from before.
  int64_t pieces_read = 0;  ///< Pieces that the encoder read.
};

class NameFinder {
 public:
  struct Options {
    std::string model = "encoder";  ///< A folder, or the name of a data folder (io/data_files.h).
    std::string lists = "names";    ///< The same, for the lists of words and names.
    /// Added to the log-probability that a piece is a person's name: above nought finds more names,
    /// and more that are none.
    double recall_bias = 2.4;
    bool screen = true;  ///< Off: the encoder reads everything.
    bool odds = true;    ///< Off: the screen goes by its rules alone, without its linear model.
    /// A text of no more bytes is read whatever the screen says: tweets and short prompts have
    /// names that no list holds, and are few of the bytes.
    int64_t unscreened_bytes = 300;
    int64_t cached_windows = 200'000;  ///< Remembered at most; nought: none. About 100 bytes each.
  };

  /// Opens model and lists. NotFound or Invalid, naming the file, where one is missing, damaged or
  /// of another version.
  static Result<NameFinder> Create(const Options& options);

  /// The same with a model of the caller's own, which tests use (name_testing.h).
  static Result<NameFinder> Create(const Options& options,
                                   std::shared_ptr<const PieceLabeller> labeller);

  NameFinder(NameFinder&&) noexcept;
  NameFinder& operator=(NameFinder&&) noexcept;
  ~NameFinder();

  /// The mentions of each text, ascending, without overlaps, eponyms among them. Each text is
  /// judged by itself: neither the others nor the cache change what comes out. Many texts in one
  /// call are read faster than one by one. Takes time linear in the bytes. Thread-safe.
  std::vector<std::vector<NameMention>> Find(std::span<const NameText> texts) const;

  NameCounts counts() const;

 private:
  struct State;
  explicit NameFinder(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace parley
