#include "inference/lane_kernels.h"

namespace parley {

extern const LaneKernels kPlainKernels;
#if defined(__x86_64__)
extern const LaneKernels kAvx2Kernels;
extern const LaneKernels kAvx512Kernels;
#endif

const LaneKernels& LaneKernelsFor(InstructionSet set) {
#if defined(__x86_64__)
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
  const bool any = set == InstructionSet::kAutomatic;
  if (avx512 && (any || set == InstructionSet::kAvx512)) return kAvx512Kernels;
  if (__builtin_cpu_supports("avx2") && set != InstructionSet::kPlain) return kAvx2Kernels;
#else
  (void)set;
#endif
  return kPlainKernels;
}

}  // namespace parley
