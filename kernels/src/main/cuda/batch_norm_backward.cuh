// The backward passes of batch_norm.cu: sums over the batch, and the gradient of the images.
#pragma once

#include "batch_norm.cuh"

// How the upstream gradient is masked.
enum class Mask { kNone, kByY, kByX };

template <Mask M, typename R>
__device__ __forceinline__ float masked(const R& dy, const R& y, int k, float value) {
  float seen = M == Mask::kByY ? y[k] : value;
  return M != Mask::kNone && seen <= 0 ? 0 : dy[k];
}

// Per channel the sums of the masked dy and of dy (x - mean).
template <typename T, int V, Mask M>
__device__ __forceinline__ void sums(const T* x, const T* dy, const T* y, const float* mean,
                                     const float* variance, const float* gamma, const float* beta,
                                     float* partial, int64_t pixels, int64_t channels, int columns,
                                     float eps) {
  Place at(channels, columns, V);
  Sums<float, 2 * V> s;
  if (at.inside) {
    constexpr int kRows = 2;
    float centre[V];
    float scale[V];
    float shift[V];
    if (M == Mask::kByX) {
      Channels<V> c(mean, variance, gamma, at.channel, eps);
      load_channels<V>(shift, beta, at.channel);
#pragma unroll
      for (int k = 0; k < V; k++) {
        centre[k] = c.mean[k];
        scale[k] = c.scale[k];
      }
    } else {
      load_channels<V>(centre, mean, at.channel);
    }
    for (int64_t row = at.row; row < pixels; row += kRows * at.step) {
      Run<T, V> in[kRows];
      Run<T, V> up[kRows];
      Run<T, V> out[kRows];
#pragma unroll
      for (int u = 0; u < kRows; u++) {
        int64_t r = row + u * at.step;
        if (r < pixels) {
          int64_t i = r * channels + at.channel;
          in[u] = load_run<V>(x, i);
          up[u] = load_run<V>(dy, i);
          if (M == Mask::kByY) {
            out[u] = load_run<V>(y, i);
          }
        }
      }
#pragma unroll
      for (int u = 0; u < kRows; u++) {
        if (row + u * at.step < pixels) {
#pragma unroll
          for (int k = 0; k < V; k++) {
            float value = M == Mask::kByX ? normalised(in[u][k], centre[k], scale[k], shift[k]) : 0;
            float g = masked<M>(up[u], out[u], k, value);
            s.v[k] += g;
            s.v[V + k] = fmaf(g, in[u][k] - centre[k], s.v[V + k]);
          }
        }
      }
    }
  }
  reduce_rows(s, columns);
  store_partial<V>(partial, s.v, at, channels);
}

// dx = a dy + b + c (x - mean), with a = gamma / deviation, b = -a dbeta / pixels and
// c = -a dgamma / (pixels deviation).
template <typename T, int V, Mask M>
__device__ __forceinline__ void apply(const T* x, const T* dy, const T* y, const float* mean,
                                      const float* variance, const float* gamma, const float* beta,
                                      const float* dgamma, const float* dbeta, T* dx, T* dresidual,
                                      int64_t pixels, int64_t channels, int columns, float eps) {
  Place at(channels, columns, V);
  if (!at.inside) {
    return;
  }
  float centre[V];
  float a[V];
  float b[V];
  float c[V];
  float shift[V];
  if (M == Mask::kByX) {
    load_channels<V>(shift, beta, at.channel);
  }
#pragma unroll
  for (int k = 0; k < V; k++) {
    int64_t channel = at.channel + k;
    float scale = 1.0f / sqrtf(variance[channel] + eps);
    centre[k] = mean[channel];
    a[k] = gamma[channel] * scale;
    b[k] = -a[k] * (dbeta[channel] / static_cast<float>(pixels));
    c[k] = -a[k] * scale * (dgamma[channel] / static_cast<float>(pixels));
  }
  for (int64_t row = at.row; row < pixels; row += at.step) {
    int64_t i = (pixels - 1 - row) * channels + at.channel;
    Run<T, V> in = load_run<V>(x, i);
    Run<T, V> up = load_run<V>(dy, i);
    Run<T, V> out;
    if (M == Mask::kByY) {
      out = load_run<V>(y, i);
    }
    float result[V];
    float through[V];
#pragma unroll
    for (int k = 0; k < V; k++) {
      float value = M == Mask::kByX ? normalised(in[k], centre[k], a[k], shift[k]) : 0;
      through[k] = masked<M>(up, out, k, value);
      result[k] = fmaf(a[k], through[k], fmaf(c[k], in[k] - centre[k], b[k]));
    }
    store_run<V>(dx, i, result);
    if (M == Mask::kByY && dresidual != nullptr) {
      store_run<V>(dresidual, i, through);
    }
  }
}

struct SumsTerm {
  const float* partial;
  int64_t channel;
  int64_t channels;
  int64_t second;

  __device__ __forceinline__ void add(Sums<double, 2>& s, int split) const {
    int64_t i = split * channels + channel;
    s.v[0] += partial[i];
    s.v[1] += partial[second + i];
  }
};
