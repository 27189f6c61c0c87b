#include "curate/tagger.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "stages/count/tokens.h"
#include "stages/language/language_detector.h"
#include "stages/redact/pii_detector.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr std::array<std::string_view, 3> kTags = {"language", "pii", "tokens"};
constexpr std::ptrdiff_t kDigitsOfAPhone = 5;  // Fewer are no phone number anywhere.

bool Wants(const TagOptions& options, std::string_view tag) {
  return std::ranges::find(options.with, tag) != options.with.end();
}

struct Texts {
  std::vector<std::string_view> list;
  bool are_messages = false;  // Else it is one.
};

// The content of a message; null is an empty text.
std::optional<std::string_view> ContentOf(JsonElement message) {
  const auto content = message["content"];
  if (content.error() == simdjson::SUCCESS && content.is_null()) return "";
  std::string_view text;
  if (content.get(text) != simdjson::SUCCESS) return std::nullopt;
  return text;
}

// The texts that a line holds, or what is wrong with it.
Result<Texts> TextsIn(JsonObject line) {
  Texts texts;
  if (const auto text = line["text"]; text.error() == simdjson::SUCCESS) {
    if (text.get(texts.list.emplace_back()) == simdjson::SUCCESS) return texts;
    return Invalid("`text` is no string");
  }
  JsonArray messages;
  if (line["messages"].get(messages) != simdjson::SUCCESS) {
    return Invalid("there is neither a string `text` nor a list `messages`");
  }
  texts.are_messages = true;
  for (const JsonElement message : messages) {
    const auto content = ContentOf(message);
    if (!content) {
      return Invalid(fmt::format("message {} has no string `content`", texts.list.size()));
    }
    texts.list.push_back(*content);
  }
  return texts;
}

// Turns growing byte offsets into code points.
class CodePointOffsets {
 public:
  explicit CodePointOffsets(std::string_view text) : text_(text) {}

  int64_t At(int64_t byte) {
    if (byte < byte_) byte_ = code_points_ = 0;
    code_points_ += CountCodePoints(
        text_.substr(static_cast<size_t>(byte_), static_cast<size_t>(byte - byte_)));
    byte_ = byte;
    return code_points_;
  }

 private:
  std::string_view text_;
  int64_t byte_ = 0;
  int64_t code_points_ = 0;
};

void WriteCount(JsonWriter& json, std::string_view key, std::optional<int64_t> count) {
  json.Key(key);
  if (count) {
    json.Int(*count);
  } else {
    json.Null();
  }
}

void WriteLanguage(const LanguageGuess& guess, JsonWriter& json) {
  json.BeginObject().Key("code").String(guess.code).Key("name").String(guess.name);
  json.Key("confidence").Double(guess.confidence).End();
}

// Whether the language may matter to a detector of personal data: it does for phone numbers alone.
bool MayHoldAPhone(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }) >=
         kDigitsOfAPhone;
}

}  // namespace

struct Tagger::Models {
  bool tags_language = false;
  bool tags_tokens = false;
  bool code_point_offsets = false;
  std::optional<LanguageDetector> language;
  std::optional<PiiDetector> pii;
  TokenCounters tokens;

  LanguageGuess Guess(std::string_view text) const {
    if (!language || (!tags_language && !MayHoldAPhone(text))) return {};
    return language->Detect(text);
  }

  void WritePii(std::string_view text, std::string_view code, JsonWriter& json) const {
    CodePointOffsets code_points(text);
    json.BeginArray();
    for (const PiiSpan& span : pii->Find(text, code)) {
      const int64_t begin = code_point_offsets ? code_points.At(span.begin) : span.begin;
      const int64_t end = code_point_offsets ? code_points.At(span.end) : span.end;
      json.BeginObject().Key("type").String(span.type).Key("begin").Int(begin);
      json.Key("end").Int(end).Key("score").Double(span.score).End();
    }
    json.End();
  }

  void WriteTokens(std::string_view text, JsonWriter& json) const {
    json.BeginObject();
    WriteCount(json, "llama2", CountTokens(tokens.llama2.get(), text));
    WriteCount(json, "cl100k", CountTokens(tokens.cl100k.get(), text));
    json.End();
  }

  // Every tag of a line's texts: of one its value, of messages a list.
  void WriteTags(const Texts& texts, JsonWriter& json) const {
    std::vector<LanguageGuess> guesses;
    for (const std::string_view text : texts.list) guesses.push_back(Guess(text));
    const auto write_each = [&](std::string_view tag, const auto& write) {
      json.Key(tag);
      if (texts.are_messages) json.BeginArray();
      for (size_t i = 0; i < texts.list.size(); ++i) write(i);
      if (texts.are_messages) json.End();
    };
    if (tags_language) write_each("language", [&](size_t i) { WriteLanguage(guesses[i], json); });
    if (pii) write_each("pii", [&](size_t i) { WritePii(texts.list[i], guesses[i].code, json); });
    if (tags_tokens) write_each("tokens", [&](size_t i) { WriteTokens(texts.list[i], json); });
  }
};

Tagger::Tagger(std::unique_ptr<const Models> models) : models_(std::move(models)) {}
Tagger::Tagger(Tagger&&) noexcept = default;
Tagger& Tagger::operator=(Tagger&&) noexcept = default;
Tagger::~Tagger() = default;

Result<Tagger> Tagger::Create(const TagOptions& options) {
  for (const std::string& tag : options.with) {
    if (std::ranges::find(kTags, tag) == kTags.end()) {
      return Invalid(
          fmt::format("there is no tag \"{}\"; there are {}", tag, fmt::join(kTags, ", ")));
    }
  }
  if (options.with.empty()) return Invalid("no tag is asked for");
  auto models = std::make_unique<Models>();
  models->code_point_offsets = options.code_point_offsets;
  models->tags_language = Wants(options, "language");
  models->tags_tokens = Wants(options, "tokens");
  // A phone number reads by its language's rules, so the one needs the other.
  if (models->tags_language || Wants(options, "pii")) {
    models->language.emplace(TRY(LanguageDetector::Create()));
  }
  if (Wants(options, "pii")) models->pii.emplace(TRY(PiiDetector::Create({})));
  if (models->tags_tokens) {
    models->tokens = TRY(LoadTokenCounters({.tokenizer = options.tokenizer}));
  }
  return Tagger(std::move(models));
}

bool Tagger::TagLine(std::string_view line, JsonParser& parser, std::string& out) const {
  const auto root = parser.Parse(line);
  JsonObject object;
  if (!root || root->get(object) != simdjson::SUCCESS) {
    AppendErrorLine("", root ? "a JSON object was expected" : root.error().message, out);
    return false;
  }
  std::string id;
  if (JsonElement value; object["id"].get(value) == simdjson::SUCCESS) AppendJson(id, value);
  const auto texts = TextsIn(object);
  if (!texts) {
    AppendErrorLine(id, texts.error().message, out);
    return false;
  }
  JsonWriter json;
  json.BeginObject().Key("id").Raw(id.empty() ? "null" : id);
  models_->WriteTags(*texts, json);
  if (parser.repaired() > 0) json.Key("repaired_utf8").Int(parser.repaired());
  out += json.End().text();
  out += '\n';
  return true;
}

void AppendErrorLine(std::string_view id_json, std::string_view message, std::string& out) {
  JsonWriter json;
  json.BeginObject();
  if (!id_json.empty()) json.Key("id").Raw(id_json);
  out += json.Key("error").String(message).End().text();
  out += '\n';
}

}  // namespace parley
