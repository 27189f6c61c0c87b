#include "curate/recipe.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>

#include "curate/toml_value.h"
#include "io/file.h"
#include "stages/catalogue.h"
#include "text/nearest_word.h"

namespace parley {
namespace {

constexpr std::string_view kEnabled = "enabled";

// The options that name a file whose content the release depends on.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kFileKeys = {
    {{"opt_out", "ids"},
     {"opt_out", "users"},
     {"opt_out", "emails"},
     {"blocked_words", "file"},
     {"names", "allow_file"},
     {"names", "deny_file"},
     {"tokens", "tokenizer"}}};

const std::vector<Key<InputOptions>>& InputKeys() {
  static const std::vector<Key<InputOptions>> keys = {
      {"format", &InputOptions::format, "the reader for every input; empty: told from the content"},
      {"max_record_megabytes", &InputOptions::max_record_megabytes,
       "a record over this size is passed over and counted as bad"},
      {"oasst_paths", &InputOptions::oasst_paths,
       "which root-to-leaf paths of an OASST tree: all, or best (the best-ranked one)"},
      {"system_messages", &InputOptions::system_messages,
       "whether the system prompts of fastchat logs become messages"},
  };
  return keys;
}

const std::vector<Key<ReleaseOptions>>& ReleaseKeys() {
  static const std::vector<Key<ReleaseOptions>> keys = {
      {"profile", &ReleaseOptions::profile, "the columns: lmsys-chat-1m or extended"},
      {"shard_megabytes", &ReleaseOptions::shard_megabytes,
       "text in a Parquet shard, before compression"},
  };
  return keys;
}

const std::vector<Key<MappedOptions>>& MappedKeys() {
  static const std::vector<Key<MappedOptions>> keys = {
      {"id", &MappedOptions::id, "JSON pointer of the conversation's id, such as /meta/id"},
      {"model", &MappedOptions::model, "JSON pointer of the model's name"},
      {"messages", &MappedOptions::messages, "JSON pointer of the list of messages"},
      {"role", &MappedOptions::role, "JSON pointer of the role, within a message"},
      {"content", &MappedOptions::content, "JSON pointer of the text, within a message"},
      {"message_time", &MappedOptions::message_time, "JSON pointer of its time, within a message"},
      {"prompt", &MappedOptions::prompt,
       "JSON pointer of what the user says, in a row that is one turn and has no messages"},
      {"response", &MappedOptions::response, "JSON pointer of the answer to it"},
      {"system", &MappedOptions::system, "JSON pointer of the system's message before all others"},
      {"time", &MappedOptions::time, "JSON pointer of the conversation's time"},
      {"user", &MappedOptions::user, "JSON pointer of what the user is known by"},
      {"language", &MappedOptions::language, "JSON pointer of the language"},
      {"consent", &MappedOptions::consent, "JSON pointer of the version of the terms"},
      {"event", &MappedOptions::event, "JSON pointer of what it ended with"},
      {"roles", &MappedOptions::roles,
       "role names of the source, such as human=user,bot=assistant"},
  };
  return keys;
}

const std::vector<Key<CardInfo>>& CardKeys() {
  static const std::vector<Key<CardInfo>> keys = {
      {"name", &CardInfo::name, "the dataset's name"},
      {"version", &CardInfo::version, "the release's version"},
      {"licence", &CardInfo::licence, "the licence's identifier, such as cc-by-4.0, or other"},
      {"licence_text", &CardInfo::licence_text, "what a reader agrees to at the gate"},
      {"contact", &CardInfo::contact, "where to write for questions and erasures"},
      {"url", &CardInfo::url, "the dataset's page"},
      {"creator", &CardInfo::creator, "who publishes it"},
      {"citation", &CardInfo::citation, "how to cite it, BibTeX"},
      {"date", &CardInfo::date, "YYYY-MM-DD; empty: the day of the newest conversation"},
      {"description", &CardInfo::description, "a paragraph on what it is and where it is from"},
  };
  return keys;
}

template <class Options>
StageInfo DescribeSection(const std::string& name, const std::string& summary,
                          const std::vector<Key<Options>>& keys) {
  return Describe<Options>(
      {.name = name, .summary = summary, .kind = StageKind::kPlan, .keys = keys});
}

const StageInfo* Find(const std::vector<StageInfo>& list, std::string_view name) {
  const auto found = std::ranges::find(list, name, &StageInfo::name);
  return found == list.end() ? nullptr : &*found;
}

bool IsStage(std::string_view section) { return Find(StageCatalogue(), section) != nullptr; }

const StageInfo* FindSection(std::string_view name) {
  const StageInfo* section = Find(RecipeSections(), name);
  return section != nullptr ? section : Find(StageCatalogue(), name);
}

// A TOML node as a value of the type that `like` has.
Result<OptionValue> FromNode(const toml::node& node, const OptionValue& like) {
  if (const auto* held = node.as_boolean(); held && std::holds_alternative<bool>(like)) {
    return OptionValue(held->get());
  }
  if (const auto* held = node.as_integer()) {
    if (std::holds_alternative<int64_t>(like)) return OptionValue(held->get());
    if (std::holds_alternative<double>(like)) return OptionValue(double(held->get()));
  }
  if (const auto* held = node.as_floating_point(); held && std::holds_alternative<double>(like)) {
    return OptionValue(held->get());
  }
  if (const auto* held = node.as_string(); held && std::holds_alternative<std::string>(like)) {
    return OptionValue(held->get());
  }
  if (const auto* held = node.as_date(); held && std::holds_alternative<std::string>(like)) {
    return OptionValue(
        fmt::format("{:04}-{:02}-{:02}", held->get().year, held->get().month, held->get().day));
  }
  const auto* list = node.as_array();
  if (list != nullptr && std::holds_alternative<std::vector<std::string>>(like)) {
    std::vector<std::string> items;
    for (const toml::node& item : *list) {
      const auto* text = item.as_string();
      if (text == nullptr) return Invalid("a list of texts was expected");
      items.push_back(text->get());
    }
    return OptionValue(std::move(items));
  }
  return Invalid(fmt::format("{} was expected", TypeName(like)));
}

std::string NearestOf(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string_view nearest = NearestWord(word, candidates);
  return nearest.empty() ? "" : fmt::format("; nearest: \"{}\"", nearest);
}

Error UnknownKey(std::string_view section, std::string_view key) {
  std::vector<std::string> known;
  for (const OptionInfo& option : FindSection(section)->options) known.push_back(option.name);
  if (IsStage(section)) known.emplace_back(kEnabled);
  return {.message =
              fmt::format("unknown key \"{}\" in [{}]{}", key, section, NearestOf(key, known))};
}

Error UnknownSection(std::string_view section) {
  std::vector<std::string> known = {"order"};
  for (const auto* list : {&RecipeSections(), &StageCatalogue()}) {
    for (const StageInfo& info : *list) known.push_back(info.name);
  }
  return {.message = fmt::format("unknown section [{}]{}", section, NearestOf(section, known))};
}

// The first option that is not at its default; null if all are.
const OptionInfo* FirstChanged(const StageInfo& info, const Settings& settings) {
  const auto changed = std::ranges::find_if(info.options, [&](const OptionInfo& option) {
    return settings.find(option.name)->second != option.default_value;
  });
  return changed == info.options.end() ? nullptr : &*changed;
}

}  // namespace

const std::vector<StageInfo>& RecipeSections() {
  static const std::vector<StageInfo> sections = {
      DescribeSection<ReleaseOptions>("release", "What the release looks like.", ReleaseKeys()),
      DescribeSection<CardInfo>(
          "card", "What the card says that no program can know; what is missing is said to be.",
          CardKeys()),
      DescribeSection<InputOptions>("input", "How the inputs are read.", InputKeys()),
      DescribeSection<MappedOptions>(
          "mapped", "Where the fields stand in a source of format \"mapped\".", MappedKeys()),
  };
  return sections;
}

Recipe::Recipe() {
  const auto fill = [&](const StageInfo& info) {
    for (const OptionInfo& option : info.options) {
      sections_[info.name][option.name] = option.default_value;
    }
  };
  for (const StageInfo& info : RecipeSections()) fill(info);
  for (const StageInfo& info : StageCatalogue()) {
    sections_[info.name][std::string(kEnabled)] = info.enabled;
    fill(info);
  }
}

Status Recipe::Set(std::string_view key, std::string_view text) {
  if (key == "order") {
    order_ = std::get<std::vector<std::string>>(
        TRY(ValueFromText(text, OptionValue(std::vector<std::string>()))));
    for (const std::string& stage : order_) {
      if (!IsStage(stage)) return std::unexpected(UnknownSection(stage));
    }
    return {};
  }
  const size_t dot = std::min(key.find('.'), key.size());
  const std::string_view section = key.substr(0, dot);
  const auto settings = sections_.find(section);
  if (settings == sections_.end()) return std::unexpected(UnknownSection(section));
  if (dot == key.size()) {
    return Invalid(fmt::format("\"{}\" is a section: give a key of it, such as {}.{}", section,
                               section, settings->second.begin()->first));
  }
  const std::string_view name = key.substr(dot + 1);
  const auto held = settings->second.find(name);
  if (held == settings->second.end()) return std::unexpected(UnknownKey(section, name));
  Result<OptionValue> value = ValueFromText(text, held->second);
  if (!value) return Invalid(fmt::format("{}: {}", key, value.error().message));
  held->second = std::move(*value);
  if (name == kEnabled) switched_.emplace(section);
  return {};
}

Status Recipe::Settle() {
  for (const StageInfo& stage : StageCatalogue()) {
    if (Enabled(stage.name)) continue;
    const OptionInfo* option = FirstChanged(stage, Section(stage.name));
    if (option == nullptr) continue;
    if (switched_.contains(stage.name)) {
      return Invalid(fmt::format("{0}.{1} is set, but would do nothing: {0}.{2} is false",
                                 stage.name, option->name, kEnabled));
    }
    sections_.find(stage.name)->second.find(kEnabled)->second = true;
  }
  const OptionInfo* field = FirstChanged(*FindSection("mapped"), Section("mapped"));
  if (field != nullptr && input().format != "mapped") {
    return Invalid(fmt::format(
        "mapped.{} is set, but would do nothing: input.format is not \"mapped\"", field->name));
  }
  return {};
}

Status Recipe::Read(const std::string& path) {
  return ReadText(TRY(ReadWholeFile(path, 16 << 20)), path);
}

Status Recipe::ReadText(std::string_view toml_text, const std::string& name) {
  toml::table table;
  try {
    table = toml::parse(toml_text, name);
  } catch (const toml::parse_error& error) {
    return Invalid(std::string(error.description()),
                   {.file = name, .line = static_cast<int64_t>(error.source().begin.line)});
  }
  const auto at = [&](Error error, const toml::node& node) {
    error.place = {.file = name, .line = static_cast<int64_t>(node.source().begin.line)};
    return std::unexpected(std::move(error));
  };
  const auto lay_over = [&](OptionValue& held, const toml::node& node,
                            std::string_view where) -> Status {
    Result<OptionValue> value = FromNode(node, held);
    if (!value) {
      return at(Error{.message = fmt::format("{}: {}", where, value.error().message)}, node);
    }
    held = std::move(*value);
    return {};
  };
  for (const auto& [section_key, section_node] : table) {
    const std::string_view section = section_key.str();
    if (section == "order") {
      OptionValue list = std::vector<std::string>();
      TRY(lay_over(list, section_node, "order"));
      const Status set =
          Set("order", fmt::format("{}", fmt::join(std::get<std::vector<std::string>>(list), ",")));
      if (!set) return at(set.error(), section_node);
      continue;
    }
    const auto settings = sections_.find(section);
    if (settings == sections_.end()) return at(UnknownSection(section), section_node);
    const auto* keys = section_node.as_table();
    if (keys == nullptr) {
      return at(Error{.message = fmt::format("[{}] is a section", section)}, section_node);
    }
    for (const auto& [key, node] : *keys) {
      const auto held = settings->second.find(key.str());
      if (held == settings->second.end()) return at(UnknownKey(section, key.str()), node);
      TRY(lay_over(held->second, node, fmt::format("[{}] {}", section, key.str())));
      if (key.str() == kEnabled) switched_.emplace(section);
    }
  }
  return {};
}

bool Recipe::Enabled(std::string_view stage) const {
  return std::get<bool>(Section(stage).find(kEnabled)->second);
}

const Settings& Recipe::Section(std::string_view name) const {
  const auto found = sections_.find(name);
  Check(found != sections_.end(), fmt::format("the recipe has no section [{}]", name));
  return found->second;
}

std::vector<const StageInfo*> Recipe::StagesInOrder() const {
  std::vector<const StageInfo*> stages;
  for (const std::string& name : order_) stages.push_back(FindSection(name));
  for (const StageInfo& info : StageCatalogue()) {
    if (std::ranges::find(order_, info.name) == order_.end()) stages.push_back(&info);
  }
  return stages;
}

std::map<std::string, std::string> Recipe::Files() const {
  std::map<std::string, std::string> files;
  for (const auto& [section, key] : kFileKeys) {
    const std::string& path = std::get<std::string>(Section(section).find(key)->second);
    if (!path.empty()) files[fmt::format("{}.{}", section, key)] = path;
  }
  return files;
}

Recipe Recipe::WithoutFolders() const {
  Recipe recipe = *this;
  for (const auto& [section, key] : kFileKeys) {
    std::string& path =
        std::get<std::string>(recipe.sections_.find(section)->second.find(key)->second);
    path.erase(0, path.rfind('/') + 1);
  }
  return recipe;
}

InputOptions Recipe::input() const { return OptionsFrom(InputKeys(), Section("input")); }

ReleaseOptions Recipe::release() const { return OptionsFrom(ReleaseKeys(), Section("release")); }

CardInfo Recipe::card() const { return OptionsFrom(CardKeys(), Section("card")); }

DialectOptions Recipe::dialect_options() const {
  DialectOptions options;
  options.oasst_paths = input().oasst_paths;
  options.fastchat_system_message = input().system_messages;
  for (const auto& [key, value] : Section("mapped")) {
    const auto* pointer = std::get_if<std::string>(&value);
    if (pointer != nullptr && !pointer->empty()) options.mapped_fields.emplace_back(key, *pointer);
  }
  for (const std::string& pair : OptionsFrom(MappedKeys(), Section("mapped")).roles) {
    const size_t equals = std::min(pair.find('='), pair.size());
    options.mapped_roles.emplace_back(pair.substr(0, equals),
                                      pair.substr(std::min(equals + 1, pair.size())));
  }
  return options;
}

std::string Recipe::ToToml(bool with_comments) const {
  std::string text;
  if (with_comments) text += "# Stages named here run first among their kind, in this order.\n";
  text += fmt::format("order = {}\n", TomlText(order_));
  const auto print_section = [&](const StageInfo& info) {
    const Settings& settings = Section(info.name);
    text += with_comments ? fmt::format("\n# {}\n", info.summary) : "\n";
    text += fmt::format("[{}]\n", info.name);
    if (const auto held = settings.find(kEnabled); held != settings.end()) {
      text += fmt::format("{} = {}\n", kEnabled, TomlText(held->second));
    }
    for (const OptionInfo& option : info.options) {
      text += fmt::format("{} = {}", option.name, TomlText(settings.find(option.name)->second));
      text += with_comments ? fmt::format("  # {}\n", option.summary) : "\n";
    }
  };
  for (const StageInfo& info : RecipeSections()) print_section(info);
  for (const StageInfo& info : StageCatalogue()) print_section(info);
  return text;
}

Result<std::string> PrintRecipe(const std::string& recipe_path,
                                const std::vector<std::pair<std::string, std::string>>& settings) {
  Recipe recipe;
  if (!recipe_path.empty()) TRY(recipe.Read(recipe_path));
  for (const auto& [key, text] : settings) TRY(recipe.Set(key, text));
  TRY(recipe.Settle());
  return recipe.ToToml(true);
}

std::vector<RecipeKey> RecipeKeys() {
  std::vector<RecipeKey> keys;
  keys.push_back({"order", "stages that run first among their kind, in this order", "[]"});
  const auto add = [&](const StageInfo& info) {
    if (IsStage(info.name)) {
      keys.push_back({info.name + ".enabled", info.summary, TomlText(info.enabled)});
    }
    for (const OptionInfo& option : info.options) {
      keys.push_back(
          {info.name + "." + option.name, option.summary, TomlText(option.default_value)});
    }
  };
  for (const StageInfo& info : RecipeSections()) add(info);
  for (const StageInfo& info : StageCatalogue()) add(info);
  return keys;
}

}  // namespace parley
