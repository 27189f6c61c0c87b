#include "stages/patterns/sound_scan.h"

// The copies are named by a prefix. A library built for one processor has none; then it is hs_scan
// that was built for the machine.
extern "C" __attribute__((weak)) hs_error_t corei7_hs_scan(const hs_database_t*, const char*,
                                                           unsigned, unsigned, hs_scratch_t*,
                                                           match_event_handler, void*);

namespace parley {
namespace {

bool WouldTakeLaterCopy() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") != 0;
#else
  return false;
#endif
}

}  // namespace

hs_platform_info_t SoundPlatform() {
  hs_platform_info_t platform = {};
  hs_populate_platform(&platform);
  platform.cpu_features = 0;
  return platform;
}

hs_error_t SoundScan(const hs_database_t* database, const char* text, unsigned size_bytes,
                     hs_scratch_t* scratch, match_event_handler on_match, void* context) {
  static const auto scan =
      WouldTakeLaterCopy() && corei7_hs_scan != nullptr ? &corei7_hs_scan : &hs_scan;
  return scan(database, text, size_bytes, 0, scratch, on_match, context);
}

}  // namespace parley
