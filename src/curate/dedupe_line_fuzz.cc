#include "curate/dedupe_line.h"
#include "parley/status.h"

// A line is read or has an error, whatever its bytes; read again it gives the same; and no unit
// comes out of a line without a text.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using parley::DedupeOver;
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  parley::JsonParser parser;
  for (const auto over : {DedupeOver::kUser, DedupeOver::kFirst, DedupeOver::kConversation}) {
    for (const auto kind :
         {parley::UnitKind::kAuto, parley::UnitKind::kWords, parley::UnitKind::kChars}) {
      parley::Units units(kind, {.digits = true});
      parley::DedupeLine first;
      ReadDedupeLine(line, over, parser, units, first);
      const parley::Hash128 hash = units.TextHash();
      parley::Check(first.has_text || units.hashes().empty(), "units of no text");
      units.Clear();
      parley::DedupeLine second;
      ReadDedupeLine(line, over, parser, units, second);
      parley::Check(units.TextHash() == hash && first.error == second.error,
                    "a line reads otherwise the second time");
    }
  }
  return 0;
}
