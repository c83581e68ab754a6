// Shared by all kernels: element types, reductions in a fixed order, and loops over more items than
// threads. BF16 is handled by its bits, so that the code needs nothing newer than sm_75.
#pragma once

#include <cstdint>

struct bf16 {
  uint16_t bits;
};

__device__ __forceinline__ float load(const float* p, int64_t i) { return p[i]; }

__device__ __forceinline__ float widen(uint16_t bits) {
  return __uint_as_float(static_cast<uint32_t>(bits) << 16);
}

__device__ __forceinline__ float load(const bf16* p, int64_t i) {
  return widen(reinterpret_cast<const uint16_t*>(p)[i]);
}

// Rounds to nearest, ties to even; NaN stays NaN.
__device__ __forceinline__ uint16_t narrow(float value) {
  uint32_t bits = __float_as_uint(value);
  if ((bits & 0x7fffffffu) > 0x7f800000u) {
    return static_cast<uint16_t>((bits >> 16) | 0x40u);
  }
  return static_cast<uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

__device__ __forceinline__ void store(float* p, int64_t i, float value) { p[i] = value; }

__device__ __forceinline__ void store(bf16* p, int64_t i, float value) {
  reinterpret_cast<uint16_t*>(p)[i] = narrow(value);
}

// Index of this thread in the whole grid, and the number of threads: for grid-stride loops.
__device__ __forceinline__ int64_t thread_index() {
  return static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
}

__device__ __forceinline__ int64_t thread_count() {
  return static_cast<int64_t>(gridDim.x) * blockDim.x;
}
