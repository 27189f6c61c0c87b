#include "inference/llama_vocabulary.h"

#include <algorithm>
#include <bit>
#include <bitset>
#include <charconv>
#include <cstring>
#include <numeric>
#include <optional>
#include <unordered_map>
#include <utility>

#include "io/file.h"
#include "text/json.h"
#include "text/utf8.h"

namespace parley {
namespace {

using Symbol = MergeTable::Symbol;

constexpr std::string_view kVisibleSpace = "\xE2\x96\x81";

std::string WithSpaces(std::string_view piece) {
  std::string out;
  for (size_t at = 0; at < piece.size();) {
    const bool space = piece.substr(at).starts_with(kVisibleSpace);
    out += space ? ' ' : piece[at];
    at += space ? kVisibleSpace.size() : 1;
  }
  return out;
}

// The byte of "<0x0A>".
std::optional<uint8_t> ByteOf(std::string_view piece) {
  if (piece.size() != 6 || !piece.starts_with("<0x") || piece[5] != '>') return std::nullopt;
  uint8_t byte = 0;
  const auto [end, error] = std::from_chars(piece.data() + 3, piece.data() + 5, byte, 16);
  if (error != std::errc() || end != piece.data() + 5) return std::nullopt;
  return byte;
}

// The ids of the bytes as they are found.
class ByteIds {
 public:
  bool Add(std::string_view piece, size_t id) {
    const std::optional<uint8_t> byte = ByteOf(piece);
    if (!byte) return false;
    ids_[*byte] = static_cast<int32_t>(id);
    found_.set(*byte);
    return true;
  }
  bool complete() const { return found_.all(); }
  const std::array<int32_t, 256>& ids() const { return ids_; }

 private:
  std::array<int32_t, 256> ids_ = {};
  std::bitset<256> found_;
};

// --- SentencePiece's protobuf -------------------------------------------------------------------

// One field of a protobuf message.
struct Field {
  uint64_t number = 0;
  uint64_t value = 0;        // Of a varint or a fixed32.
  std::string_view content;  // Of what has a length.
};

class FieldReader {
 public:
  explicit FieldReader(std::string_view message) : rest_(message) {}

  // The next field; nothing at the end, or where the message is broken.
  std::optional<Field> Next() {
    if (rest_.empty()) return std::nullopt;
    Field field;
    const std::optional<Field> read = Read(field) ? std::optional(field) : std::nullopt;
    broken_ = !read;
    return read;
  }
  bool broken() const { return broken_; }

 private:
  bool Varint(uint64_t& value) {
    value = 0;
    for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_[0]);
      rest_.remove_prefix(1);
      value |= uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return true;
    }
    return false;
  }

  bool Take(uint64_t size, std::string_view& content) {
    if (size > rest_.size()) return false;
    content = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }

  bool Read(Field& field) {
    uint64_t tag = 0;
    if (!Varint(tag)) return false;
    field.number = tag >> 3;
    switch (tag & 7) {
      case 0:
        return Varint(field.value);
      case 1:
        return Take(8, field.content);
      case 2:
        return Varint(field.value) && Take(field.value, field.content);
      case 5: {
        if (!Take(4, field.content)) return false;
        uint32_t bits = 0;
        std::memcpy(&bits, field.content.data(), 4);
        field.value = bits;
        return true;
      }
      default:
        return false;
    }
  }

  std::string_view rest_;
  bool broken_ = false;
};

enum PieceType : uint64_t { kNormal = 1, kUserDefined = 4, kUnused = 5, kByte = 6 };

struct ModelPiece {
  std::string_view text;
  float score = 0;
  uint64_t type = kNormal;
};

// A SentencePiece model, as far as it matters; numbers and defaults as in its .proto file.
struct Model {
  std::vector<ModelPiece> pieces;
  uint64_t algorithm = 1;
  bool byte_fallback = false;
  bool space_behind = false;
  bool has_normaliser = false;
  bool space_in_front = true;
  bool drops_spaces = true;
  bool shows_spaces = true;
};

bool ReadPiece(std::string_view message, ModelPiece& piece) {
  FieldReader reader(message);
  while (const auto field = reader.Next()) {
    if (field->number == 1) piece.text = field->content;
    if (field->number == 2) piece.score = std::bit_cast<float>(static_cast<uint32_t>(field->value));
    if (field->number == 3) piece.type = field->value;
  }
  return !reader.broken();
}

bool ReadTrainerSpec(std::string_view message, Model& model) {
  FieldReader reader(message);
  while (const auto field = reader.Next()) {
    if (field->number == 3) model.algorithm = field->value;
    if (field->number == 24) model.space_behind = field->value != 0;
    if (field->number == 35) model.byte_fallback = field->value != 0;
  }
  return !reader.broken();
}

bool ReadNormaliserSpec(std::string_view message, Model& model) {
  FieldReader reader(message);
  while (const auto field = reader.Next()) {
    if (field->number == 2) model.has_normaliser = !field->content.empty();
    if (field->number == 3) model.space_in_front = field->value != 0;
    if (field->number == 4) model.drops_spaces = field->value != 0;
    if (field->number == 5) model.shows_spaces = field->value != 0;
  }
  return !reader.broken();
}

bool ReadModel(std::string_view bytes, Model& model) {
  FieldReader reader(bytes);
  bool sound = true;
  while (const auto field = reader.Next()) {
    if (field->number == 1) sound &= ReadPiece(field->content, model.pieces.emplace_back());
    if (field->number == 2) sound &= ReadTrainerSpec(field->content, model);
    if (field->number == 3) sound &= ReadNormaliserSpec(field->content, model);
  }
  return sound && !reader.broken() && !model.pieces.empty();
}

// Equal scores give equal priorities; the highest score goes first.
std::vector<uint32_t> PrioritiesOf(const std::vector<ModelPiece>& pieces) {
  std::vector<uint32_t> by_score(pieces.size());
  std::iota(by_score.begin(), by_score.end(), 0);
  std::ranges::stable_sort(by_score, std::greater<>(),
                           [&](uint32_t id) { return pieces[id].score; });
  std::vector<uint32_t> priorities(pieces.size());
  uint32_t priority = 0;
  for (uint32_t place = 0; place < by_score.size(); ++place) {
    if (place == 0 || pieces[by_score[place]].score != pieces[by_score[place - 1]].score) {
      priority = place;
    }
    priorities[by_score[place]] = priority;
  }
  return priorities;
}

// SentencePiece joins two neighbours whenever the whole is a piece, whatever the halves.
Status AddAllSplits(const std::vector<uint32_t>& priorities, LlamaVocabulary& vocabulary,
                    const std::string& path) {
  std::unordered_map<std::string_view, Symbol> symbols;
  for (Symbol id = 0; id < vocabulary.pieces.size(); ++id) {
    const std::string_view piece = vocabulary.pieces[id];
    if (!piece.empty() && !symbols.emplace(piece, id).second) {
      return Invalid("a piece stands in the vocabulary twice", {path});
    }
  }
  for (Symbol id = 0; id < vocabulary.pieces.size(); ++id) {
    const std::string_view piece = vocabulary.pieces[id];
    for (size_t cut = 1; cut < piece.size(); ++cut) {
      const auto left = symbols.find(piece.substr(0, cut));
      if (left == symbols.end()) continue;
      const auto right = symbols.find(piece.substr(cut));
      if (right == symbols.end()) continue;
      vocabulary.rules.push_back({left->second, right->second, id, priorities[id]});
    }
  }
  return {};
}

Result<LlamaVocabulary> FromModel(std::string_view bytes, const std::string& path) {
  Model model;
  if (!ReadModel(bytes, model)) {
    return Invalid("neither a SentencePiece model nor a tokenizer.json", {path});
  }
  if (model.algorithm != 2 || !model.byte_fallback || model.has_normaliser || model.space_behind ||
      !model.space_in_front || model.drops_spaces || !model.shows_spaces) {
    return Invalid(
        "a SentencePiece model of another kind than Llama's: expected BPE with byte "
        "fallback, a space in front and no normaliser",
        {path});
  }
  LlamaVocabulary vocabulary;
  ByteIds byte_ids;
  for (const ModelPiece& piece : model.pieces) {
    const size_t id = vocabulary.pieces.size();
    if (piece.type == kUserDefined || piece.type == kUnused) {
      return Invalid("pieces that a user defined, or unused ones, are not supported", {path});
    }
    if (piece.type == kByte) byte_ids.Add(piece.text, id);
    const bool ordinary = piece.type == kNormal && IsValidUtf8(piece.text);
    vocabulary.pieces.push_back(ordinary ? WithSpaces(piece.text) : std::string());
  }
  if (!byte_ids.complete()) return Invalid("the vocabulary lacks the token of a byte", {path});
  vocabulary.byte_ids = byte_ids.ids();
  TRY(AddAllSplits(PrioritiesOf(model.pieces), vocabulary, path));
  return vocabulary;
}

// --- tokenizer.json -----------------------------------------------------------------------------

// A merge is "left right" in older files and ["left", "right"] in newer ones.
bool ReadMerge(JsonElement merge, std::string_view& left, std::string_view& right) {
  std::string_view both;
  if (merge.get(both) == simdjson::SUCCESS) {
    const size_t space = both.find(' ');
    if (space == std::string_view::npos) return false;
    left = both.substr(0, space);
    right = both.substr(space + 1);
    return true;
  }
  return merge.at(0).get(left) == simdjson::SUCCESS && merge.at(1).get(right) == simdjson::SUCCESS;
}

bool BoolAt(JsonElement object, std::string_view key) {
  bool value = false;
  return object[key].get(value) == simdjson::SUCCESS && value;
}

Result<LlamaVocabulary> FromJson(std::string_view bytes, const std::string& path) {
  JsonParser parser;
  const JsonElement root = TRY(parser.Parse(bytes));
  const Place place = {.file = path};
  JsonElement model;
  JsonObject vocab;
  JsonArray merges;
  if (root["model"].get(model) != simdjson::SUCCESS ||
      model["vocab"].get(vocab) != simdjson::SUCCESS ||
      model["merges"].get(merges) != simdjson::SUCCESS) {
    return Invalid("a tokenizer.json without model.vocab or model.merges", place);
  }
  if (!BoolAt(model, "byte_fallback") || BoolAt(model, "ignore_merges")) {
    return Invalid("a tokenizer.json of another kind than Llama's: expected BPE with byte fallback",
                   place);
  }
  std::unordered_map<std::string_view, Symbol> symbols;
  LlamaVocabulary vocabulary;
  ByteIds byte_ids;
  vocabulary.pieces.resize(vocab.size());
  for (const auto [piece, value] : vocab) {
    int64_t id = -1;
    if (value.get(id) != simdjson::SUCCESS || id < 0 ||
        id >= static_cast<int64_t>(vocabulary.pieces.size())) {
      return Invalid("the ids of model.vocab are not 0 to its size", place);
    }
    symbols[piece] = static_cast<Symbol>(id);
    if (!byte_ids.Add(piece, static_cast<size_t>(id))) {
      vocabulary.pieces[static_cast<size_t>(id)] = WithSpaces(piece);
    }
  }
  if (!byte_ids.complete()) return Invalid("the vocabulary lacks the token of a byte", place);
  vocabulary.byte_ids = byte_ids.ids();
  std::string whole;
  for (const JsonElement merge : merges) {
    std::string_view left;
    std::string_view right;
    if (!ReadMerge(merge, left, right)) return Invalid("a merge that is no pair", place);
    whole.assign(left).append(right);
    const auto joined = symbols.find(whole);
    if (!symbols.contains(left) || !symbols.contains(right) || joined == symbols.end()) {
      return Invalid("a merge of pieces that the vocabulary lacks", place);
    }
    vocabulary.rules.push_back({symbols[left], symbols[right], joined->second,
                                static_cast<uint32_t>(vocabulary.rules.size())});
  }
  return vocabulary;
}

}  // namespace

Result<LlamaVocabulary> ParseLlamaVocabulary(std::string_view bytes, const std::string& path) {
  const size_t first = bytes.find_first_not_of(" \t\r\n");
  const bool json = first != std::string_view::npos && bytes[first] == '{';
  return json ? FromJson(bytes, path) : FromModel(bytes, path);
}

Result<LlamaVocabulary> ReadLlamaVocabulary(const std::string& path) {
  return ParseLlamaVocabulary(TRY(ReadWholeFile(path)), path);
}

}  // namespace parley
