#include "curate/error_line.h"

#include "text/json.h"

namespace parley {

void AppendErrorLine(std::string_view id_json, std::string_view message, std::string& out) {
  JsonWriter json;
  json.BeginObject();
  if (!id_json.empty()) json.Key("id").Raw(id_json);
  out += json.Key("error").String(message).End().text();
  out += '\n';
}

}  // namespace parley
