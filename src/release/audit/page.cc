#include "release/audit/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "stages/redact/pii_types.h"
#include "text/json.h"

namespace parley {
namespace {

constexpr std::string_view kHead = R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>Audit of a release</title>
)html";

// JSON inside a script element: a "<" in it must not end the element.
std::string ForScript(std::string json) {
  for (size_t at = 0; (at = json.find('<', at)) != std::string::npos;) {
    json.replace(at, 1, "\\u003c");
  }
  return json;
}

// A text cut where tags and hints begin and end, so that the page need not count bytes.
class Pieces {
 public:
  Pieces(const AuditText& text, JsonWriter& json) : text_(text.text), json_(json) {
    json_.BeginArray();
    size_t hint = 0;
    for (size_t tag = 0; tag < text.tags.size(); ++tag) {
      for (; hint < text.hints.size() && text.hints[hint].end <= text.tags[tag].begin; ++hint) {
        AddHint(text.hints[hint]);
      }
      AddPlain(text.tags[tag].begin);
      json_.BeginObject().Key("tag").Int(static_cast<int64_t>(tag));
      json_.Key("was").String(text.tags[tag].original).Key("text");
      AddSlice(text.tags[tag].end);
    }
    for (; hint < text.hints.size(); ++hint) AddHint(text.hints[hint]);
    AddPlain(static_cast<int64_t>(text_.size()));
    json_.End();
  }

 private:
  void AddPlain(int64_t end) {
    if (end <= at_) return;
    json_.BeginObject().Key("text");
    AddSlice(end);
  }
  void AddHint(const AuditSpan& hint) {
    AddPlain(hint.begin);
    json_.BeginObject().Key("hint").Bool(true).Key("text");
    AddSlice(hint.end);
  }
  void AddSlice(int64_t end) {
    json_.String(
        std::string_view(text_).substr(static_cast<size_t>(at_), static_cast<size_t>(end - at_)));
    json_.End();
    at_ = end;
  }

  const std::string& text_;
  JsonWriter& json_;
  int64_t at_ = 0;
};

std::string DataOf(const AuditSample& sample, const Verdicts& verdicts) {
  JsonWriter json;
  json.BeginObject().Key("sample").String(sample.name).Key("types").BeginArray();
  json.String("NAME");
  for (const std::string_view type : kPiiTypes) json.String(type);
  json.End().Key("texts").BeginArray();
  for (const AuditText& text : sample.texts) {
    json.BeginObject().Key("id").String(text.id).Key("role").String(text.role);
    json.Key("language").String(text.language).Key("pieces");
    Pieces(text, json);
    json.End();
  }
  json.End().Key("given").Raw(ToJson(verdicts, sample.name)).End();
  return json.text();
}

}  // namespace

std::string AuditPage(const AuditSample& sample, const Verdicts& verdicts) {
  std::string html(kHead);
  html += fmt::format("<style>\n{}</style>\n</head>\n", kAuditStyle);
  html += kAuditBody;
  html += fmt::format("<script type=\"application/json\" id=\"data\">{}</script>\n",
                      ForScript(DataOf(sample, verdicts)));
  html += "<script>\n";
  html += kAuditScript;
  return html + "</script>\n</body>\n</html>\n";
}

}  // namespace parley
