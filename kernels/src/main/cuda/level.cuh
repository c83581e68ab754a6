// The mask of a heat map: which of its values are set after normalisation to [0, 1] and a
// threshold, as MinMaxNormalise and Threshold give it, bit for bit.
#pragma once

#include "common.cuh"

// The values that are set after normalisation to [0, 1] and a threshold: v - least >= reach and
// v <= most. The quotient (v - least) / range grows with v, so one division finds the reach for all
// of them.
struct Level {
  double least = 0;
  double reach = INFINITY;
  float most = -INFINITY;
  float near = INFINITY;  // approximately the least value that is set
  bool everything = false;

  __device__ __forceinline__ bool holds(float v) const {
    return everything || (__dsub_rn(v, least) >= reach && v <= most);
  }
};

// `bound` is the least F64 that rounds to an F32 of at least the threshold.
__device__ Level level_of(float least, float largest, double bound) {
  Level level;
  if (!(largest > least)) {
    level.everything = bound <= 0;  // a flat map is 0 everywhere, NaN included
    return level;
  }
  const double range = __dsub_rn(largest, least);
  if (bound > 1 || least == -INFINITY || (bound > 0 && largest == INFINITY)) {
    return level;
  }
  level.most = largest == INFINITY ? 3.402823466e38f : INFINITY;
  level.near = -INFINITY;
  level.reach = -INFINITY;
  if (bound > 0) {
    level.least = least;
    const int64_t about = __double_as_longlong(__dmul_rn(bound, range));
    for (int64_t step = 2; step >= -2; step--) {
      const double reach = __longlong_as_double(max(about + step, static_cast<int64_t>(0)));
      if (__ddiv_rn(reach, range) >= bound) {
        level.reach = reach;
      }
    }
    level.near = static_cast<float>(__dadd_rn(level.least, level.reach));
  }
  return level;
}
