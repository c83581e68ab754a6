// Sums over one dimension of an array (outer, rows, channels), and the reverse: broadcasting.
//
// Layout    x (outer, rows, channels), row-major, F32, BF16 or, for the sums of an earlier launch,
//           F64; y (outer, splits, channels) of the type that `target` names: 0 F32, 1 BF16, 2 F64.
// Launch    _rows: grid (splits, slabs, min(outer, 65535)) of columns.cuh, any block size; _scalar
//           and f64 entries take any channel count and alignment, the others need channels
//           divisible by the elements of 16 bytes and x at multiples of 16. Several splits are
//           summed by a second launch over their F64 sums.
//           _innermost: channels = 1; a group of `width` lanes per output, a power of two up to 32,
//           grid-stride over outputs, any block size.
//           _stretch: y is row-major with extents (..., e1, e2, e3), x advances by its four strides
//           and by 0 where it is broadcast; grid-stride over runs of 16 bytes or elements, any
//           block size. _scalar entries take any strides and `target`; in the others y has the
//           type of x, e3 and the strides of x, if it is not broadcast along e3, are multiples of
//           the elements of 16 bytes, its last stride is 0 or 1, addresses are multiples of 16.
// Numbers   sums in F64, times a factor, rounded once; in an order that depends on the launch only.
// Moves     x once, y once; the F64 sums of splits are 1/4 of x where each thread has two rows, a
//           small part of a large x.
// Floor     those bytes over the bandwidth of the memory.
#include "columns.cuh"
#include "index.cuh"
#include "softmax.cuh"

namespace {

constexpr int kInFlight = 2;

__device__ __forceinline__ void store_as(int target, void* y, int64_t i, double value) {
  double v[1] = {value};
  switch (target) {
    case 0: store_run<1>(static_cast<float*>(y), i, v); break;
    case 1: store_run<1>(static_cast<bf16*>(y), i, v); break;
    default: static_cast<double*>(y)[i] = value; break;
  }
}

template <typename T, int V>
__device__ __forceinline__ void sum_rows(const T* x, void* y, int target, int64_t outer,
                                         int64_t rows, int64_t channels, int columns,
                                         double factor) {
  Place at(channels, columns, V);
  for (int64_t o = blockIdx.z; o < outer; o += gridDim.z) {
    Sums<double, V> sums;
    if (at.inside) {
      const T* from = x + o * rows * channels + at.channel;
      for (int64_t row = at.row; row < rows; row += kInFlight * at.step) {
        Run<T, V> runs[kInFlight];
#pragma unroll
        for (int u = 0; u < kInFlight; u++) {
          if (row + u * at.step < rows) {
            runs[u] = load_run<V>(from, (row + u * at.step) * channels);
          }
        }
#pragma unroll
        for (int u = 0; u < kInFlight; u++) {
          if (row + u * at.step < rows) {
#pragma unroll
            for (int k = 0; k < V; k++) {
              sums.v[k] += runs[u][k];
            }
          }
        }
      }
    }
    reduce_rows(sums, columns);
    if (at.first && at.inside) {
      int64_t to = (o * gridDim.x + blockIdx.x) * channels + at.channel;
#pragma unroll
      for (int k = 0; k < V; k++) {
        store_as(target, y, to + k, sums.v[k] * factor);
      }
    }
  }
}

template <typename T>
__device__ __forceinline__ void sum_innermost(const T* x, void* y, int target, int64_t outer,
                                              int64_t rows, int width, double factor) {
  Group group = {static_cast<int>(threadIdx.x) & (width - 1), width};
  for_rows(outer, width, [=](int64_t o, bool own) {
    double sum = 0;
    for (int64_t r = group.lane; r < rows; r += width) {
      sum += load(x, o * rows + r);
    }
    sum = group.sum(sum);
    if (own && group.lane == 0) {
      store_as(target, y, o, sum * factor);
    }
  });
}

template <typename T, int V>
__device__ __forceinline__ void stretch(const T* x, Strides strides, void* y, int target, int64_t n,
                                        int64_t e1, int64_t e2, int64_t e3) {
  for (int64_t i = thread_index() * V; i < n; i += thread_count() * V) {
    Index at(i, e1, e2, e3);
    if constexpr (V == 1) {
      store_as(target, y, i, load(x, at.in(strides)));
    } else {
      float v[V];
      load_values<V>(v, x, at, strides);
      store_run<V>(static_cast<T*>(y), i, v);
    }
  }
}

}  // namespace

#define SUM_TO_ROWS(name, T, V)                                                                    \
  extern "C" __global__ void __launch_bounds__(1024, 1)                                            \
      sum_to_rows_##name(const T* x, void* y, int target, int64_t outer, int64_t rows,             \
                         int64_t channels, int columns, double factor) {                           \
    sum_rows<T, V>(x, y, target, outer, rows, channels, columns, factor);                          \
  }

#define SUM_TO_INNERMOST(name, T)                                                                  \
  extern "C" __global__ void __launch_bounds__(1024, 1) sum_to_innermost_##name(                   \
      const T* x, void* y, int target, int64_t outer, int64_t rows, int width, double factor) {    \
    sum_innermost(x, y, target, outer, rows, width, factor);                                       \
  }

#define SUM_TO_STRETCH(name, T, V)                                                                 \
  extern "C" __global__ void __launch_bounds__(1024, 1)                                            \
      sum_to_stretch_##name(const T* x, int64_t s0, int64_t s1, int64_t s2, int64_t s3, void* y,   \
                            int target, int64_t n, int64_t e1, int64_t e2, int64_t e3) {           \
    stretch<T, V>(x, Strides{s0, s1, s2, s3}, y, target, n, e1, e2, e3);                           \
  }

SUM_TO_ROWS(f32, float, 4)
SUM_TO_ROWS(f32_scalar, float, 1)
SUM_TO_ROWS(bf16, bf16, 8)
SUM_TO_ROWS(bf16_scalar, bf16, 1)
SUM_TO_ROWS(f64_scalar, double, 1)
SUM_TO_INNERMOST(f32, float)
SUM_TO_INNERMOST(bf16, bf16)
SUM_TO_INNERMOST(f64, double)
SUM_TO_STRETCH(f32, float, 4)
SUM_TO_STRETCH(f32_scalar, float, 1)
SUM_TO_STRETCH(bf16, bf16, 8)
SUM_TO_STRETCH(bf16_scalar, bf16, 1)
SUM_TO_STRETCH(f64_scalar, double, 1)
