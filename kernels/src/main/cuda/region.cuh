// The Gaussian heat map, and the boxes of the pixels that its mask and both masks set, without
// writing either: the masks of GaussianMap, MinMaxNormalise and Threshold, bit for bit. All
// functions are called by every thread of a block.
#pragma once

#include "gaussian.cuh"
#include "heat_map.cuh"

// The Gaussian heat map about (x0, y0).
struct Gaussian {
  int x0;
  int y0;
  int height;
  int width;
  double lambda;
  double peak;

  __device__ __forceinline__ double along(int x) const { return bell(x - x0, width, lambda); }
  __device__ __forceinline__ double down(int y) const {
    return __dmul_rn(peak, bell(y - y0, height, lambda));
  }
  __device__ Level level(double bound) const {
    const int far_x = x0 < width - 1 - x0 ? width - 1 : 0;
    const int far_y = y0 < height - 1 - y0 ? height - 1 : 0;
    return level_of(static_cast<float>(__dmul_rn(down(far_y), along(far_x))),
                    static_cast<float>(peak), bound);
  }
};

// The box of the Gaussian mask B2. The density decreases in every direction from the centre, so a
// column has a set pixel if the one in the row of the centre is set, and likewise for a row.
__device__ void cover_gaussian(const Gaussian& gaussian, const Level& level, Extent& extent) {
  for (int x = threadIdx.x; x < gaussian.width; x += blockDim.x) {
    if (level.holds(static_cast<float>(__dmul_rn(gaussian.peak, gaussian.along(x))))) {
      extent.cover_columns(x, x);
    }
  }
  for (int y = threadIdx.x; y < gaussian.height; y += blockDim.x) {
    if (level.holds(static_cast<float>(gaussian.down(y)))) {
      extent.cover_rows(y, y);
    }
  }
}

// The box of the pixels that both masks set; it examines every pixel of `within`, the box of B2.
__device__ void cover_intersection(const Cam& cam, const Level& attention, const Gaussian& gaussian,
                                   const Level& level, const Extent& within, Extent& extent) {
  __shared__ double down[kStrip];
  __shared__ Between rows[kStrip];
  for (int from = within.y0; from <= within.y1; from += kStrip) {
    const int count = min(kStrip, within.y1 + 1 - from);
    __syncthreads();
    for (int t = threadIdx.x; t < count; t += blockDim.x) {
      down[t] = gaussian.down(from + t);
      rows[t] = cam.row(from + t);
    }
    __syncthreads();
    for (int x = within.x0 + threadIdx.x; x <= within.x1; x += blockDim.x) {
      const double along = gaussian.along(x);
      const Between column = cam.column(x);
      for (int t = 0; t < count; t++) {
        if (level.holds(static_cast<float>(__dmul_rn(down[t], along))) &&
            attention.holds(cam.at(rows[t], column))) {
          extent.cover_columns(x, x);
          extent.cover_rows(from + t, from + t);
        }
      }
    }
  }
}
