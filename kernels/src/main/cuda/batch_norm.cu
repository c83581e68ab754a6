// Batch normalisation (Ioffe and Szegedy 2015), fused with the residual addition and the ReLU that
// follow it in a residual block: training forward and backward, and inference.
//
// Layout    images as (pixels, channels), pixels = N H W, channels innermost; parameters,
//           statistics and sums (channels) in F32.
// Launch    partial sums and elementwise passes: grid (splits, slabs) of columns.cuh, blocks of up
//           to 512 threads: at up to 80 registers 768 threads fit an SM, each with 32 to 96 bytes
//           in flight, which is more than is needed to hide the latency of the memory. _scalar
//           entries take any channel count and alignment, the others need channels divisible by the
//           elements of 16 bytes and images and partial sums at multiples of 16. Finishing: one
//           block per 8 channels, any block size.
// Assumes   pixels > 1 in training.
// Order     Forward is moments, moments_finish, normalise; backward is sums, sums_finish, apply.
//           The finish is a separate kernel rather than the work of the last block to arrive: a
//           counter of arrivals would need a launch that zeroes it, since scratch memory is
//           recycled, and a single last block would take longer than the channels / 8 blocks that
//           finish here, by about the cost of a launch in a graph. No atomics; the same launch
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
// Floor     those bytes over the bandwidth of the memory. The elementwise passes go from the last
//           row to the first, so that they begin with the rows that the previous pass left in L2.
#include "batch_norm_backward.cuh"
#include "batch_norm_forward.cuh"

// Mean and biased variance from the partial results of `moments`; the running statistics take the
// unbiased variance. rows_per_tile is the number of row lanes of a block of `moments`.
extern "C" __global__ void __launch_bounds__(1024, 1)
    batch_norm_moments_finish(const float* partial, float* mean, float* variance,
                              float* running_mean, float* running_variance, int64_t pixels,
                              int64_t channels, int splits, int rows_per_tile, double momentum) {
  const Place at = finishing_place(channels);
  double origin = at.inside ? partial[at.channel] : 0;
  MomentsTerm term = {partial,           at.channel, channels,
                      splits * channels, origin,     Splits(pixels, splits, rows_per_tile)};
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

// dgamma and dbeta from the partial results of `sums`.
extern "C" __global__ void __launch_bounds__(1024, 1)
    batch_norm_sums_finish(const float* partial, const float* variance, float* dgamma, float* dbeta,
                           int64_t channels, int splits, double eps) {
  const Place at = finishing_place(channels);
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
      const T* x, const T* residual, const float* mean, const float* variance, const float* gamma, \
      const float* beta, T* y, int64_t pixels, int64_t channels, int columns, float eps,           \
      int relu) {                                                                                  \
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
      apply<T, V, Mask::kByY>(x, dy, y, mean, variance, gamma, beta, dgamma, dbeta, dx, dresidual, \
                              pixels, channels, columns, eps);                                     \
    } else if (beta != nullptr) {                                                                  \
      apply<T, V, Mask::kByX>(x, dy, y, mean, variance, gamma, beta, dgamma, dbeta, dx, dresidual, \
                              pixels, channels, columns, eps);                                     \
    } else {                                                                                       \
      apply<T, V, Mask::kNone>(x, dy, y, mean, variance, gamma, beta, dgamma, dbeta, dx,           \
                               dresidual, pixels, channels, columns, eps);                         \
    }                                                                                              \
  }

BATCH_NORM(f32, float, 4)
BATCH_NORM(f32_scalar, float, 1)
BATCH_NORM(bf16, bf16, 8)
BATCH_NORM(bf16_scalar, bf16, 1)
