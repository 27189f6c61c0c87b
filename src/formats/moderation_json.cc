#include "formats/moderation_json.h"

#include <algorithm>

#include "formats/json_values.h"

namespace parley {
namespace {

char Plain(char c) { return c == '/' || c == '-' ? '_' : c; }

// The place of a category by either of its names; -1 if it is none of the eleven.
int CategoryIndex(std::string_view name) {
  for (int i = 0; i < kModerationCategoryCount; ++i) {
    if (std::ranges::equal(name, kModerationCategories[i], {}, Plain, Plain)) return i;
  }
  return -1;
}

// The object's values by category. Sources write the categories in the order of our table, so the
// next one is tried first.
template <class Value>
void Fill(JsonObject object, std::array<Value, kModerationCategoryCount>& out) {
  std::array<bool, kModerationCategoryCount> filled = {};
  int next = 0;
  for (const auto field : object) {
    Value value;
    if (field.value.get(value) != simdjson::SUCCESS) continue;
    const bool expected =
        next < kModerationCategoryCount && field.key == kModerationCategories[next];
    const int index = expected ? next : CategoryIndex(field.key);
    if (index < 0 || filled[index]) continue;
    out[index] = value;
    filled[index] = true;
    next = index + 1;
  }
}

}  // namespace

std::optional<Moderation> ModerationOf(JsonElement element) {
  const auto object = ObjectOf(element);
  if (!object) return std::nullopt;
  const auto categories = ObjectAt(*object, "categories");
  const auto scores = ObjectAt(*object, "category_scores");
  if (!categories && !scores) return std::nullopt;
  Moderation moderation;
  if (categories) Fill(*categories, moderation.categories);
  if (scores) Fill(*scores, moderation.category_scores);
  const auto flagged = ValueAt(*object, "flagged");
  moderation.flagged =
      flagged ? IsTrue(*flagged) : std::ranges::any_of(moderation.categories, std::identity());
  return moderation;
}

std::vector<std::optional<Moderation>> ModerationList(JsonElement element) {
  std::vector<std::optional<Moderation>> list;
  const auto array = ArrayOf(element);
  if (!array) return list;
  for (const JsonElement entry : *array) list.push_back(ModerationOf(entry));
  if (std::ranges::none_of(list, [](const auto& entry) { return entry.has_value(); })) list.clear();
  return list;
}

}  // namespace parley
