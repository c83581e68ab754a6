// Double precision beside the storage types: results computed in F64 are rounded once.
#pragma once

#include "vector.cuh"

__device__ __forceinline__ double load(const double* p, int64_t i) { return p[i]; }

template <int V>
struct Run<double, V> {
  Packed<2 * V> packed;
  __device__ __forceinline__ double operator[](int i) const {
    return __hiloint2double(static_cast<int>(packed.word[2 * i + 1]),
                            static_cast<int>(packed.word[2 * i]));
  }
};

template <int V>
__device__ __forceinline__ void store_run(double* p, int64_t i, const double (&v)[V]) {
  Packed<2 * V> packed;
#pragma unroll
  for (int k = 0; k < V; k++) {
    packed.word[2 * k] = static_cast<uint32_t>(__double2loint(v[k]));
    packed.word[2 * k + 1] = static_cast<uint32_t>(__double2hiint(v[k]));
  }
  store_words<2 * V>(p + i, packed);
}

// The F32 that rounds to the BF16 nearest to the value. Rounding to F32 first can land on a tie
// between two BF16 although the value is none; then the result is moved off the tie to the side on
// which the value lies.
__device__ __forceinline__ float off_tie(double value) {
  float rounded = static_cast<float>(value);
  uint32_t bits = __float_as_uint(rounded);
  if ((bits & 0xffffu) == 0x8000u && rounded != value) {
    bits += fabs(value) > fabs(static_cast<double>(rounded)) ? 1u : 0xffffffffu;
  }
  return __uint_as_float(bits);
}

__device__ __forceinline__ float rounded_for(const float*, double value) {
  return static_cast<float>(value);
}

__device__ __forceinline__ float rounded_for(const bf16*, double value) { return off_tie(value); }

template <int V, typename T>
__device__ __forceinline__ void store_run(T* p, int64_t i, const double (&v)[V]) {
  float narrowed[V];
#pragma unroll
  for (int k = 0; k < V; k++) {
    narrowed[k] = rounded_for(p, v[k]);
  }
  store_run<V>(p, i, narrowed);
}
