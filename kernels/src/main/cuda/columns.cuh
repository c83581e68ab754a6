// Reductions over the rows of a matrix (rows, channels), channels innermost in memory: the shape of
// channels-last images in every operation that works per channel.
//
// A block takes `columns` neighbouring groups of V channels, a power of two up to 32, so that a
// warp reads whole rows, or 32 times 16 bytes of one; its other threads step over rows. blockIdx.y
// counts the slabs of columns * V channels, blockIdx.x the splits of the rows: rows are assigned to
// the splits round robin, in tiles of as many rows as a block has row lanes. Partial results are
// merged in an order that depends only on the launch: by shuffles within a warp, then warp by warp.
#pragma once

#include "vector.cuh"

// The dynamic shared memory of a block. It is declared here, outside of unnamed namespaces, because
// their names would carry the path of the file into the PTX.
extern __shared__ double dynamic_shared[];

template <typename T>
__device__ __forceinline__ T* shared_memory() {
  return reinterpret_cast<T*>(dynamic_shared);
}

struct Place {
  int64_t channel;  // first of V channels
  int64_t row;      // first row of this thread
  int64_t step;     // distance to its next row
  bool inside;      // whether the channel exists
  bool first;       // whether this thread holds the result of a reduction over the block's rows

  __device__ __forceinline__ Place(int64_t channels, int columns, int lanes) {
    int shift = 31 - __clz(columns);
    int column = static_cast<int>(threadIdx.x) & (columns - 1);
    int rows = static_cast<int>(blockDim.x) >> shift;
    channel = (static_cast<int64_t>(blockIdx.y) * columns + column) * lanes;
    row = static_cast<int64_t>(blockIdx.x) * rows + (threadIdx.x >> shift);
    step = static_cast<int64_t>(gridDim.x) * rows;
    inside = channel < channels;
    first = static_cast<int>(threadIdx.x) < columns;
  }
};

// Rows of each split, for the kernel that merges the results of the splits.
struct Splits {
  int64_t tiles;    // tiles that every split has at least
  int64_t longer;   // number of splits that have one more
  int64_t last;     // split with the last tile
  int64_t missing;  // rows that the last tile lacks
  int tile;         // rows per tile

  __device__ __forceinline__ Splits(int64_t rows, int splits, int rows_per_tile) {
    int64_t count = (rows + rows_per_tile - 1) / rows_per_tile;
    tiles = count / splits;
    longer = count - tiles * splits;
    last = longer == 0 ? splits - 1 : longer - 1;
    missing = count * rows_per_tile - rows;
    tile = rows_per_tile;
  }

  __device__ __forceinline__ double rows(int split) const {
    int64_t own = (tiles + (split < longer ? 1 : 0)) * tile - (split == last ? missing : 0);
    return static_cast<double>(own);
  }
};

__device__ __forceinline__ float shuffled_down(float v, int distance) {
  return __shfl_down_sync(0xffffffffu, v, distance);
}

__device__ __forceinline__ double shuffled_down(double v, int distance) {
  return __shfl_down_sync(0xffffffffu, v, distance);
}

// Merges the states of all threads of a block that have the same column into those of the threads
// with Place::first. A State is an array `v` of State::kSize numbers of State::Number with a
// method merge(State). The dynamic shared memory holds (warps + 1) / 2 * columns * kSize numbers.
// Every thread of the block calls it; when it returns, that memory may be reused.
template <typename State>
__device__ __forceinline__ void reduce_rows(State& state, int columns) {
  auto* shared = shared_memory<typename State::Number>();
  for (int distance = 16; distance >= columns; distance /= 2) {
    State other;
#pragma unroll
    for (int i = 0; i < State::kSize; i++) {
      other.v[i] = shuffled_down(state.v[i], distance);
    }
    state.merge(other);
  }
  int warp = static_cast<int>(threadIdx.x) / 32;
  int lane = static_cast<int>(threadIdx.x) % 32;
  for (int width = static_cast<int>(blockDim.x) / 32; width > 1;) {
    int half = (width + 1) / 2;
    if (lane < columns && warp >= half && warp < width) {
#pragma unroll
      for (int i = 0; i < State::kSize; i++) {
        shared[((warp - half) * State::kSize + i) * columns + lane] = state.v[i];
      }
    }
    __syncthreads();
    if (lane < columns && warp + half < width) {
      State other;
#pragma unroll
      for (int i = 0; i < State::kSize; i++) {
        other.v[i] = shared[(warp * State::kSize + i) * columns + lane];
      }
      state.merge(other);
    }
    __syncthreads();
    width = half;
  }
}

// Count sums that are merged by addition.
template <typename T, int Count>
struct Sums {
  using Number = T;
  static constexpr int kSize = Count;
  T v[Count];

  __device__ __forceinline__ Sums() {
#pragma unroll
    for (int i = 0; i < Count; i++) {
      v[i] = 0;
    }
  }

  __device__ __forceinline__ void merge(const Sums& other) {
#pragma unroll
    for (int i = 0; i < Count; i++) {
      v[i] += other.v[i];
    }
  }
};
