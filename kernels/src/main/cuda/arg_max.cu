// The index of the largest number of each row; among equals the first. NaN is never the largest; a
// row without a number above -infinity gives 0.
//
// Layout    x (N, K), index I32 (N).
// Launch    a thread per row, grid-stride over N, any block size.
// Assumes   few classes: the rows of a warp then lie in a few neighbouring sectors, which the first
//           read of each brings to the first-level cache.
// Moves     N * K elements read, 4 N bytes written.
// Floor     the latency of the launch: these are a few hundred bytes.
#include "common.cuh"

template <typename T>
__device__ void arg_max(const T* x, int32_t* index, int64_t rows, int classes) {
  for (int64_t n = thread_index(); n < rows; n += thread_count()) {
    int best = 0;
    float largest = -INFINITY;
    for (int k = 0; k < classes; k++) {
      float value = load(x, n * classes + k);
      if (value > largest) {
        largest = value;
        best = k;
      }
    }
    index[n] = best;
  }
}

#define ARG_MAX(T, suffix)                                                                         \
  extern "C" __global__ void arg_max_##suffix(const T* x, int32_t* index, int64_t rows,            \
                                              int classes) {                                       \
    arg_max(x, index, rows, classes);                                                              \
  }

ARG_MAX(float, f32)
ARG_MAX(bf16, bf16)
