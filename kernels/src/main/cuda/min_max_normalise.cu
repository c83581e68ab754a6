// Brings each sample to [0, 1]: (v - min) / (max - min), computed in F64 and rounded once; samples
// without two different numbers give zeros. NaN is neither least nor largest, and stays NaN.
//
// Layout    x and y: samples of `size` elements; partial F32 (N, parts, 2).
// Launch    two launches, both with (parts, N) blocks of any size that is a multiple of 32:
//           min_max_normalise_extremes finds the extremes of each part, min_max_normalise takes
//           those of all parts and normalises its own. N <= 65535.
// Assumes   nothing; where size is a multiple of the elements in 16 bytes and x and y are aligned,
//           loads and stores take 16 bytes.
// Moves     x read twice (the second time from the L2 cache if all of it fits), y written once.
// Floor     those bytes over the bandwidth of the memory, and one F64 division per element.
//
// Two launches, since one block per sample would leave most of the GPU idle at the batch sizes of
// training. A minimum does not depend on the order of evaluation, so the result is deterministic.
#include "extremes.cuh"

struct Part {
  int64_t from;
  int64_t to;
};

// This block's share of a sample, in whole vectors.
template <typename T>
__device__ __forceinline__ Part part_of(int64_t size) {
  constexpr int kCount = Quad<T>::kCount;
  const int64_t vectors = (size + kCount - 1) / kCount;
  const int64_t share = (vectors + gridDim.x - 1) / gridDim.x * kCount;
  const int64_t from = share * blockIdx.x;
  return {min(from, size), min(from + share, size)};
}

template <typename T>
__device__ __forceinline__ bool in_vectors(const T* p, int64_t size) {
  return size % Quad<T>::kCount == 0 && reinterpret_cast<uintptr_t>(p) % 16 == 0;
}

template <typename T>
__device__ void extremes(const T* x, float* partial, int64_t size) {
  const Part part = part_of<T>(size);
  const T* sample = x + blockIdx.y * size;
  float least = INFINITY;
  float largest = -INFINITY;
  if (in_vectors(x, size)) {
    constexpr int kCount = Quad<T>::kCount;
    for (int64_t i = part.from + threadIdx.x * kCount; i < part.to; i += blockDim.x * kCount) {
      const Quad<T> q = Quad<T>::fetch(sample + i, 0);
#pragma unroll
      for (int j = 0; j < kCount; j++) {
        least = fminf(least, q.at(j));
        largest = fmaxf(largest, q.at(j));
      }
    }
  } else {
    for (int64_t i = part.from + threadIdx.x; i < part.to; i += blockDim.x) {
      least = fminf(least, load(sample, i));
      largest = fmaxf(largest, load(sample, i));
    }
  }
  least = block_least(least);
  largest = block_largest(largest);
  if (threadIdx.x == 0) {
    float* out = partial + 2 * (static_cast<int64_t>(blockIdx.y) * gridDim.x + blockIdx.x);
    out[0] = least;
    out[1] = largest;
  }
}

struct Scale {
  double least;
  double range;

  __device__ __forceinline__ float operator()(float v) const {
    return static_cast<float>(__ddiv_rn(__dsub_rn(v, least), range));
  }
};

// In PTX, because nvcc splits the store of these four numbers.
__device__ __forceinline__ void put(float* y, const float (&v)[4]) {
  asm volatile("st.global.v4.f32 [%0], {%1, %2, %3, %4};" ::"l"(__cvta_generic_to_global(y)),
               "f"(v[0]), "f"(v[1]), "f"(v[2]), "f"(v[3])
               : "memory");
}

__device__ __forceinline__ void put(bf16* y, const float (&v)[8]) {
  uint32_t word[4];
#pragma unroll
  for (int k = 0; k < 4; k++) {
    word[k] = narrow(v[2 * k]) | static_cast<uint32_t>(narrow(v[2 * k + 1])) << 16;
  }
  *reinterpret_cast<uint4*>(y) = make_uint4(word[0], word[1], word[2], word[3]);
}

template <typename T>
__device__ void normalise(const T* x, const float* partial, T* y, int64_t size) {
  float least = INFINITY;
  float largest = -INFINITY;
  for (int p = threadIdx.x; p < gridDim.x; p += blockDim.x) {
    const float* in = partial + 2 * (static_cast<int64_t>(blockIdx.y) * gridDim.x + p);
    least = fminf(least, in[0]);
    largest = fmaxf(largest, in[1]);
  }
  least = block_least(least);
  largest = block_largest(largest);
  const Scale scale = {least, __dsub_rn(largest, least)};
  const Part part = part_of<T>(size);
  const T* sample = x + blockIdx.y * size;
  T* out = y + blockIdx.y * size;
  if (!(largest > least)) {
    for (int64_t i = part.from + threadIdx.x; i < part.to; i += blockDim.x) {
      store(out, i, 0.0f);
    }
  } else if (in_vectors(x, size) && in_vectors(y, size)) {
    constexpr int kCount = Quad<T>::kCount;
    for (int64_t i = part.from + threadIdx.x * kCount; i < part.to; i += blockDim.x * kCount) {
      const Quad<T> q = Quad<T>::fetch(sample + i, 0);
      float v[kCount];
#pragma unroll
      for (int j = 0; j < kCount; j++) {
        v[j] = scale(q.at(j));
      }
      put(out + i, v);
    }
  } else {
    for (int64_t i = part.from + threadIdx.x; i < part.to; i += blockDim.x) {
      store(out, i, scale(load(sample, i)));
    }
  }
}

#define MIN_MAX_NORMALISE(T, suffix)                                                               \
  extern "C" __global__ void __launch_bounds__(1024)                                               \
      min_max_normalise_extremes_##suffix(const T* x, float* partial, int64_t size) {              \
    extremes(x, partial, size);                                                                    \
  }                                                                                                \
  extern "C" __global__ void __launch_bounds__(1024)                                               \
      min_max_normalise_##suffix(const T* x, const float* partial, T* y, int64_t size) {           \
    normalise(x, partial, y, size);                                                                \
  }

MIN_MAX_NORMALISE(float, f32)
MIN_MAX_NORMALISE(bf16, bf16)
