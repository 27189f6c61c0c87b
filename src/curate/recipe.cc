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

const std::vector<Key<SelectionOptions>>& SelectionKeys() {
  static const std::vector<Key<SelectionOptions>> keys = {
      {"flagged", &SelectionOptions::flagged,
       "conversations with a message that is flagged: any (they go in like others), none, only"},
      {"flagged_categories", &SelectionOptions::flagged_categories,
       "the categories of moderation that count for flagged; empty: all"},
      {"unjudged", &SelectionOptions::unjudged,
       "with flagged = \"none\": lets messages pass that nobody has judged"},
      {"languages", &SelectionOptions::languages, "only these, as the column language has them"},
      {"except_languages", &SelectionOptions::except_languages, "none of these"},
      {"models", &SelectionOptions::models, "only these, as the column model has them"},
      {"except_models", &SelectionOptions::except_models, "none of these"},
      {"duplicates", &SelectionOptions::duplicates, "all, or first: of equal ones the first read"},
      {"redacted", &SelectionOptions::redacted,
       "conversations in which something was redacted: any, none, only"},
      {"roles", &SelectionOptions::roles,
       "only conversations whose messages are all of these roles; empty: of any"},
      {"min_turns", &SelectionOptions::min_turns, "only conversations of so many turns or more"},
      {"max_turns", &SelectionOptions::max_turns, "of so many or fewer; 0: no limit"},
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

// What an entry of [[release]] can say besides its name.
const StageInfo& EntryInfo() {
  static const StageInfo info = [] {
    StageInfo entry =
        DescribeSection<ReleaseOptions>("release", "One of several releases.", ReleaseKeys());
    const StageInfo selection = DescribeSection<SelectionOptions>("", "", SelectionKeys());
    entry.options.insert(entry.options.end(), selection.options.begin(), selection.options.end());
    return entry;
  }();
  return info;
}

constexpr size_t kLongestReleaseName = 64;

Status CheckReleaseName(std::string_view name) {
  const bool plain = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  if (plain && !name.empty() && name.size() <= kLongestReleaseName && name.front() != '-')
    return {};
  return Invalid(
      fmt::format("name: \"{}\" cannot be a folder's: take small letters, digits, - and _", name));
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

Error UnknownEntryKey(std::string_view key) {
  std::vector<std::string> known = {"name", "card"};
  for (const OptionInfo& option : EntryInfo().options) known.push_back(option.name);
  return {.message =
              fmt::format("unknown key \"{}\" in [[release]]{}", key, NearestOf(key, known))};
}

Error UnknownKey(std::string_view section, std::string_view key) {
  const auto& entry = EntryInfo().options;
  if (section == "release" && std::ranges::find(entry, key, &OptionInfo::name) != entry.end()) {
    return {.message = fmt::format("\"{}\" chooses for an entry of [[release]]: give the entry a "
                                   "name, and a second one for what should not be left out",
                                   key)};
  }
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
  if (section == "release" && name.find('.') != std::string_view::npos) {
    return SetInEntry(name, text);
  }
  const auto held = settings->second.find(name);
  if (held == settings->second.end()) return std::unexpected(UnknownKey(section, name));
  Result<OptionValue> value = ValueFromText(text, held->second);
  if (!value) return Invalid(fmt::format("{}: {}", key, value.error().message));
  held->second = std::move(*value);
  if (section == "release") {
    for (Entry& entry : entries_) entry.settings.find(name)->second = held->second;
  }
  if (name == kEnabled) switched_.emplace(section);
  return {};
}

// "safe.flagged", "safe.card.name".
Status Recipe::SetInEntry(std::string_view key, std::string_view text) {
  const size_t dot = key.find('.');
  const std::string_view name = key.substr(0, dot);
  std::string_view option = key.substr(dot + 1);
  const auto entry = std::ranges::find(entries_, name, &Entry::name);
  if (entry == entries_.end()) {
    return Invalid(fmt::format("the recipe has no [[release]] with the name \"{}\"{}", name,
                               NearestOf(name, release_names())));
  }
  Settings* settings = &entry->settings;
  if (option.starts_with("card.")) {
    option.remove_prefix(5);
    if (!Section("card").contains(option)) return std::unexpected(UnknownKey("card", option));
    settings = &entry->card;
    settings->try_emplace(std::string(option), std::string());
  }
  const auto held = settings->find(option);
  if (held == settings->end()) return std::unexpected(UnknownEntryKey(option));
  Result<OptionValue> value = ValueFromText(text, held->second);
  if (!value) return Invalid(fmt::format("release.{}: {}", key, value.error().message));
  held->second = std::move(*value);
  return {};
}

Status Recipe::SettleReleases() const {
  std::set<std::string> names;
  for (const ReleaseEntry& entry : releases()) {
    if (!names.insert(entry.name).second) {
      return Invalid(fmt::format("two entries of [[release]] have the name \"{}\"", entry.name));
    }
    if (entry.name.empty()) continue;
    const auto selection = Selection::Create(entry.selection);
    const auto profile = ProfileNamed(entry.options.profile);
    if (selection && profile) continue;
    return Invalid(fmt::format("[[release]] {}: {}", entry.name,
                               (selection ? profile.error() : selection.error()).message));
  }
  return {};
}

Status Recipe::Settle() {
  TRY(SettleReleases());
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
  return SettlePairs();
}

Status Recipe::SettlePairs() const {
  const auto is_default = [&](const char* section, const char* key) {
    const auto& options = FindSection(section)->options;
    const auto option = std::ranges::find(options, key, &OptionInfo::name);
    return Section(section).find(key)->second == option->default_value;
  };
  if (!is_default("sample", "seed") && is_default("sample", "count")) {
    return Invalid("sample.seed is set, but would do nothing: sample.count is 0, which keeps all");
  }
  const auto& types = std::get<std::vector<std::string>>(Section("redact").find("types")->second);
  if (!is_default("redact", "phone_regions") && std::ranges::find(types, "PHONE") == types.end()) {
    return Invalid("redact.phone_regions is set, but would do nothing: redact.types has no PHONE");
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
  const auto read_card = [&](const toml::node& node, Settings& card) -> Status {
    const auto* keys = node.as_table();
    if (keys == nullptr) return at(Error{.message = "[release.card] is a section"}, node);
    for (const auto& [key, value] : *keys) {
      const auto like = Section("card").find(key.str());
      if (like == Section("card").end()) return at(UnknownKey("card", key.str()), value);
      OptionValue& held = card.try_emplace(std::string(key.str()), like->second).first->second;
      TRY(lay_over(held, value, fmt::format("[release.card] {}", key.str())));
    }
    return {};
  };
  const auto read_entry = [&](const toml::node& node) -> Status {
    const auto* keys = node.as_table();
    if (keys == nullptr) return at(Error{.message = "an entry of [[release]] is a table"}, node);
    Entry entry;
    for (const OptionInfo& option : EntryInfo().options) {
      entry.settings[option.name] = option.default_value;
    }
    for (const auto& [key, value] : Section("release")) entry.settings[key] = value;
    OptionValue entry_name = std::string();
    for (const auto& [key, value] : *keys) {
      if (key.str() == "card") {
        TRY(read_card(value, entry.card));
        continue;
      }
      const auto held = entry.settings.find(key.str());
      const bool known = key.str() == "name" || held != entry.settings.end();
      if (!known) return at(UnknownEntryKey(key.str()), value);
      TRY(lay_over(key.str() == "name" ? entry_name : held->second, value,
                   fmt::format("[[release]] {}", key.str())));
    }
    entry.name = std::get<std::string>(entry_name);
    if (const Status named = CheckReleaseName(entry.name); !named) return at(named.error(), node);
    entries_.push_back(std::move(entry));
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
    if (const auto* list = section_node.as_array(); list != nullptr && section == "release") {
      entries_.clear();
      for (const toml::node& entry : *list) TRY(read_entry(entry));
      continue;
    }
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
  std::string& url =
      std::get<std::string>(recipe.sections_.find("moderation")->second.find("url")->second);
  if (!url.empty()) url = "https://host/v1/moderations";
  return recipe;
}

InputOptions Recipe::input() const { return OptionsFrom(InputKeys(), Section("input")); }

ReleaseOptions Recipe::release() const { return OptionsFrom(ReleaseKeys(), Section("release")); }

CardInfo Recipe::card() const { return OptionsFrom(CardKeys(), Section("card")); }

std::vector<ReleaseEntry> Recipe::releases() const {
  if (entries_.empty()) return {{.options = release(), .card = card()}};
  std::vector<ReleaseEntry> releases;
  for (const Entry& entry : entries_) {
    Settings card = Section("card");
    for (const auto& [key, value] : entry.card) card[key] = value;
    ReleaseEntry release{.name = entry.name,
                         .options = OptionsFrom(ReleaseKeys(), entry.settings),
                         .selection = OptionsFrom(SelectionKeys(), entry.settings),
                         .card = OptionsFrom(CardKeys(), card)};
    if (!entry.card.contains("name") && !release.card.name.empty()) {
      release.card.name += "-" + entry.name;
    }
    releases.push_back(std::move(release));
  }
  return releases;
}

std::vector<std::string> Recipe::release_names() const {
  std::vector<std::string> names;
  for (const Entry& entry : entries_) names.push_back(entry.name);
  return names;
}

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
  const auto print_entry = [&](const Entry& entry) {
    text += fmt::format("\n[[release]]\nname = {}\n", TomlText(entry.name));
    for (const OptionInfo& option : EntryInfo().options) {
      text +=
          fmt::format("{} = {}", option.name, TomlText(entry.settings.find(option.name)->second));
      text += with_comments ? fmt::format("  # {}\n", option.summary) : "\n";
    }
    if (!entry.card.empty()) text += "\n[release.card]\n";
    for (const auto& [key, value] : entry.card) {
      text += fmt::format("{} = {}\n", key, TomlText(value));
    }
  };
  for (const StageInfo& info : RecipeSections()) {
    if (info.name != "release" || entries_.empty()) {
      print_section(info);
      if (info.name == "release" && with_comments) {
        text +=
            "# Several releases in one run: [[release]] with name = \"all\", and a second one "
            "with\n"
            "# name = \"safe\" and flagged = \"none\", in the place of [release]; "
            "docs/release.md.\n";
      }
    } else {
      if (with_comments) text += "\n# Several releases, made in one run.\n";
      for (const Entry& entry : entries_) print_entry(entry);
    }
  }
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
