// Extremes over a block: the least and largest number and the brightest pixel. A minimum or maximum
// does not depend on the order of evaluation, so all of these are deterministic.
#pragma once

#include "common.cuh"

struct Least {
  template <typename T>
  __device__ __forceinline__ T operator()(T a, T b) const {
    return b < a ? b : a;
  }
};

struct Largest {
  template <typename T>
  __device__ __forceinline__ T operator()(T a, T b) const {
    return b > a ? b : a;
  }
};

// Reduces one value a thread; every thread of the block must call it and gets the result.
// `neutral` stands for warps that the block does not have.
template <typename Pick, typename T>
__device__ T block_reduce(Pick pick, T value, T neutral) {
  __shared__ T parts[32];
  for (int step = 16; step > 0; step /= 2) {
    value = pick(value, __shfl_xor_sync(0xffffffffu, value, step));
  }
  __syncthreads();
  if (threadIdx.x % 32 == 0) {
    parts[threadIdx.x / 32] = value;
  }
  __syncthreads();
  value = threadIdx.x % 32 < blockDim.x / 32 ? parts[threadIdx.x % 32] : neutral;
  for (int step = 16; step > 0; step /= 2) {
    value = pick(value, __shfl_xor_sync(0xffffffffu, value, step));
  }
  return value;
}

__device__ __forceinline__ float block_least(float value) {
  return block_reduce(Least(), value, INFINITY);
}

__device__ __forceinline__ float block_largest(float value) {
  return block_reduce(Largest(), value, -INFINITY);
}

__device__ __forceinline__ int block_least(int value) {
  return block_reduce(Least(), value, INT32_MAX);
}

__device__ __forceinline__ int block_largest(int value) {
  return block_reduce(Largest(), value, INT32_MIN);
}

// A pixel's brightness in the upper bits and its position in the lower ones, such that the largest
// key belongs to the brightest pixel, the first one among equals. Key 0 stands for no pixel: none
// is brighter than -infinity.
using Brightness = unsigned long long;

__device__ __forceinline__ Brightness brightness(float value, uint32_t pixel) {
  if (!(value > -INFINITY)) {
    return 0;
  }
  uint32_t bits = __float_as_uint(value == 0.0f ? 0.0f : value);
  bits ^= bits >> 31 ? 0xffffffffu : 0x80000000u;
  return static_cast<Brightness>(bits) << 32 | (0xffffffffu - pixel);
}

// The pixel of a key; pixel 0 for key 0.
__device__ __forceinline__ uint32_t pixel_of(Brightness key) {
  return key == 0 ? 0 : 0xffffffffu - static_cast<uint32_t>(key);
}

// The largest key of the block.
__device__ __forceinline__ Brightness block_brightest(Brightness key) {
  return block_reduce(Largest(), key, Brightness(0));
}

// The smallest box around all that was covered so far.
struct Extent {
  int x0;
  int y0;
  int x1;
  int y1;

  __device__ __forceinline__ Extent(int left = INT32_MAX, int top = INT32_MAX, int right = -1,
                                    int bottom = -1)
      : x0(left), y0(top), x1(right), y1(bottom) {}

  __device__ __forceinline__ void cover_columns(int left, int right) {
    x0 = min(x0, left);
    x1 = max(x1, right);
  }
  __device__ __forceinline__ void cover_rows(int top, int bottom) {
    y0 = min(y0, top);
    y1 = max(y1, bottom);
  }
  __device__ __forceinline__ void cover(const Extent& e) {
    cover_columns(e.x0, e.x1);
    cover_rows(e.y0, e.y1);
  }
  __device__ __forceinline__ bool empty() const { return x1 < 0; }
};

__device__ __forceinline__ Extent block_extent(const Extent& e) {
  return {block_least(e.x0), block_least(e.y0), block_largest(e.x1), block_largest(e.y1)};
}

template <typename T>
struct Quad;

// 16 bytes of elements.
template <>
struct Quad<float> {
  static constexpr int kCount = 4;
  float4 packed;
  __device__ __forceinline__ float at(int i) const {
    return i == 0 ? packed.x : i == 1 ? packed.y : i == 2 ? packed.z : packed.w;
  }
  static __device__ __forceinline__ Quad fetch(const float* p, int i) {
    return {__ldg(reinterpret_cast<const float4*>(p) + i)};
  }
  static __device__ __forceinline__ Quad dark() { return {{NAN, NAN, NAN, NAN}}; }
};

template <>
struct Quad<bf16> {
  static constexpr int kCount = 8;
  uint4 packed;
  __device__ __forceinline__ float at(int i) const {
    uint32_t word = i < 2 ? packed.x : i < 4 ? packed.y : i < 6 ? packed.z : packed.w;
    return __uint_as_float(i % 2 == 0 ? word << 16 : word & 0xffff0000u);
  }
  static __device__ __forceinline__ Quad fetch(const bf16* p, int i) {
    return {__ldg(reinterpret_cast<const uint4*>(p) + i)};
  }
  static __device__ __forceinline__ Quad dark() {
    return {{0x7fc07fc0u, 0x7fc07fc0u, 0x7fc07fc0u, 0x7fc07fc0u}};
  }
};

struct Peak {
  float value = -INFINITY;
  uint32_t pixel = 0;

  __device__ __forceinline__ void offer(float candidate, uint32_t place) {
    if (candidate > value) {
      value = candidate;
      pixel = place;
    }
  }
};

// Offers channel 0 of C channels, with loads of 16 bytes and four loads in flight. All channels
// have to be read anyway, since a memory sector holds several pixels.
template <int C, typename T>
__device__ __forceinline__ void offer_vectors(Peak& peak, const T* start, int count,
                                              uint32_t pixel) {
  constexpr int kCount = Quad<T>::kCount;
  constexpr int kInFlight = 4;
  const int vectors = count * C / kCount;
  for (int i = threadIdx.x; i < vectors; i += kInFlight * blockDim.x) {
    Quad<T> quad[kInFlight];
#pragma unroll
    for (int u = 0; u < kInFlight; u++) {
      int v = i + u * blockDim.x;
      quad[u] = v < vectors ? Quad<T>::fetch(start, v) : Quad<T>::dark();
    }
#pragma unroll
    for (int u = 0; u < kInFlight; u++) {
      const uint32_t element = (i + u * blockDim.x) * kCount;
      const uint32_t place = element / C;
      const uint32_t rest = element - place * C;
#pragma unroll
      for (int j = 0; j < kCount; j++) {
        // Element j belongs to channel 0 if the first one belongs to channel `first`, which is
        // known at compile time.
        const uint32_t first = (C - j % C) % C;
        if (rest == first) {
          peak.offer(quad[u].at(j), pixel + place + (first + j) / C);
        }
      }
    }
  }
  for (int i = (vectors * kCount + C - 1) / C + threadIdx.x; i < count; i += blockDim.x) {
    peak.offer(load(start, static_cast<int64_t>(i) * C), pixel + i);
  }
}

// The brightest of those of pixels [from, to) in channel 0 of an image that this thread reads.
template <typename T>
__device__ Brightness brightest(const T* image, int channels, uint32_t from, uint32_t to) {
  const T* first = image + static_cast<int64_t>(from) * channels;
  const bool aligned = reinterpret_cast<uintptr_t>(first) % 16 == 0;
  const int count = to - from;
  Peak peak;
  if (aligned && channels == 3) {
    offer_vectors<3>(peak, first, count, from);
  } else if (aligned && channels == 1) {
    offer_vectors<1>(peak, first, count, from);
  } else {
    for (int i = threadIdx.x; i < count; i += blockDim.x) {
      peak.offer(load(first, static_cast<int64_t>(i) * channels), from + i);
    }
  }
  return brightness(peak.value, peak.pixel);
}

// Pixels per part when `pixels` are divided into `parts`: a multiple of 16, so that every part of
// an aligned image begins at a multiple of 16 bytes.
__device__ __forceinline__ uint32_t share_of(uint32_t pixels, uint32_t parts) {
  return ((pixels + parts - 1) / parts + 15) / 16 * 16;
}
