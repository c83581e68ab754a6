// Fills memory with one value of 1, 2, 4 or 8 bytes.
//
// Layout    any; n elements of the size in the entry's name.
// Launch    grid-stride over n, any block size.
// Moves     n * size bytes written.
// Floor     those bytes over the bandwidth of the memory.
#include "common.cuh"

template <typename T>
__device__ void fill(T* y, int64_t n, T value) {
  for (int64_t i = thread_index(); i < n; i += thread_count()) {
    y[i] = value;
  }
}

#define FILL(bits)                                                                                 \
  extern "C" __global__ void fill_##bits(uint##bits##_t* y, int64_t n, uint64_t value) {           \
    fill(y, n, static_cast<uint##bits##_t>(value));                                                \
  }

FILL(8)
FILL(16)
FILL(32)
FILL(64)
