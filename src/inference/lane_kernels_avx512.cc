#if defined(__x86_64__)

#define PARLEY_TILE_ROWS 8
#include "inference/lane_kernels.inc"

namespace parley {

extern const LaneKernels kAvx512Kernels;
const LaneKernels kAvx512Kernels = PARLEY_LANE_KERNELS("avx512");

}  // namespace parley

#endif
