// Joining, slicing and padding along an axis: copies of blocks. In memory, one index of the
// dimensions outside the axis and a range of the axis is one contiguous run, in any element type;
// between the runs of one tensor lies its own extent along the axis.
//
// Layout    everything counted in units of the size in the entry's name, to which runs, steps and
//           addresses are multiples.
// Launch    grid-stride over units, any block size.
// Moves     copy: every run read and written once; pad: x read once, y written once.
// Floor     those bytes over the bandwidth of the memory.
#include "index.cuh"

namespace {

// Run r of `run` units goes from from[r * from_step] to to[r * to_step].
template <typename U>
__device__ __forceinline__ void copy(const U* from, int64_t from_step, U* to, int64_t to_step,
                                     int64_t run, int64_t rows) {
  for (int64_t i = thread_index(); i < run * rows; i += thread_count()) {
    Division at = divide(i, run);
    to[at.quotient * to_step + at.remainder] = from[at.quotient * from_step + at.remainder];
  }
}

// Each run of y, `to_step` units, is `before` zeros, a run of x of `run` units, and zeros.
template <typename U>
__device__ __forceinline__ void pad(const U* x, int64_t run, U* y, int64_t to_step, int64_t before,
                                    int64_t rows) {
  for (int64_t i = thread_index(); i < to_step * rows; i += thread_count()) {
    Division at = divide(i, to_step);
    int64_t k = at.remainder - before;
    U value = {};
    if (k >= 0 && k < run) {
      value = x[at.quotient * run + k];
    }
    y[i] = value;
  }
}

}  // namespace

#define CONCAT(bytes, U)                                                                           \
  extern "C" __global__ void __launch_bounds__(1024, 1) concat_copy_##bytes(                       \
      const U* from, int64_t from_step, U* to, int64_t to_step, int64_t run, int64_t rows) {       \
    copy(from, from_step, to, to_step, run, rows);                                                 \
  }                                                                                                \
                                                                                                   \
  extern "C" __global__ void __launch_bounds__(1024, 1) concat_pad_##bytes(                        \
      const U* x, int64_t run, U* y, int64_t to_step, int64_t before, int64_t rows) {              \
    pad(x, run, y, to_step, before, rows);                                                         \
  }

CONCAT(1, uint8_t)
CONCAT(2, uint16_t)
CONCAT(4, uint32_t)
CONCAT(8, uint2)
CONCAT(16, uint4)
