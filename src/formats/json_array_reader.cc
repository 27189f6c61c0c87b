// The elements of one JSON array, which may be gigabytes long: one element is held at a time.

#include <optional>

#include "formats/containers.h"
#include "formats/element_scanner.h"
#include "io/byte_window.h"

namespace parley {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kSeparators = " \t\r\n,";

class JsonArrayReader final : public RecordReader {
 public:
  JsonArrayReader(std::unique_ptr<ByteStream> stream, const InputFile& file, Options options)
      : window_(std::move(stream)), path_(file.path), options_(options) {}

  Result<std::optional<Record>> Next() override {
    if (!started_) TRY(Start());
    if (!failure_ && !ended_) TRY(PassOver(kSeparators));
    if (!failure_ && !ended_ && window_.unread().empty()) Cut();
    if (!failure_ && !ended_ && window_.unread()[0] == ']') TRY(Close());
    if (failure_) return std::unexpected(*failure_);
    if (ended_) return std::nullopt;
    return TRY(TakeElement());
  }

  Status SkipTo(int64_t begin_byte) override {
    started_ = true;
    counting_ = false;
    return window_.SkipTo(begin_byte);
  }

  int64_t LinesRead() const override { return elements_; }

 private:
  Status Start() {
    started_ = true;
    while (window_.unread().size() < kBom.size() && TRY(More())) {
    }
    if (window_.unread().starts_with(kBom)) window_.Use(kBom.size());
    TRY(PassOver(kBlanks));
    if (failure_) return {};
    if (window_.unread().starts_with('[')) {
      window_.Use(1);
    } else {
      failure_ = Error{Code::kInvalid, "does not begin with a \"[\"", PlaceHere()};
    }
    return {};
  }

  Place PlaceHere() const { return {.file = path_, .byte = window_.offset()}; }

  // More bytes, or false where there are none: at the end, and where damage makes one.
  Result<bool> More() {
    if (failure_) return false;
    const auto more = window_.More();
    if (more) return *more;
    if (more.error().code != Code::kInvalid) return std::unexpected(more.error());
    failure_ = more.error();
    return false;
  }

  // To the first byte that is none of `passed`, or the end.
  Status PassOver(std::string_view passed) {
    do {
      const std::string_view unread = window_.unread();
      const size_t found = unread.find_first_not_of(passed);
      window_.Use(found == std::string_view::npos ? unread.size() : found);
    } while (window_.unread().empty() && TRY(More()));
    return {};
  }

  void Cut() {
    failure_ = Error{Code::kInvalid, "the array is cut off: it has no closing \"]\"", PlaceHere()};
  }

  // Behind the closing bracket nothing may stand.
  Status Close() {
    window_.Use(1);
    TRY(PassOver(kBlanks));
    ended_ = !failure_;
    if (!failure_ && !window_.unread().empty()) {
      failure_ = Error{Code::kInvalid, "there is more behind the array's end", PlaceHere()};
    }
    return {};
  }

  Result<Record> TakeElement() {
    Record record{.begin_byte = window_.offset()};
    ++elements_;
    record.line = counting_ ? elements_ : 0;
    ElementScanner scanner;
    size_t scanned = 0;
    for (;;) {
      const std::string_view unread = window_.unread();
      const size_t end = scanner.Scan(unread.substr(scanned));
      const bool ended = end != ElementScanner::npos;
      scanned = ended ? scanned + end : unread.size();
      if (static_cast<int64_t>(scanned) > options_.max_record_bytes) {
        window_.Use(scanned);
        if (!ended) TRY(PassRest(scanner));
        record.too_large = true;
        break;
      }
      if (ended || !TRY(More())) {
        record.json = window_.unread();
        if (ended) record.json = record.json.substr(0, scanned);
        window_.Use(record.json.size());
        if (!ended && !failure_) Cut();
        break;
      }
    }
    record.size_bytes = window_.offset() - record.begin_byte;
    return record;
  }

  // Uses up what belongs to an element that is too large to keep.
  Status PassRest(ElementScanner& scanner) {
    for (;;) {
      if (window_.unread().empty() && !TRY(More())) break;
      const std::string_view unread = window_.unread();
      const size_t end = scanner.Scan(unread);
      window_.Use(end == ElementScanner::npos ? unread.size() : end);
      if (end != ElementScanner::npos) return {};
    }
    if (!failure_) Cut();
    return {};
  }

  ByteWindow window_;
  std::string path_;
  Options options_;
  std::optional<Error> failure_;
  int64_t elements_ = 0;
  bool started_ = false;
  bool ended_ = false;
  bool counting_ = true;
};

}  // namespace

std::unique_ptr<RecordReader> OpenJsonArray(std::unique_ptr<ByteStream> stream,
                                            const InputFile& file, RecordReader::Options options) {
  return std::make_unique<JsonArrayReader>(std::move(stream), file, options);
}

}  // namespace parley
