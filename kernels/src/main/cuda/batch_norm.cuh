// Shared by the passes of batch normalisation: the affine map of a channel, partial sums per split
// of the rows, and their final summation.
#pragma once

#include "columns.cuh"

constexpr int kFinishColumns = 8;

// Writes the two halves of 2 V numbers to partial[0][split][channel] and partial[1][...].
template <int V>
__device__ __forceinline__ void store_partial(float* partial, const float* v, const Place& at,
                                              int64_t channels) {
  if (at.first && at.inside) {
    int64_t to = blockIdx.x * channels + at.channel;
    int64_t second = gridDim.x * channels;
    float a[V];
    float b[V];
#pragma unroll
    for (int k = 0; k < V; k++) {
      a[k] = v[k];
      b[k] = v[V + k];
    }
    store_run<V>(partial, to, a);
    store_run<V>(partial, second + to, b);
  }
}

// scale and shift are such that the normalised value is fma(x - mean, scale, shift).
template <int V>
struct Channels {
  float mean[V];
  float scale[V];

  __device__ __forceinline__ Channels(const float* mean_, const float* variance, const float* gamma,
                                      int64_t channel, float eps) {
#pragma unroll
    for (int k = 0; k < V; k++) {
      mean[k] = mean_[channel + k];
      scale[k] = gamma[channel + k] * (1.0f / sqrtf(variance[channel + k] + eps));
    }
  }
};

template <int V>
__device__ __forceinline__ void load_channels(float (&v)[V], const float* p, int64_t channel) {
#pragma unroll
  for (int k = 0; k < V; k++) {
    v[k] = p[channel + k];
  }
}

// The value before a residual is added and the ReLU applied; forward and backward must agree.
__device__ __forceinline__ float normalised(float x, float mean, float scale, float shift) {
  return __fmaf_rn(__fsub_rn(x, mean), scale, shift);
}

// Sums of two numbers per channel over the splits. Every thread of the block calls it; the threads
// with Place::first get the result.
template <typename Term>
__device__ __forceinline__ Sums<double, 2> over_splits(const Place& at, int splits,
                                                       const Term& term) {
  Sums<double, 2> s;
  if (at.inside) {
#pragma unroll 4
    for (int split = static_cast<int>(threadIdx.x) / kFinishColumns; split < splits;
         split += static_cast<int>(blockDim.x) / kFinishColumns) {
      term.add(s, split);
    }
  }
  reduce_rows(s, kFinishColumns);
  return s;
}

// The place of a thread of a block that adds up the splits of kFinishColumns channels.
__device__ __forceinline__ Place finishing_place(int64_t channels) {
  Place at(channels, kFinishColumns, 1);
  at.channel = static_cast<int64_t>(blockIdx.x) * kFinishColumns + threadIdx.x % kFinishColumns;
  at.inside = at.channel < channels;
  return at;
}
