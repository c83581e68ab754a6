// Runs of V neighbouring elements: 16 bytes in one access where V * sizeof(T) is 16, two accesses
// for 32. Loaded runs stay packed until they are used, so that several in flight take few
// registers.
#pragma once

#include "common.cuh"

// Elements in 16 bytes.
template <typename T>
constexpr int kLanes = 16 / sizeof(T);

template <int Words>
struct Packed {
  uint32_t word[Words];
};

template <int Words>
__device__ __forceinline__ Packed<Words> load_words(const void* p) {
  Packed<Words> packed;
  if constexpr (Words % 4 == 0) {
#pragma unroll
    for (int i = 0; i < Words; i += 4) {
      uint4 v = static_cast<const uint4*>(p)[i / 4];
      packed.word[i] = v.x;
      packed.word[i + 1] = v.y;
      packed.word[i + 2] = v.z;
      packed.word[i + 3] = v.w;
    }
  } else if constexpr (Words == 2) {
    uint2 v = *static_cast<const uint2*>(p);
    packed.word[0] = v.x;
    packed.word[1] = v.y;
  } else {
    static_assert(Words == 1, "runs take 4, 8, 16 or a multiple of 16 bytes");
    packed.word[0] = *static_cast<const uint32_t*>(p);
  }
  return packed;
}

template <int Words>
__device__ __forceinline__ void store_words(void* p, const Packed<Words>& packed) {
  if constexpr (Words % 4 == 0) {
#pragma unroll
    for (int i = 0; i < Words; i += 4) {
      static_cast<uint4*>(p)[i / 4] =
          make_uint4(packed.word[i], packed.word[i + 1], packed.word[i + 2], packed.word[i + 3]);
    }
  } else if constexpr (Words == 2) {
    *static_cast<uint2*>(p) = make_uint2(packed.word[0], packed.word[1]);
  } else {
    static_assert(Words == 1, "runs take 4, 8, 16 or a multiple of 16 bytes");
    *static_cast<uint32_t*>(p) = packed.word[0];
  }
}

// The upper halves are the two BF16 of the word: rounded to nearest even, NaN stays NaN.
__device__ __forceinline__ uint32_t rounded_to_upper_half(float value) {
  uint32_t bits = __float_as_uint(value);
  return value != value ? bits | 0x400000u : bits + 0x7fffu + ((bits >> 16) & 1u);
}

__device__ __forceinline__ uint32_t narrow_pair(float low, float high) {
  return __byte_perm(rounded_to_upper_half(low), rounded_to_upper_half(high), 0x7632);
}

template <typename T, int V>
struct Run;

template <int V>
struct Run<float, V> {
  Packed<V> packed;
  __device__ __forceinline__ float operator[](int i) const {
    return __uint_as_float(packed.word[i]);
  }
};

template <int V>
struct Run<bf16, V> {
  Packed<V / 2> packed;
  __device__ __forceinline__ float operator[](int i) const {
    uint32_t word = packed.word[i / 2];
    return __uint_as_float(i % 2 == 0 ? word << 16 : word & 0xffff0000u);
  }
};

template <>
struct Run<bf16, 1> {
  uint16_t bits;
  __device__ __forceinline__ float operator[](int) const { return widen(bits); }
};

// Elements [i, i + V) of p; for V > 1 their address is a multiple of the run's size, at most 16.
template <int V, typename T>
__device__ __forceinline__ Run<T, V> load_run(const T* p, int64_t i) {
  if constexpr (V == 1 && sizeof(T) == 2) {
    return {reinterpret_cast<const uint16_t*>(p)[i]};
  } else {
    return {load_words<V* static_cast<int>(sizeof(T)) / 4>(p + i)};
  }
}

template <int V>
__device__ __forceinline__ void store_run(float* p, int64_t i, const float (&v)[V]) {
  Packed<V> packed;
#pragma unroll
  for (int k = 0; k < V; k++) {
    packed.word[k] = __float_as_uint(v[k]);
  }
  store_words<V>(p + i, packed);
}

template <int V>
__device__ __forceinline__ void store_run(bf16* p, int64_t i, const float (&v)[V]) {
  if constexpr (V == 1) {
    store(p, i, v[0]);
  } else {
    Packed<V / 2> packed;
#pragma unroll
    for (int k = 0; k < V / 2; k++) {
      packed.word[k] = narrow_pair(v[2 * k], v[2 * k + 1]);
    }
    store_words<V / 2>(p + i, packed);
  }
}

__device__ __forceinline__ bool aligned(const void* p) {
  return reinterpret_cast<uintptr_t>(p) % 16 == 0;
}

// Calls body.run<V>(i) for runs that cover [0, n): runs of V elements if `vectors`, and of 1
// element for the remainder or for all.
template <int V, typename Body>
__device__ __forceinline__ void for_runs(int64_t n, bool vectors, const Body& body) {
  int64_t runs = vectors ? n / V : 0;
  for (int64_t i = thread_index(); i < runs; i += thread_count()) {
    body.template run<V>(i * V);
  }
  for (int64_t i = runs * V + thread_index(); i < n; i += thread_count()) {
    body.template run<1>(i);
  }
}
