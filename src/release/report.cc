#include "release/report.h"

#include <fmt/format.h>

#include "release/card_audit.h"
#include "release/figures.h"
#include "release/markdown.h"
#include "release/report_page.h"
#include "text/json.h"

namespace parley {
namespace {

std::string_view NameOf(FigureKind kind) {
  switch (kind) {
    case FigureKind::kBars:
      return "bars";
    case FigureKind::kColumns:
      return "columns";
    case FigureKind::kDays:
      return "days";
  }
  return "bars";
}

// JSON inside a script element: a "<" in it must not end the element.
std::string ForScript(std::string json) {
  for (size_t at = 0; (at = json.find('<', at)) != std::string::npos;) {
    json.replace(at, 1, "\\u003c");
  }
  return json;
}

std::string FiguresJson(const std::vector<Figure>& figures) {
  JsonWriter json;
  json.BeginArray();
  for (const Figure& figure : figures) {
    json.BeginObject().Key("id").String(figure.id).Key("kind").String(NameOf(figure.kind));
    json.Key("title").String(figure.title).Key("head").String(figure.label_head);
    json.Key("labels").BeginArray();
    for (const FigureRow& row : figure.drawn) json.String(row.label);
    json.End().Key("series").BeginArray();
    for (size_t s = 0; s < figure.series.size(); ++s) {
      json.BeginObject().Key("name").String(figure.series[s]).Key("values").BeginArray();
      for (const FigureRow& row : figure.drawn) json.Int(row.values[s]);
      json.End().End();
    }
    json.End().End();
  }
  json.End();
  return json.text();
}

std::string Tile(std::string_view label, const std::string& value) {
  return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", label, EscapeHtml(value));
}

std::string Tiles(const ReleaseFacts& facts) {
  const Statistics& counted = facts.statistics;
  std::string tiles = Tile("Conversations", WithCommas(counted.conversations));
  tiles += Tile("Messages", WithCommas(counted.messages));
  tiles += Tile("Models", WithCommas(static_cast<int64_t>(counted.models.size())));
  tiles +=
      Tile("Languages",
           WithCommas(static_cast<int64_t>(counted.languages.size() -
                                           counted.languages.count(std::string_view("unknown")))));
  tiles += Tile("Users", counted.users == 0 ? "not known" : WithCommas(counted.users));
  tiles += Tile("Turns, on average", AverageOf(counted.TurnCount(), counted.conversations));
  tiles += Tile("Input accounted for", WithCommas(counted.InputCount()));
  tiles += Tile("With a redaction", ShareOf(counted.redacted_conversations, counted.conversations));
  return tiles;
}

std::string Table(const Figure& figure) {
  std::string html = fmt::format("<table><caption>{}</caption><thead><tr><th scope=\"col\">{}</th>",
                                 EscapeHtml(figure.title), EscapeHtml(figure.label_head));
  for (const std::string& name : figure.series) {
    html += fmt::format("<th scope=\"col\">{}</th>", EscapeHtml(name));
  }
  html += "</tr></thead><tbody>\n";
  for (const FigureRow& row : figure.rows) {
    html += fmt::format("<tr><th scope=\"row\">{}</th>", EscapeHtml(row.label));
    for (const int64_t value : row.values) html += fmt::format("<td>{}</td>", WithCommas(value));
    html += "</tr>\n";
  }
  return html + "</tbody></table>\n";
}

std::string Section(const Figure& figure) {
  return fmt::format(
      "<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>\n"
      "<p>{2}</p>\n<figure><div class=\"plot\" id=\"{0}-plot\" role=\"img\" "
      "aria-label=\"{1}; the numbers stand in the table below\"></div></figure>\n"
      "<details><summary>The numbers: {3} row(s)</summary><div class=\"scroll\" tabindex=\"0\" "
      "role=\"region\" aria-label=\"Table: {1}\">\n{4}</div></details>\n</section>\n",
      figure.id, EscapeHtml(figure.title), EscapeHtml(figure.note), figure.rows.size(),
      Table(figure));
}

std::string Warnings(const ReleaseFacts& facts) {
  std::string html =
      facts.redaction_enabled
          ? fmt::format(
                "<p class=\"warning\"><strong>Personal data.</strong> Replaced: {}. Names "
                "of persons {}.</p>\n",
                EscapeHtml(fmt::format("{}", fmt::join(facts.redaction_types, ", "))),
                facts.names_redacted ? "are replaced where a model found them; it misses some"
                                     : "are not looked for and stand in the texts")
          : "<p class=\"warning\"><strong>Personal data.</strong> Nothing was redacted.</p>\n";
  if (facts.audit) {
    html += fmt::format("<p class=\"warning\"><strong>Audit.</strong> {}</p>\n",
                        EscapeHtml(AuditSentence(*facts.audit)));
  }
  if (facts.statistics.moderated_conversations == 0) {
    html +=
        "<p class=\"warning\"><strong>Moderation.</strong> No message has tags: the "
        "column is null throughout.</p>\n";
  }
  return html;
}

std::string Contents(const std::vector<Figure>& figures) {
  std::string links;
  for (const Figure& figure : figures) {
    links += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", figure.id, EscapeHtml(figure.title));
  }
  return links;
}

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '&':
        escaped += "&amp;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string ReportPage(const ReleaseFacts& facts, std::string_view plotting_script) {
  const std::vector<Figure> figures = FiguresOf(facts);
  const std::string name = EscapeHtml(NameOf(facts));
  std::string html = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  html += kReportMeta;
  html += fmt::format("<title>{}: report</title>\n<style>\n{}</style>\n</head>\n<body>\n", name,
                      kReportStyle);
  html += "<a class=\"skip\" href=\"#main\">To the figures</a>\n<header>\n";
  const std::string date = DateOf(facts);
  html += fmt::format(
      "<p class=\"kind\">Release report</p>\n<h1>{}</h1>\n<p>{}{}{}</p>\n", name,
      facts.card.version.empty() ? "" : "Version " + EscapeHtml(facts.card.version) + " · ",
      date.empty() ? "" : EscapeHtml(date) + " · ",
      "profile " + std::string(NameOf(facts.profile)));
  html +=
      fmt::format("<dl class=\"tiles\">\n{}</dl>\n{}</header>\n", Tiles(facts), Warnings(facts));
  html += fmt::format("<nav aria-label=\"Figures\"><ul>\n{}</ul></nav>\n<main id=\"main\">\n",
                      Contents(figures));
  for (const Figure& figure : figures) html += Section(figure);
  html += fmt::format("</main>\n<footer>Made with Parley {}. Drawn with Apache ECharts.</footer>\n",
                      EscapeHtml(facts.program_version));
  html += fmt::format("<script type=\"application/json\" id=\"figures\">{}</script>\n",
                      ForScript(FiguresJson(figures)));
  html += "<script>";
  html += plotting_script;
  html += "</script>\n<script>\n";
  html += kReportScript;
  return html + "</script>\n</body>\n</html>\n";
}

}  // namespace parley
