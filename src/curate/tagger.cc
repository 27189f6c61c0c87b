#include "curate/tagger.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "curate/error_line.h"
#include "stages/count/tokens.h"
#include "stages/language/language_detector.h"
#include "stages/moderation/moderator.h"
#include "stages/redact/model_names.h"
#include "stages/redact/pii_detector.h"
#include "stages/redact/redactor.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr std::array<std::string_view, 5> kTags = {"language", "moderation", "names", "pii",
                                                   "tokens"};
constexpr std::ptrdiff_t kDigitsOfAPhone = 5;  // Fewer are no phone number anywhere.

bool Wants(const TagOptions& options, std::string_view tag) {
  return std::ranges::find(options.with, tag) != options.with.end();
}

struct Texts {
  std::vector<std::string_view> list;
  std::vector<bool> by_person;
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
    texts.by_person.push_back(true);
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
    std::string_view role;
    const bool told = message["role"].get(role) == simdjson::SUCCESS;
    texts.by_person.push_back(!told || role == "user" || role == "human" || role == "system");
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

std::optional<Texts> TextsOfLine(std::string_view line, JsonParser& parser) {
  const auto root = parser.Parse(line);
  JsonObject object;
  if (!root || root->get(object) != simdjson::SUCCESS) return std::nullopt;
  auto texts = TextsIn(object);
  if (!texts) return std::nullopt;
  return *std::move(texts);
}

// Whether the language may matter to a detector of personal data: it does for phone numbers alone.
bool MayHoldAPhone(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }) >=
         kDigitsOfAPhone;
}

}  // namespace

// What was found in a line before its tags are written.
struct Tagger::Found {
  std::vector<std::string> texts = {};
  std::vector<bool> by_person = {};
  std::vector<LanguageGuess> guesses = {};
  FoundSpans names = {};                    ///< Where names are asked for.
  std::vector<Moderation> moderation = {};  ///< [texts] Where moderation is.
};

struct Tagger::Models {
  bool tags_language = false;
  bool tags_tokens = false;
  bool code_point_offsets = false;
  std::optional<LanguageDetector> language;
  std::optional<PiiDetector> pii;
  std::optional<Redactor> redactor;  ///< Where names are asked for: it replaces them in a release.
  std::optional<Moderator> moderator;
  TokenCounters tokens;

  LanguageGuess Guess(std::string_view text) const {
    if (!language || (!tags_language && !redactor && !MayHoldAPhone(text))) return {};
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

  void WriteNames(std::string_view text, const std::vector<TaggedSpan>& spans,
                  JsonWriter& json) const {
    CodePointOffsets code_points(text);
    json.BeginArray();
    for (const TaggedSpan& span : spans) {
      if (span.type != "NAME") continue;
      const int64_t begin = code_point_offsets ? code_points.At(span.begin) : span.begin;
      const int64_t end = code_point_offsets ? code_points.At(span.end) : span.end;
      json.BeginObject().Key("begin").Int(begin).Key("end").Int(end);
      json.Key("score").Double(span.score).Key("kind").String(NameOf(span.kind));
      json.Key("tag").String(span.tag).End();
    }
    json.End();
  }

  static void WriteModeration(const Moderation& tags, JsonWriter& json) {
    json.BeginObject().Key("categories").BeginObject();
    for (size_t i = 0; i < tags.categories.size(); ++i) {
      json.Key(kModerationCategories[i]).Bool(tags.categories[i]);
    }
    json.End().Key("category_scores").BeginObject();
    for (size_t i = 0; i < tags.category_scores.size(); ++i) {
      json.Key(kModerationCategories[i]).Double(tags.category_scores[i]);
    }
    json.End().Key("flagged").Bool(tags.flagged).End();
  }

  void WriteTokens(std::string_view text, JsonWriter& json) const {
    json.BeginObject();
    WriteCount(json, "llama2", CountTokens(tokens.llama2.get(), text));
    WriteCount(json, "cl100k", CountTokens(tokens.cl100k.get(), text));
    json.End();
  }

  // Every tag of a line's texts: of one its value, of messages a list.
  void WriteTags(const Texts& texts, const Found* found, JsonWriter& json) const {
    std::vector<LanguageGuess> guesses;
    if (found != nullptr) {
      guesses = found->guesses;
    } else {
      for (const std::string_view text : texts.list) guesses.push_back(Guess(text));
    }
    const auto write_each = [&](std::string_view tag, const auto& write) {
      json.Key(tag);
      if (texts.are_messages) json.BeginArray();
      for (size_t i = 0; i < texts.list.size(); ++i) write(i);
      if (texts.are_messages) json.End();
    };
    if (tags_language) write_each("language", [&](size_t i) { WriteLanguage(guesses[i], json); });
    if (moderator) {
      write_each("moderation", [&](size_t i) { WriteModeration(found->moderation[i], json); });
    }
    if (redactor) {
      write_each("names",
                 [&](size_t i) { WriteNames(texts.list[i], found->names.messages[i], json); });
    }
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
  const bool wants_names = Wants(options, "names");
  if (models->tags_language || wants_names || Wants(options, "pii")) {
    models->language.emplace(TRY(LanguageDetector::Create()));
  }
  if (Wants(options, "pii")) models->pii.emplace(TRY(PiiDetector::Create({})));
  if (wants_names) {
    models->redactor.emplace(TRY(Redactor::Create({})));
    models->redactor->LookForNames({.source = TRY(OpenNameModel())});
  }
  if (Wants(options, "moderation")) models->moderator.emplace(TRY(Moderator::Create({})));
  if (models->tags_tokens) {
    models->tokens = TRY(LoadTokenCounters({.tokenizer = options.tokenizer}));
  }
  return Tagger(std::move(models));
}

// Names go first: what their model has read of a text, moderation need not read again.
std::vector<Tagger::Found> Tagger::FindInAll(std::span<const std::string_view> lines,
                                             JsonParser& parser) const {
  std::vector<Found> all(lines.size());
  std::vector<std::vector<SearchText>> conversations(lines.size());
  std::vector<ModerationText> texts_to_judge;
  for (size_t i = 0; i < lines.size(); ++i) {
    const auto texts = TextsOfLine(lines[i], parser);
    if (!texts) continue;
    Found& line = all[i];
    line.texts.assign(texts->list.begin(), texts->list.end());
    line.by_person = texts->by_person;
    for (const std::string& text : line.texts) line.guesses.push_back(models_->Guess(text));
    for (size_t t = 0; t < line.texts.size(); ++t) {
      const bool by_person = line.by_person[t];
      conversations[i].push_back(
          {.text = line.texts[t], .language = line.guesses[t].code, .by_person = by_person});
      texts_to_judge.push_back({.text = line.texts[t],
                                .language = line.guesses[t].code,
                                .role = by_person ? Role::kUser : Role::kAssistant});
    }
  }
  if (models_->redactor) {
    std::vector<FoundSpans> names = models_->redactor->Find(conversations);
    for (size_t i = 0; i < lines.size(); ++i) all[i].names = std::move(names[i]);
  }
  if (models_->moderator) {
    const std::vector<ModerationResult> judged = models_->moderator->Judge(texts_to_judge);
    auto next = judged.begin();
    for (Found& line : all) {
      for (size_t t = 0; t < line.texts.size(); ++t) line.moderation.push_back((next++)->tags);
    }
  }
  return all;
}

int64_t Tagger::TagLines(std::span<const std::string_view> lines, JsonParser& parser,
                         std::string& out) const {
  std::vector<Found> all;
  if (models_->redactor || models_->moderator) all = FindInAll(lines, parser);
  int64_t errors = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!TagLine(lines[i], all.empty() ? nullptr : &all[i], parser, out)) ++errors;
  }
  return errors;
}

bool Tagger::TagLine(std::string_view line, JsonParser& parser, std::string& out) const {
  return TagLines({&line, 1}, parser, out) == 0;
}

bool Tagger::TagLine(std::string_view line, const Found* found, JsonParser& parser,
                     std::string& out) const {
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
  models_->WriteTags(*texts, found, json);
  if (parser.repaired() > 0) json.Key("repaired_utf8").Int(parser.repaired());
  out += json.End().text();
  out += '\n';
  return true;
}

}  // namespace parley
