// The attention heat map at the size of the image, its extremes, and the box of the pixels that its
// mask sets, without writing either: the results of ResizeBilinear, MinMaxNormalise and Threshold,
// bit for bit. All functions are called by every thread of a block.
#pragma once

#include "bilinear.cuh"
#include "extremes.cuh"
#include "level.cuh"

// A map (h, w) seen at the size of the image.
struct Cam {
  const float* map;
  int h;
  int w;
  int height;
  int width;

  __device__ __forceinline__ float at(const Between& row, const Between& column) const {
    const float* upper = map + row.lower * w;
    const float above = mix(upper[column.lower], upper[column.upper], column.weight);
    if (row.weight == 0.0f) {
      return above;
    }
    const float* lower = map + row.upper * w;
    return mix(above, mix(lower[column.lower], lower[column.upper], column.weight), row.weight);
  }
  __device__ __forceinline__ Between row(int y) const { return between(y, h, height); }
  __device__ __forceinline__ Between column(int x) const { return between(x, w, width); }
};

// Cells per axis up to which shortcuts are taken.
constexpr int kCells = 32;

// The samples between the same four values of the map form a cell. Within it the map is bilinear,
// so apart from rounding its extremes lie at the corner samples of the cell, and the extremes of a
// row or column at its ends. Other samples matter only where these come within `slack` of the value
// sought.
struct Cells {
  Between column[2 * kCells];
  Between row[2 * kCells];
  uint16_t open[kCells * kCells];
  int open_count;
};

__device__ __forceinline__ Between edge(int e, int length, int target) {
  const int begin = first_at(e / 2, length, target);
  const int end = first_at(e / 2 + 1, length, target);
  if (begin == end) {
    return {-1, -1, 0};
  }
  return between(e % 2 == 0 ? begin : end - 1, length, target);
}

// More than twice the rounding error of Cam::at, which is below 16 * 2^-24 of the largest
// magnitude; infinite where the map is not finite or too large for this bound: then every sample is
// evaluated.
__device__ float slack_of(const Cam& cam) {
  float magnitude = 0;
  for (int i = threadIdx.x; i < cam.h * cam.w; i += blockDim.x) {
    const float v = fabsf(cam.map[i]);
    magnitude = v <= 1e37f ? fmaxf(magnitude, v) : INFINITY;
  }
  const bool small = cam.h <= kCells && cam.w <= kCells;
  magnitude = block_largest(magnitude);
  return small ? magnitude * 0x1p-18f + 1e-37f : INFINITY;
}

__device__ void find_edges(const Cam& cam, Cells& cells) {
  for (int e = threadIdx.x; e < 2 * cam.w; e += blockDim.x) {
    cells.column[e] = edge(e, cam.w, cam.width);
  }
  for (int e = threadIdx.x; e < 2 * cam.h; e += blockDim.x) {
    cells.row[e] = edge(e, cam.h, cam.height);
  }
  if (threadIdx.x == 0) {
    cells.open_count = 0;
  }
  __syncthreads();
}

struct Range {
  float least = INFINITY;
  float largest = -INFINITY;

  __device__ __forceinline__ void add(float v) {
    least = fminf(least, v);
    largest = fmaxf(largest, v);
  }
};

__device__ Range corners(const Cam& cam, const Cells& cells, int cell) {
  const int r = cell / cam.w;
  const int c = cell - r * cam.w;
  Range range;
  if (cells.row[2 * r].lower >= 0 && cells.column[2 * c].lower >= 0) {
#pragma unroll 1
    for (int k = 0; k < 4; k++) {
      range.add(cam.at(cells.row[2 * r + k / 2], cells.column[2 * c + k % 2]));
    }
  }
  return range;
}

__device__ __forceinline__ bool is_constant(const Cam& cam, int cell) {
  const int r = cell / cam.w;
  const int c = cell - r * cam.w;
  const float* upper = cam.map + r * cam.w;
  const float* lower = cam.map + min(r + 1, cam.h - 1) * cam.w;
  const int right = min(c + 1, cam.w - 1);
  return upper[c] == upper[right] && upper[c] == lower[c] && upper[c] == lower[right];
}

__device__ void add_samples(const Cam& cam, int x0, int x1, int y0, int y1, Range& range) {
  const int columns = x1 - x0;
  for (int s = threadIdx.x; s < columns * (y1 - y0); s += blockDim.x) {
    const int y = s / columns;
    range.add(cam.at(cam.row(y0 + y), cam.column(x0 + s - y * columns)));
  }
}

// The least and largest value of the map at the size of the image.
__device__ Range extremes_of(const Cam& cam, Cells& cells, float slack) {
  Range range;
  if (isinf(slack)) {
    add_samples(cam, 0, cam.width, 0, cam.height, range);
  } else {
    const int count = cam.h * cam.w;
    for (int cell = threadIdx.x; cell < count; cell += blockDim.x) {
      const Range own = corners(cam, cells, cell);
      range.least = fminf(range.least, own.least);
      range.largest = fmaxf(range.largest, own.largest);
    }
    const float least = block_least(range.least);
    const float largest = block_largest(range.largest);
    for (int cell = threadIdx.x; cell < count; cell += blockDim.x) {
      const Range own = corners(cam, cells, cell);
      if ((own.least - slack <= least || own.largest + slack >= largest) &&
          !is_constant(cam, cell)) {
        cells.open[atomicAdd(&cells.open_count, 1)] = static_cast<uint16_t>(cell);
      }
    }
    __syncthreads();
    for (int i = 0; i < cells.open_count; i++) {
      const int r = cells.open[i] / cam.w;
      const int c = cells.open[i] - r * cam.w;
      add_samples(cam, first_at(c, cam.w, cam.width), first_at(c + 1, cam.w, cam.width),
                  first_at(r, cam.h, cam.height), first_at(r + 1, cam.h, cam.height), range);
    }
  }
  range.least = block_least(range.least);
  range.largest = block_largest(range.largest);
  return range;
}

// Whether any sample of row i (Across) or column i is set.
template <bool Across>
__device__ bool line_is_set(const Cam& cam, const Cells& cells, const Level& level, float slack,
                            int i) {
  const Between line = Across ? cam.row(i) : cam.column(i);
  if (!isinf(slack)) {
    float largest = -INFINITY;
    const int edges = Across ? 2 * cam.w : 2 * cam.h;
    for (int e = 0; e < edges; e++) {
      const Between other = Across ? cells.column[e] : cells.row[e];
      if (other.lower >= 0) {
        const float v = Across ? cam.at(line, other) : cam.at(other, line);
        if (level.holds(v)) {
          return true;
        }
        largest = fmaxf(largest, v);
      }
    }
    if (largest + slack < level.near) {
      return false;
    }
  }
  const int count = Across ? cam.width : cam.height;
  for (int j = 0; j < count; j++) {
    const float v = Across ? cam.at(line, cam.column(j)) : cam.at(cam.row(j), line);
    if (level.holds(v)) {
      return true;
    }
  }
  return false;
}

// Extends the box of the attention mask B1 by the rows and columns that this thread examines.
__device__ void cover_attention(const Cam& cam, const Cells& cells, const Level& level, float slack,
                                Extent& extent) {
  for (int y = threadIdx.x; y < cam.height; y += blockDim.x) {
    if (line_is_set<true>(cam, cells, level, slack, y)) {
      extent.cover_rows(y, y);
    }
  }
  for (int x = threadIdx.x; x < cam.width; x += blockDim.x) {
    if (line_is_set<false>(cam, cells, level, slack, x)) {
      extent.cover_columns(x, x);
    }
  }
}
