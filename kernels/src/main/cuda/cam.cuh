// The scalar product of a pixel's features with a class's weights, by a warp, in F64.
#pragma once

#include "common.cuh"

__device__ __forceinline__ float4 load4(const float* p) {
  return __ldg(reinterpret_cast<const float4*>(p));
}

__device__ __forceinline__ float4 load4(const bf16* p) {
  const uint2 v = __ldg(reinterpret_cast<const uint2*>(p));
  return make_float4(__uint_as_float(v.x << 16), __uint_as_float(v.x & 0xffff0000u),
                     __uint_as_float(v.y << 16), __uint_as_float(v.y & 0xffff0000u));
}

// Whether rows of `channels` elements from p on can be read four at a time.
template <typename T>
__device__ __forceinline__ bool in_fours(const T* p, int channels) {
  return channels % 4 == 0 && reinterpret_cast<uintptr_t>(p) % (4 * sizeof(T)) == 0;
}

// Every lane gets the sum. The order is that of the CPU: channel k is added to partial sum k mod
// 128; lane l holds partial sums 4 l to 4 l + 3 and adds them up; then halves of the warp are
// added. The product of two F32 is exact in F64, so fused and separate rounding agree.
template <typename F>
__device__ float cam_pixel(const F* features, const float* weight, int channels, bool fours) {
  const int lane = threadIdx.x % 32;
  double sum[4] = {0, 0, 0, 0};
  if (fours) {
#pragma unroll 4
    for (int k = 4 * lane; k < channels; k += 128) {
      const float4 f = load4(features + k);
      const float4 w = load4(weight + k);
      sum[0] = fma(static_cast<double>(w.x), static_cast<double>(f.x), sum[0]);
      sum[1] = fma(static_cast<double>(w.y), static_cast<double>(f.y), sum[1]);
      sum[2] = fma(static_cast<double>(w.z), static_cast<double>(f.z), sum[2]);
      sum[3] = fma(static_cast<double>(w.w), static_cast<double>(f.w), sum[3]);
    }
  } else {
    for (int base = 4 * lane; base < channels; base += 128) {
#pragma unroll
      for (int j = 0; j < 4; j++) {
        if (base + j < channels) {
          sum[j] = fma(static_cast<double>(weight[base + j]),
                       static_cast<double>(load(features, base + j)), sum[j]);
        }
      }
    }
  }
  double total = __dadd_rn(__dadd_rn(sum[0], sum[1]), __dadd_rn(sum[2], sum[3]));
  for (int step = 16; step > 0; step /= 2) {
    total = __dadd_rn(total, __shfl_xor_sync(0xffffffffu, total, step));
  }
  return static_cast<float>(total);
}
