// Vectorscan without the part of it that misses matches.
//
// Vectorscan 5.4.9's code for AVX-512 loses matches: of a database that looks for one literal of
// one byte (as "[a-z]+@[a-z]+" does, by its "@") it finds none behind the first 64 bytes, or only
// some. Its code for AVX2 and for older processors finds all. The library carries a copy of itself
// for each and chooses by the processor; here the choice stops at AVX2. pattern_set_test.cc puts a
// match at every place and would see a later version that is wrong again.
//
// Every compilation and scan of Parley goes through these two.

#pragma once

#include <hs/hs.h>

namespace parley {

/// What to compile a database for: this processor, but no AVX-512.
hs_platform_info_t SoundPlatform();

/// hs_scan, by the AVX2 copy where the library would take the one for AVX-512. `database` was
/// compiled for SoundPlatform().
hs_error_t SoundScan(const hs_database_t* database, const char* text, unsigned size_bytes,
                     hs_scratch_t* scratch, match_event_handler on_match, void* context);

}  // namespace parley
