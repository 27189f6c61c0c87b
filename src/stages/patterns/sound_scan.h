// Vectorscan without the parts of it that miss matches.
//
// Vectorscan carries a copy of itself for each generation of processors and chooses among them when
// the program starts. In 5.4.9 the copy for AVX-512 loses matches of a database that looks for one
// literal of one byte ("[a-z]+@[a-z]+" does, by its "@"), and the copy for AVX2 loses some at the
// end of texts of 19 to 33 bytes when there are several literals. The copy for SSE4.2 finds all.
// pattern_set_test.cc and phrase_finder_test.cc hold what was lost.
//
// Every compilation and scan of Parley goes through these two.

#pragma once

#include <hs/hs.h>

namespace parley {

/// What to compile a database for: this processor, but neither AVX2 nor AVX-512.
hs_platform_info_t SoundPlatform();

/// hs_scan, by the SSE4.2 copy where the library would take a later one. `database` was compiled
/// for SoundPlatform().
hs_error_t SoundScan(const hs_database_t* database, const char* text, unsigned size_bytes,
                     hs_scratch_t* scratch, match_event_handler on_match, void* context);

}  // namespace parley
