#define PARLEY_TILE_ROWS 1
#include "inference/lane_kernels.inc"

namespace parley {

extern const LaneKernels kPlainKernels;
const LaneKernels kPlainKernels = PARLEY_LANE_KERNELS("plain");

}  // namespace parley
