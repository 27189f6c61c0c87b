// How an inspection reads, to people and to programs.

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "parley/inspect.h"
#include "text/json.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr size_t kNamesShown = 12;

std::string Bytes(int64_t bytes) {
  constexpr std::string_view kUnits[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024) return fmt::format("{} bytes", bytes);
  auto size = static_cast<double>(bytes);
  size_t unit = 0;
  for (; size >= 1024 && unit + 1 < std::size(kUnits); ++unit) size /= 1024;
  return fmt::format("{:.1f} {}", size, kUnits[unit]);
}

// 1234567 as "1,234,567".
std::string Grouped(int64_t number) {
  std::string digits = fmt::format("{}", number);
  for (auto at = std::ssize(digits) - 3; at > 0; at -= 3)
    digits.insert(static_cast<size_t>(at), ",");
  return digits;
}

// "human 12, gpt 11", the most frequent first.
std::string Counts(const std::map<std::string, int64_t>& counts) {
  std::vector<std::pair<std::string, int64_t>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted, std::greater(), &std::pair<std::string, int64_t>::second);
  std::string text;
  for (size_t i = 0; i < std::min(sorted.size(), kNamesShown); ++i) {
    const std::string& name = sorted[i].first;
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", name.empty() ? "(none)" : name,
                        Grouped(sorted[i].second));
  }
  if (sorted.size() > kNamesShown) {
    text += fmt::format(" and {} more", sorted.size() - kNamesShown);
  }
  return text;
}

std::string ContainerText(const Inspection& inspection) {
  std::string text = "Parquet";
  if (inspection.container == "lines") text = "JSON, one record a line";
  if (inspection.container == "array") text = "one JSON list of records";
  if (inspection.container == "session") text = "JSON lines that are one session";
  if (inspection.compression != "plain") text += ", packed with " + inspection.compression;
  return text;
}

std::string RecordsText(const Inspection& inspection) {
  std::string text = Grouped(inspection.records);
  if (inspection.records_are == "estimated") text = "about " + text;
  if (inspection.records_are == "at least") text = "more than " + text;
  if (inspection.records_read != inspection.records || inspection.records_are != "exact") {
    text += fmt::format(" (what follows is from the first {})", Grouped(inspection.records_read));
  }
  return text;
}

void Line(std::string& text, std::string_view name, std::string_view value) {
  if (!value.empty()) text += fmt::format("{:<15}{}\n", name, value);
}

void AppendFields(const Inspection& inspection, std::string& text) {
  if (inspection.fields.empty()) return;
  size_t width = 0;
  for (const auto& field : inspection.fields) {
    width = std::max(width, static_cast<size_t>(CountCodePoints(field.path)));
  }
  width = std::min<size_t>(width, 48);
  text += "\nfields\n";
  for (const auto& field : inspection.fields) {
    text += fmt::format("  {:<{}}  {:>4.0f}%  {}\n", field.path, width, 100 * field.share,
                        Counts(field.types));
  }
  if (inspection.fields_left_out) text += "  and more, left out\n";
}

void WriteCounts(JsonWriter& json, std::string_view key,
                 const std::map<std::string, int64_t>& counts) {
  json.Key(key).BeginObject();
  for (const auto& [name, count] : counts) json.Key(name).Int(count);
  json.End();
}

void WriteFields(JsonWriter& json, const Inspection& inspection) {
  json.Key("fields").BeginArray();
  for (const auto& field : inspection.fields) {
    json.BeginObject().Key("path").String(field.path).Key("share").Double(field.share);
    WriteCounts(json, "types", field.types);
    json.End();
  }
  json.End().Key("fields_left_out").Bool(inspection.fields_left_out);
}

}  // namespace

std::string InspectionText(const Inspection& inspection) {
  std::string text;
  Line(text, "file", inspection.path);
  Line(text, "size", Bytes(inspection.size_bytes));
  Line(text, "format",
       inspection.format.empty() ? "none that is known: " + inspection.unknown_reason
                                 : inspection.format);
  Line(text, "container", ContainerText(inspection));
  Line(text, "records", RecordsText(inspection));
  if (inspection.bad_records > 0) {
    Line(text, "bad records",
         Grouped(inspection.bad_records) + ", the first at " + inspection.first_error);
  }
  Line(text, "ended early", inspection.read_error);
  if (inspection.conversations > 0) {
    Line(text, "conversations", Grouped(inspection.conversations));
    Line(text, "messages", Grouped(inspection.messages) + ": " + Counts(inspection.roles));
    Line(text, "models", Counts(inspection.models));
  }
  Line(text, "unusable", Counts(inspection.reasons));
  if (!inspection.first_time.empty()) {
    Line(text, "time", inspection.first_time + " to " + inspection.last_time);
  }
  AppendFields(inspection, text);
  if (!inspection.shown.empty()) text += "\nfirst records\n";
  for (const std::string& record : inspection.shown) text += "  " + record + "\n";
  return text;
}

std::string InspectionJson(const Inspection& inspection) {
  JsonWriter json;
  json.BeginObject();
  const auto text = [&](std::string_view key, std::string_view value) {
    json.Key(key).String(value);
  };
  const auto number = [&](std::string_view key, int64_t value) { json.Key(key).Int(value); };
  text("path", inspection.path);
  number("size_bytes", inspection.size_bytes);
  text("format", inspection.format);
  text("unknown_reason", inspection.unknown_reason);
  text("container", inspection.container);
  text("compression", inspection.compression);
  number("records", inspection.records);
  text("records_are", inspection.records_are);
  number("records_read", inspection.records_read);
  number("bad_records", inspection.bad_records);
  text("first_error", inspection.first_error);
  text("read_error", inspection.read_error);
  number("conversations", inspection.conversations);
  number("messages", inspection.messages);
  WriteCounts(json, "models", inspection.models);
  WriteCounts(json, "roles", inspection.roles);
  WriteCounts(json, "reasons", inspection.reasons);
  text("first_time", inspection.first_time);
  text("last_time", inspection.last_time);
  WriteFields(json, inspection);
  json.Key("shown").BeginArray();
  for (const std::string& record : inspection.shown) json.String(record);
  return json.End().End().text() + "\n";
}

}  // namespace parley
