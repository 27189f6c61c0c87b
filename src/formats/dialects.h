// One function a dialect, in the file of the same name; catalogue.cc lists them.

#pragma once

#include "formats/dialect.h"

namespace parley {

DialectInfo FastchatDialect();    // fastchat_reader.cc
DialectInfo OpenaiDialect();      // openai_reader.cc
DialectInfo SharegptDialect();    // sharegpt_reader.cc
DialectInfo WildchatDialect();    // wildchat_reader.cc
DialectInfo LmsysDialect();       // lmsys_reader.cc
DialectInfo ArenaDialect();       // arena_reader.cc
DialectInfo OasstDialect();       // oasst_reader.cc
DialectInfo ClaudeCodeDialect();  // claude_code_reader.cc
DialectInfo CodexDialect();       // codex_reader.cc
DialectInfo MappedDialect();      // mapped_reader.cc

}  // namespace parley
