// The smallest box that holds all set pixels of each mask; of an empty one the whole image.
//
// Layout    mask (N, H, W), every byte but 0 means set; box I32 (N, 4) = x_min, y_min, x_max,
//           y_max, inclusive.
// Launch    a block per mask, grid-stride over N, any block size that is a multiple of 32.
// Assumes   H W below 2^31. Where W is a multiple of 16 and the masks are aligned, a load takes 16
//           pixels of a row.
// Moves     N H W bytes read once, 16 N written.
// Floor     those bytes over the bandwidth of the memory; a mask of 256 x 256 is 64 KiB, which one
//           block reads in about a microsecond.
#include "extremes.cuh"

// One bit per byte that is set.
__device__ __forceinline__ uint32_t bits(uint32_t word) {
  const uint32_t set = ((((word & 0x7f7f7f7fu) + 0x7f7f7f7fu) | word) >> 7) & 0x01010101u;
  return (set | set >> 7 | set >> 14 | set >> 21) & 0xfu;
}

__device__ Extent extent(const uint8_t* mask, int height, int width) {
  Extent e;
  if (width % 16 == 0 && reinterpret_cast<uintptr_t>(mask) % 16 == 0) {
    const int per_row = width / 16;
    for (int v = threadIdx.x; v < height * per_row; v += blockDim.x) {
      const uint4 q = __ldg(reinterpret_cast<const uint4*>(mask) + v);
      const uint32_t set = bits(q.x) | bits(q.y) << 4 | bits(q.z) << 8 | bits(q.w) << 12;
      if (set != 0) {
        const int y = v / per_row;
        const int x = (v - y * per_row) * 16;
        e.cover_columns(x + __ffs(set) - 1, x + 31 - __clz(set));
        e.cover_rows(y, y);
      }
    }
  } else {
    for (int p = threadIdx.x; p < height * width; p += blockDim.x) {
      if (mask[p] != 0) {
        const int y = p / width;
        e.cover_columns(p - y * width, p - y * width);
        e.cover_rows(y, y);
      }
    }
  }
  return e;
}

extern "C" __global__ void __launch_bounds__(1024)
    bounding_box(const uint8_t* masks, int32_t* boxes, int samples, int height, int width) {
  for (int n = blockIdx.x; n < samples; n += gridDim.x) {
    const Extent e = extent(masks + static_cast<int64_t>(n) * height * width, height, width);
    const Extent all = block_extent(e);
    if (threadIdx.x == 0) {
      int32_t* box = boxes + 4 * static_cast<int64_t>(n);
      box[0] = all.empty() ? 0 : all.x0;
      box[1] = all.empty() ? 0 : all.y0;
      box[2] = all.empty() ? width - 1 : all.x1;
      box[3] = all.empty() ? height - 1 : all.y1;
    }
  }
}
