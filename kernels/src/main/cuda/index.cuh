// Positions in arrays of several dimensions.
#pragma once

#include "vector.cuh"

struct Division {
  int64_t quotient;
  int64_t remainder;
};

// Quotient and remainder for i >= 0 and by >= 1. Extents are mostly powers of two; a 64-bit
// division is a subroutine, and most numbers here fit 32 bits.
__device__ __forceinline__ Division divide(int64_t i, int64_t by) {
  if ((by & (by - 1)) == 0) {
    return {i >> (63 - __clzll(by)), i & (by - 1)};
  }
  if (((i | by) >> 32) == 0) {
    uint32_t q = static_cast<uint32_t>(i) / static_cast<uint32_t>(by);
    return {q, static_cast<uint32_t>(i) - q * static_cast<uint32_t>(by)};
  }
  int64_t q = i / by;
  return {q, i - q * by};
}

// The position in an operand of element i of an array with extents (..., e1, e2, e3), when the
// operand advances by s0 to s3 along the four dimensions; 0 along those it is broadcast over.
struct Strides {
  int64_t s0, s1, s2, s3;
};

struct Index {
  int64_t i0, i1, i2, i3;

  __device__ __forceinline__ Index(int64_t i, int64_t e1, int64_t e2, int64_t e3) {
    Division d = divide(i, e3);
    i3 = d.remainder;
    d = divide(d.quotient, e2);
    i2 = d.remainder;
    d = divide(d.quotient, e1);
    i1 = d.remainder;
    i0 = d.quotient;
  }

  __device__ __forceinline__ int64_t in(const Strides& s) const {
    return i0 * s.s0 + i1 * s.s1 + i2 * s.s2 + i3 * s.s3;
  }
};

template <int V, typename T>
__device__ __forceinline__ void load_values(float (&v)[V], const T* p, int64_t i) {
  Run<T, V> run = load_run<V>(p, i);
#pragma unroll
  for (int k = 0; k < V; k++) {
    v[k] = run[k];
  }
}

// V values of the operand; one value V times if it is broadcast along them.
template <int V, typename T>
__device__ __forceinline__ void load_values(float (&v)[V], const T* p, const Index& at,
                                            const Strides& strides) {
  int64_t i = at.in(strides);
  if (V > 1 && strides.s3 == 0) {
    float value = load(p, i);
#pragma unroll
    for (int k = 0; k < V; k++) {
      v[k] = value;
    }
  } else {
    load_values<V>(v, p, i);
  }
}
