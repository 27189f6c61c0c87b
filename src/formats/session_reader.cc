// A whole file of lines as one record: an array of the lines, in order.
//
// A line that is no JSON stands in the array as null, so that one broken event, such as the last
// one of a program that was killed, does not take the session with it; a dialect can count them.

#include <limits>

#include "formats/containers.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";  // In front of a line where files were joined.

class SessionReader final : public RecordReader {
 public:
  SessionReader(std::unique_ptr<RecordReader> lines, Options options)
      : lines_(std::move(lines)), options_(options) {}

  Result<std::optional<Record>> Next() override {
    if (given_) {
      if (failure_) return std::unexpected(*failure_);
      return std::nullopt;
    }
    given_ = true;
    Record record{.line = 1};
    TRY(Gather(record));
    if (array_.empty()) return Next();
    array_ += ']';
    if (!record.too_large) record.json = array_;
    return record;
  }

  Status SkipTo(int64_t begin_byte) override {
    Check(begin_byte == 0 && !given_, "a session is one record");
    return {};
  }

  int64_t LinesRead() const override { return lines_->LinesRead(); }

 private:
  Status Gather(Record& record) {
    for (;;) {
      const auto line = lines_->Next();
      if (!line && line.error().code != Code::kInvalid) return std::unexpected(line.error());
      if (!line) failure_ = line.error();
      if (!line || !*line) return {};
      record.size_bytes = (*line)->begin_byte + (*line)->size_bytes;
      record.too_large |= (*line)->too_large || record.size_bytes > options_.max_record_bytes;
      if (record.too_large) {
        array_.assign(1, '[');  // Not empty: there is a record.
      } else {
        array_ += array_.empty() ? '[' : ',';
        std::string_view text = (*line)->json;
        if (text.starts_with(kBom)) text.remove_prefix(kBom.size());
        array_ += parser_.Parse(text) ? text : "null";
      }
    }
  }

  std::unique_ptr<RecordReader> lines_;
  Options options_;
  JsonParser parser_;
  std::string array_;
  std::optional<Error> failure_;
  bool given_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> OpenSession(std::unique_ptr<ByteStream> stream, const InputFile& file,
                                          RecordReader::Options options) {
  const InputPiece whole{.end_byte = std::numeric_limits<int64_t>::max()};
  return std::make_unique<SessionReader>(OpenJsonLines(std::move(stream), file, whole, options),
                                         options);
}

}  // namespace parley
