// Lines of JSON, from a part of a plain file or from the whole of a compressed one.
//
// A line belongs to the piece it begins in, so a piece that begins inside a line passes over the
// rest of it, and reads its own last line to the end, past the piece's.

#include <algorithm>
#include <limits>

#include "formats/containers.h"
#include "io/byte_window.h"

namespace parley {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

class JsonLinesReader final : public RecordReader {
 public:
  JsonLinesReader(std::unique_ptr<ByteStream> stream, const InputFile& file,
                  const InputPiece& piece, Options options)
      : window_(std::move(stream)), piece_(piece), options_(options) {
    if (file.compression != Compression::kNone) {
      piece_.begin_byte = 0;
      piece_.end_byte = std::numeric_limits<int64_t>::max();
    }
  }

  Result<std::optional<Record>> Next() override {
    if (!started_) TRY(Start());
    while (window_.offset() < piece_.end_byte) {
      Record record{.begin_byte = window_.offset()};
      if (!TRY(TakeLine(record))) break;
      ++line_count_;
      record.line = counting_ ? line_count_ : 0;
      if (record.too_large || !IsBlank(record.json)) return record;
    }
    if (failure_) return std::unexpected(*failure_);
    return std::nullopt;
  }

  Status SkipTo(int64_t begin_byte) override {
    started_ = true;
    counting_ = false;
    return window_.SkipTo(begin_byte);
  }

  int64_t LinesRead() const override { return line_count_; }

 private:
  // To the first line that begins in the piece.
  Status Start() {
    started_ = true;
    if (piece_.begin_byte > 0) {
      TRY(window_.SkipTo(piece_.begin_byte - 1));
      while (window_.offset() < piece_.end_byte && !TRY(PassLine())) {
      }
      return {};
    }
    while (window_.unread().size() < kBom.size() && TRY(More())) {
    }
    if (window_.unread().starts_with(kBom) && piece_.end_byte > 0) {
      // The line behind it is the first piece's, even if that ends within the BOM.
      window_.Use(kBom.size());
      piece_.end_byte = std::max(piece_.end_byte, window_.offset() + 1);
    }
    return {};
  }

  // More bytes, or false where there are none: at the end, and where damage makes one. The damage
  // is told after the line that it cuts off.
  Result<bool> More() {
    if (failure_) return false;
    const auto more = window_.More();
    if (more) return *more;
    if (more.error().code != Code::kInvalid) return std::unexpected(more.error());
    failure_ = more.error();
    return false;
  }

  // Uses up the bytes at hand through the line's end. False if the end is not among them; then
  // more are put there, and at the end of the file there is nothing more to pass.
  Result<bool> PassLine() {
    if (window_.unread().empty() && !TRY(More())) {
      piece_.end_byte = window_.offset();
      return true;
    }
    const std::string_view unread = window_.unread();
    const size_t end = unread.find('\n');
    window_.Use(end == std::string_view::npos ? unread.size() : end + 1);
    return end != std::string_view::npos;
  }

  // Fills the record's text and size and uses the line up. False at the end of the file.
  Result<bool> TakeLine(Record& record) {
    size_t searched = 0;
    for (;;) {
      const std::string_view unread = window_.unread();
      const size_t end = unread.find('\n', searched);
      if (end != std::string_view::npos) {
        Fill(record, unread.substr(0, end));
        window_.Use(end + 1);
        return true;
      }
      if (static_cast<int64_t>(unread.size()) > options_.max_record_bytes) {
        return PassTooLarge(record);
      }
      searched = unread.size();
      if (!TRY(More())) break;
    }
    const std::string_view rest = window_.unread();
    Fill(record, rest);
    window_.Use(rest.size());
    return !rest.empty();
  }

  void Fill(Record& record, std::string_view line) const {
    if (line.ends_with('\r')) line.remove_suffix(1);
    record.size_bytes = static_cast<int64_t>(line.size());
    record.too_large = record.size_bytes > options_.max_record_bytes;
    if (!record.too_large) record.json = line;
  }

  Result<bool> PassTooLarge(Record& record) {
    int64_t line_ends = 0;
    for (bool ended = false; !ended;) {
      if (window_.unread().empty() && !TRY(More())) break;
      const std::string_view unread = window_.unread();
      const size_t end = unread.find('\n');
      ended = end != std::string_view::npos;
      const size_t used = ended ? end + 1 : unread.size();
      if (ended) line_ends = end > 0 && unread[end - 1] == '\r' ? 2 : 1;
      window_.Use(used);
    }
    record.size_bytes = window_.offset() - record.begin_byte - line_ends;
    record.too_large = true;
    return true;
  }

  ByteWindow window_;
  InputPiece piece_;
  Options options_;
  std::optional<Error> failure_;
  int64_t line_count_ = 0;
  bool started_ = false;
  bool counting_ = true;
};

}  // namespace

std::unique_ptr<RecordReader> OpenJsonLines(std::unique_ptr<ByteStream> stream,
                                            const InputFile& file, const InputPiece& piece,
                                            RecordReader::Options options) {
  return std::make_unique<JsonLinesReader>(std::move(stream), file, piece, options);
}

}  // namespace parley
