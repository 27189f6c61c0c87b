#include "stages/names/name_lists.h"

#include <bit>
#include <cstring>

#include "base/hash.h"
#include "io/file.h"

namespace parley {
namespace {

constexpr std::string_view kMagic = "PLNAMES1";
constexpr size_t kCodeBytes = 4;
constexpr size_t kHeadBytes = 3;  // Of a word in words_: its length, its kind.
constexpr uint32_t kMaxWords = 4'000'000;

/// Reads little-endian numbers from the front of `bytes`, or says that there are none left.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool Take(size_t count, std::string_view& part) {
    if (bytes_.size() < count) return false;
    part = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return true;
  }

  template <class T>
  bool Take(T& number) {
    std::string_view part;
    if (!Take(sizeof(T), part)) return false;
    std::memcpy(&number, part.data(), sizeof(T));
    return true;
  }

  bool empty() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

WordFacts FactsOf(uint32_t common_in, uint32_t flags) {
  return {.common_in = common_in,
          .given = (flags & 1) != 0,
          .surname = (flags & 2) != 0,
          .ambiguous = (flags & 4) != 0,
          .everyday = (flags & 8) != 0,
          .honorific = (flags & 16) != 0};
}

}  // namespace

Result<NameLists> NameLists::Read(const std::string& path) {
  const std::string bytes = TRY(ReadWholeFile(path));
  Result<NameLists> lists = Parse(bytes);
  if (!lists) return Invalid(lists.error().message, {.file = path});
  return lists;
}

Result<NameLists> NameLists::Parse(std::string_view bytes) {
  const auto damaged = [] {
    return Invalid("is no sound list of names (tools/make_name_lists.py makes it)");
  };
  if (!bytes.starts_with(kMagic)) return damaged();
  Reader reader(bytes.substr(kMagic.size()));
  uint32_t language_count = 0;
  uint32_t kind_count = 0;
  uint32_t word_count = 0;
  if (!reader.Take(language_count) || !reader.Take(kind_count) || !reader.Take(word_count) ||
      language_count > 32 || kind_count > 0x10000 || word_count > kMaxWords) {
    return damaged();
  }
  NameLists lists;
  for (uint32_t i = 0; i < language_count; ++i) {
    std::string_view code;
    if (!reader.Take(kCodeBytes, code)) return damaged();
    lists.languages_.emplace_back(code.substr(0, code.find('\0')));
  }
  for (uint32_t i = 0; i < kind_count; ++i) {
    uint32_t common_in = 0;
    uint32_t flags = 0;
    if (!reader.Take(common_in) || !reader.Take(flags)) return damaged();
    lists.kinds_.push_back(FactsOf(common_in, flags));
  }
  lists.slots_.resize(std::bit_ceil(uint64_t{word_count} * 2 + 1));
  std::string word;
  for (uint32_t i = 0; i < word_count; ++i) {
    uint8_t shared = 0;
    uint8_t rest = 0;
    std::string_view tail;
    uint16_t kind = 0;
    if (!reader.Take(shared) || !reader.Take(rest) || !reader.Take(rest, tail) ||
        !reader.Take(kind) || shared > word.size() || shared + rest > 255 || kind >= kind_count) {
      return damaged();
    }
    word.resize(shared);
    word += tail;
    const auto place = static_cast<uint32_t>(lists.words_.size());
    lists.words_ += static_cast<char>(word.size());
    lists.words_ += static_cast<char>(kind & 0xFF);
    lists.words_ += static_cast<char>(kind >> 8);
    lists.words_ += word;
    lists.Insert(place);
  }
  if (!reader.empty()) return damaged();
  lists.word_count_ = word_count;
  return lists;
}

std::string_view NameLists::WordAt(uint32_t place) const {
  return std::string_view(words_).substr(place + kHeadBytes, static_cast<uint8_t>(words_[place]));
}

void NameLists::Insert(uint32_t place) {
  const uint64_t hash = HashOf(WordAt(place));
  size_t at = hash & (slots_.size() - 1);
  while (slots_[at].place != kFree) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = {.fingerprint = static_cast<uint32_t>(hash >> 32), .place = place};
}

const WordFacts* NameLists::Find(std::string_view word) const {
  const uint64_t hash = HashOf(word);
  const auto fingerprint = static_cast<uint32_t>(hash >> 32);
  for (size_t at = hash & (slots_.size() - 1); slots_[at].place != kFree;
       at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].fingerprint != fingerprint || WordAt(slots_[at].place) != word) continue;
    uint16_t kind = 0;
    std::memcpy(&kind, words_.data() + slots_[at].place + 1, sizeof(kind));
    return &kinds_[kind];
  }
  return nullptr;
}

uint32_t NameLists::LanguageBit(std::string_view language) const {
  for (size_t i = 0; i < languages_.size(); ++i) {
    if (languages_[i] == language) return uint32_t{1} << i;
  }
  return 0;
}

}  // namespace parley
