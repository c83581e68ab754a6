// The forward passes of batch_norm.cu: statistics of the batch, and normalisation.
#pragma once

#include "batch_norm.cuh"

// Rows that a thread loads before it uses the first.
constexpr int kInFlight = 4;

// Count, mean and sum of squared deviations of V channels.
template <int V>
struct Moments {
  using Number = float;
  static constexpr int kSize = 2 * V + 1;
  float v[kSize];

  __device__ __forceinline__ Moments() {
#pragma unroll
    for (int i = 0; i < kSize; i++) {
      v[i] = 0;
    }
  }

  template <typename R>
  __device__ __forceinline__ void add(const R& x) {
    v[2 * V] += 1;
    float weight = __frcp_rn(v[2 * V]);
#pragma unroll
    for (int k = 0; k < V; k++) {
      float value = x[k];
      float before = value - v[k];
      v[k] = fmaf(before, weight, v[k]);
      v[V + k] = fmaf(before, value - v[k], v[V + k]);
    }
  }

  __device__ __forceinline__ void merge(const Moments& other) {
    float count = v[2 * V] + other.v[2 * V];
    float share = count > 0 ? other.v[2 * V] / count : 0;
    float weight = v[2 * V] * share;
#pragma unroll
    for (int k = 0; k < V; k++) {
      float difference = other.v[k] - v[k];
      v[k] = fmaf(difference, share, v[k]);
      v[V + k] += other.v[V + k] + difference * difference * weight;
    }
    v[2 * V] = count;
  }
};

template <typename T, int V>
__device__ __forceinline__ void moments(const T* x, float* partial, int64_t pixels,
                                        int64_t channels, int columns) {
  Place at(channels, columns, V);
  Moments<V> sums;
  if (at.inside) {
    for (int64_t row = at.row; row < pixels; row += kInFlight * at.step) {
      Run<T, V> runs[kInFlight];
#pragma unroll
      for (int u = 0; u < kInFlight; u++) {
        int64_t r = row + u * at.step;
        if (r < pixels) {
          runs[u] = load_run<V>(x, r * channels + at.channel);
        }
      }
#pragma unroll
      for (int u = 0; u < kInFlight; u++) {
        if (row + u * at.step < pixels) {
          sums.add(runs[u]);
        }
      }
    }
  }
  reduce_rows(sums, columns);
  store_partial<V>(partial, sums.v, at, channels);
}

template <typename T, int V, bool Residual>
__device__ __forceinline__ void normalise(const T* x, const T* residual, const float* mean,
                                          const float* variance, const float* gamma,
                                          const float* beta, T* y, int64_t pixels, int64_t channels,
                                          int columns, float eps, float floor) {
  Place at(channels, columns, V);
  if (!at.inside) {
    return;
  }
  Channels<V> c(mean, variance, gamma, at.channel, eps);
  float shift[V];
  load_channels<V>(shift, beta, at.channel);
  constexpr int kRows = Residual ? 2 : kInFlight;
  for (int64_t row = at.row; row < pixels; row += kRows * at.step) {
    Run<T, V> in[kRows];
    Run<T, V> added[kRows];
#pragma unroll
    for (int u = 0; u < kRows; u++) {
      int64_t r = row + u * at.step;
      if (r < pixels) {
        int64_t i = (pixels - 1 - r) * channels + at.channel;
        in[u] = load_run<V>(x, i);
        if (Residual) {
          added[u] = load_run<V>(residual, i);
        }
      }
    }
#pragma unroll
    for (int u = 0; u < kRows; u++) {
      int64_t r = row + u * at.step;
      if (r < pixels) {
        float out[V];
#pragma unroll
        for (int k = 0; k < V; k++) {
          float value = normalised(in[u][k], c.mean[k], c.scale[k], shift[k]);
          value = Residual ? value + added[u][k] : value;
          out[k] = value <= floor ? floor : value;
        }
        store_run<V>(y, (pixels - 1 - r) * channels + at.channel, out);
      }
    }
  }
}

struct MomentsTerm {
  const float* partial;
  int64_t channel;
  int64_t channels;
  int64_t second;
  double origin;
  Splits rows;

  __device__ __forceinline__ void add(Sums<double, 2>& s, int split) const {
    int64_t i = split * channels + channel;
    double d = partial[i] - origin;
    double count = rows.rows(split);
    s.v[0] += count * d;
    s.v[1] += partial[second + i] + count * d * d;
  }
};

__device__ __forceinline__ void blend(float* running, int64_t channel, double batch,
                                      double momentum) {
  double before = running[channel];
  running[channel] = static_cast<float>(before + momentum * (batch - before));
}
