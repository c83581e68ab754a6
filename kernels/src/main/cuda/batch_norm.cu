// Batch normalisation (Ioffe and Szegedy 2015) with what follows it in a residual block: training
// forward and backward, and inference.
//
// Layout    images as (pixels, channels), pixels = N H W, channels innermost; parameters,
//           statistics and sums (channels) in F32.
// Launch    partial sums and elementwise passes: grid (splits, slabs) of columns.cuh, blocks of up
//           to 512 threads: at up to 80 registers 768 threads fit an SM, each with 32 to 96 bytes
//           in flight, which is more than the latency of the memory asks for. _scalar entries take
//           any channel count and alignment, the others need channels divisible by the elements of
//           16 bytes and images and partial sums at multiples of 16. Finishing: one block per 8
//           channels, any block size.
// Assumes   pixels > 1 in training.
// Order     Forward is moments, moments_finish, normalise; backward is sums, sums_finish, apply.
//           The finish is a kernel of its own and not the work of the last block to arrive: a
//           counter of arrivals would have to be zeroed by a launch too, since scratch memory is
//           recycled, and the one last block would need longer than the channels / 8 blocks that
//           finish here, by about what a launch in a graph costs. No atomics; the same launch
//           gives the same bits.
// Numbers   moments: Welford's update in F32 per thread, merged by Chan's rule (Chan, Golub and
//           LeVeque 1979), over splits in F64: as good as two passes. NaN and infinity in a channel
//           make its statistics, and so all of its y, NaN; ReLU lets NaN through.
//           The mask of the ReLU is y > 0 (or NaN), from y, or, where nothing was added after the
//           normalisation, computed anew from x by the very operations of `normalise`, which saves
//           reading y twice.
// Moves     with I = bytes of the images, parameters and partial results aside (8 bytes a split and
//           channel, which L2 holds: 1/4 of I where each thread has two rows, 1/40 or less from
//           16 MiB on):
//           moments I; normalise 2 I (3 I with residual); sums 2 I (3 I with y); apply 3 I (4 I
//           with y), 1 I more with the residual's gradient.
// Floor     those bytes over the bandwidth of the memory. The elementwise passes walk from the last
//           row to the first, so that they begin with what the pass before left in L2.
#include "columns.cuh"

namespace {

constexpr int kInFlight = 4;
constexpr int kFinishColumns = 8;

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

// scale and shift are such that the normalised value is fma(x - mean, scale, shift).
template <int V>
struct Channels {
  float mean[V];
  float scale[V];

  __device__ __forceinline__ Channels(const float* mean_, const float* variance,
                                      const float* gamma, int64_t channel, float eps) {
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

template <typename T, int V, bool Residual>
__device__ __forceinline__ void normalise(const T* x, const T* residual, const float* mean,
                                          const float* variance, const float* gamma,
                                          const float* beta, T* y, int64_t pixels,
                                          int64_t channels, int columns, float eps, float floor) {
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
                                     float* partial, int64_t pixels, int64_t channels,
                                     int columns, float eps) {
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
            float value =
                M == Mask::kByX ? normalised(in[u][k], centre[k], scale[k], shift[k]) : 0;
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
                                      const float* variance, const float* gamma,
                                      const float* beta, const float* dgamma, const float* dbeta,
                                      T* dx, T* dresidual, int64_t pixels, int64_t channels,
                                      int columns, float eps) {
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

// Sums of two numbers per channel over the splits; every thread calls it, those with Place::first
// have the result.
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

__device__ __forceinline__ void blend(float* running, int64_t channel, double batch,
                                      double momentum) {
  double before = running[channel];
  running[channel] = static_cast<float>(before + momentum * (batch - before));
}

}  // namespace

// Mean and biased variance from what `moments` left for each split; running statistics take the
// unbiased one. rows_per_tile is the row lanes of a block of `moments`.
extern "C" __global__ void __launch_bounds__(1024, 1)
    batch_norm_moments_finish(const float* partial, float* mean, float* variance,
                              float* running_mean, float* running_variance, int64_t pixels,
                              int64_t channels, int splits, int rows_per_tile, double momentum) {
  Place at(channels, kFinishColumns, 1);
  at.channel = static_cast<int64_t>(blockIdx.x) * kFinishColumns + threadIdx.x % kFinishColumns;
  at.inside = at.channel < channels;
  double origin = at.inside ? partial[at.channel] : 0;
  MomentsTerm term = {partial, at.channel, channels, splits * channels, origin,
                      Splits(pixels, splits, rows_per_tile)};
  Sums<double, 2> s = over_splits(at, splits, term);
  if (at.first && at.inside) {
    double count = static_cast<double>(pixels);
    float centre = static_cast<float>(origin + s.v[0] / count);
    double squares = s.v[1] - s.v[0] * s.v[0] / count;
    float biased = static_cast<float>((squares < 0 ? 0 : squares) / count);
    mean[at.channel] = centre;
    variance[at.channel] = biased;
    blend(running_mean, at.channel, centre, momentum);
    blend(running_variance, at.channel, biased * count / (count - 1), momentum);
  }
}

// dgamma and dbeta from what `sums` left for each split.
extern "C" __global__ void __launch_bounds__(1024, 1)
    batch_norm_sums_finish(const float* partial, const float* variance, float* dgamma,
                           float* dbeta, int64_t channels, int splits, double eps) {
  Place at(channels, kFinishColumns, 1);
  at.channel = static_cast<int64_t>(blockIdx.x) * kFinishColumns + threadIdx.x % kFinishColumns;
  at.inside = at.channel < channels;
  SumsTerm term = {partial, at.channel, channels, splits * channels};
  Sums<double, 2> s = over_splits(at, splits, term);
  if (at.first && at.inside) {
    dbeta[at.channel] = static_cast<float>(s.v[0]);
    dgamma[at.channel] = static_cast<float>(s.v[1] / sqrt(variance[at.channel] + eps));
  }
}

#define BATCH_NORM(name, T, V)                                                                     \
  extern "C" __global__ void __maxnreg__(80) batch_norm_moments_##name(                            \
      const T* x, float* partial, int64_t pixels, int64_t channels, int columns) {                 \
    moments<T, V>(x, partial, pixels, channels, columns);                                          \
  }                                                                                                \
                                                                                                   \
  extern "C" __global__ void __maxnreg__(80) batch_norm_normalise_##name(                          \
      const T* x, const T* residual, const float* mean, const float* variance,                     \
      const float* gamma, const float* beta, T* y, int64_t pixels, int64_t channels,               \
      int columns, float eps, int relu) {                                                          \
    float floor = relu ? 0.0f : -__int_as_float(0x7f800000);                                       \
    if (residual == nullptr) {                                                                     \
      normalise<T, V, false>(x, residual, mean, variance, gamma, beta, y, pixels, channels,        \
                             columns, eps, floor);                                                 \
    } else {                                                                                       \
      normalise<T, V, true>(x, residual, mean, variance, gamma, beta, y, pixels, channels,         \
                            columns, eps, floor);                                                  \
    }                                                                                              \
  }                                                                                                \
                                                                                                   \
  extern "C" __global__ void __maxnreg__(80) batch_norm_sums_##name(                               \
      const T* x, const T* dy, const T* y, const float* mean, const float* variance,               \
      const float* gamma, const float* beta, float* partial, int64_t pixels, int64_t channels,     \
      int columns, float eps) {                                                                    \
    if (y != nullptr) {                                                                            \
      sums<T, V, Mask::kByY>(x, dy, y, mean, variance, gamma, beta, partial, pixels, channels,     \
                             columns, eps);                                                        \
    } else if (beta != nullptr) {                                                                  \
      sums<T, V, Mask::kByX>(x, dy, y, mean, variance, gamma, beta, partial, pixels, channels,     \
                             columns, eps);                                                        \
    } else {                                                                                       \
      sums<T, V, Mask::kNone>(x, dy, y, mean, variance, gamma, beta, partial, pixels, channels,    \
                              columns, eps);                                                       \
    }                                                                                              \
  }                                                                                                \
                                                                                                   \
  extern "C" __global__ void __maxnreg__(80) batch_norm_apply_##name(                              \
      const T* x, const T* dy, const T* y, const float* mean, const float* variance,               \
      const float* gamma, const float* beta, const float* dgamma, const float* dbeta, T* dx,       \
      T* dresidual, int64_t pixels, int64_t channels, int columns, float eps) {                    \
    if (y != nullptr) {                                                                            \
      apply<T, V, Mask::kByY>(x, dy, y, mean, variance, gamma, beta, dgamma, dbeta, dx,            \
                              dresidual, pixels, channels, columns, eps);                          \
    } else if (beta != nullptr) {                                                                  \
      apply<T, V, Mask::kByX>(x, dy, y, mean, variance, gamma, beta, dgamma, dbeta, dx,            \
                              dresidual, pixels, channels, columns, eps);                          \
    } else {                                                                                       \
      apply<T, V, Mask::kNone>(x, dy, y, mean, variance, gamma, beta, dgamma, dbeta, dx,           \
                               dresidual, pixels, channels, columns, eps);                         \
    }                                                                                              \
  }

BATCH_NORM(f32, float, 4)
BATCH_NORM(f32_scalar, float, 1)
BATCH_NORM(bf16, bf16, 8)
BATCH_NORM(bf16_scalar, bf16, 1)
