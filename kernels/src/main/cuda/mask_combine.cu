// Union and intersection of two masks; every byte but 0 means set, the result is 0 or 1.
//
// Layout    a, b, mask: n bytes.
// Launch    grid-stride over n / 16 runs of 16 bytes, any block size.
// Assumes   nothing; without 16-byte alignment it processes single bytes.
// Moves     2 n bytes read, n written.
// Floor     those bytes over the bandwidth of the memory.
#include "common.cuh"

// 1 in every byte that is not 0.
__device__ __forceinline__ uint32_t set_bytes(uint32_t x) {
  return ((((x & 0x7f7f7f7fu) + 0x7f7f7f7fu) | x) >> 7) & 0x01010101u;
}

template <bool Union>
__device__ __forceinline__ uint32_t combined(uint32_t a, uint32_t b) {
  return Union ? set_bytes(a | b) : set_bytes(a) & set_bytes(b);
}

template <bool Union>
__device__ void combine(const uint8_t* a, const uint8_t* b, uint8_t* mask, int64_t n) {
  const uintptr_t addresses = reinterpret_cast<uintptr_t>(a) | reinterpret_cast<uintptr_t>(b) |
                              reinterpret_cast<uintptr_t>(mask);
  const int64_t vectors = addresses % 16 == 0 ? n / 16 : 0;
  for (int64_t v = thread_index(); v < vectors; v += thread_count()) {
    const uint4 p = __ldg(reinterpret_cast<const uint4*>(a) + v);
    const uint4 q = __ldg(reinterpret_cast<const uint4*>(b) + v);
    reinterpret_cast<uint4*>(mask)[v] =
        make_uint4(combined<Union>(p.x, q.x), combined<Union>(p.y, q.y), combined<Union>(p.z, q.z),
                   combined<Union>(p.w, q.w));
  }
  for (int64_t i = vectors * 16 + thread_index(); i < n; i += thread_count()) {
    mask[i] = static_cast<uint8_t>(combined<Union>(a[i], b[i]));
  }
}

extern "C" __global__ void mask_combine_union(const uint8_t* a, const uint8_t* b, uint8_t* mask,
                                              int64_t n) {
  combine<true>(a, b, mask, n);
}

extern "C" __global__ void mask_combine_intersection(const uint8_t* a, const uint8_t* b,
                                                     uint8_t* mask, int64_t n) {
  combine<false>(a, b, mask, n);
}
