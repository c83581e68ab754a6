// A binary mask: 1 where the number is at least tau, else 0 (paper, Eq. 4 and 7). NaN gives 0.
//
// Layout    x any; mask one byte per element.
// Launch    grid-stride over n / 4 (F32) or n / 8 (BF16) runs of 16 bytes, any block size.
// Assumes   that tau is the least F32 that is not below the F64 threshold: F32 and BF16 numbers
//           compare with it as with the threshold itself.
// Moves     n elements read, n bytes written.
// Floor     those bytes over the bandwidth of the memory.
#include "extremes.cuh"

// One byte per number of a run, in memory order.
template <typename T>
__device__ __forceinline__ uint32_t four(const Quad<T>& q, int j, float tau) {
  return static_cast<uint32_t>(q.at(j) >= tau) | static_cast<uint32_t>(q.at(j + 1) >= tau) << 8 |
         static_cast<uint32_t>(q.at(j + 2) >= tau) << 16 |
         static_cast<uint32_t>(q.at(j + 3) >= tau) << 24;
}

__device__ __forceinline__ void put(uint8_t* mask, const Quad<float>& q, float tau) {
  *reinterpret_cast<uint32_t*>(mask) = four(q, 0, tau);
}

__device__ __forceinline__ void put(uint8_t* mask, const Quad<bf16>& q, float tau) {
  *reinterpret_cast<uint2*>(mask) = make_uint2(four(q, 0, tau), four(q, 4, tau));
}

template <typename T>
__device__ void threshold(const T* x, uint8_t* mask, int64_t n, float tau) {
  constexpr int kCount = Quad<T>::kCount;
  const bool aligned =
      (reinterpret_cast<uintptr_t>(x) | reinterpret_cast<uintptr_t>(mask)) % 16 == 0;
  const int64_t vectors = aligned ? n / kCount : 0;
  for (int64_t v = thread_index(); v < vectors; v += thread_count()) {
    const Quad<T> q = Quad<T>::fetch(x + v * kCount, 0);
    put(mask + v * kCount, q, tau);
  }
  for (int64_t i = vectors * kCount + thread_index(); i < n; i += thread_count()) {
    mask[i] = load(x, i) >= tau;
  }
}

#define THRESHOLD(T, suffix)                                                                       \
  extern "C" __global__ void threshold_##suffix(const T* x, uint8_t* mask, int64_t n, float tau) { \
    threshold(x, mask, n, tau);                                                                    \
  }

THRESHOLD(float, f32)
THRESHOLD(bf16, bf16)
