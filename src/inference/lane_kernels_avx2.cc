#if defined(__x86_64__)

#define PARLEY_TILE_ROWS 2
#include "inference/lane_kernels.inc"

namespace parley {

extern const LaneKernels kAvx2Kernels;
const LaneKernels kAvx2Kernels = PARLEY_LANE_KERNELS("avx2");

}  // namespace parley

#endif
