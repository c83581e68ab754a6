// Probabilities from logits or their logarithms, and the gradients.
//
// Layout    x, y, upstream and dx (rows, classes), row-major, F32 or BF16.
// Launch    a group of `width` lanes per row, a power of two up to 32; grid-stride over rows, any
//           block size.
// Numbers   F64 inside, rounded once. NaN in a row makes its whole result NaN.
// Moves     forward 2 tensors (x is read three times, from the first-level cache twice), backward
//           3.
// Floor     those bytes over the bandwidth of the memory.
#include "softmax.cuh"

namespace {

template <bool kLog, typename T>
__device__ __forceinline__ void forward(const T* x, T* y, int64_t rows, int classes, int width) {
  Group group = {static_cast<int>(threadIdx.x) & (width - 1), width};
  for_rows(rows, width, [=](int64_t row, bool own) {
    LogSum sum(x, row, classes, group);
    for (int k = group.lane; own && k < classes; k += width) {
      int64_t i = row * classes + k;
      double log_p = sum.log_probability(load(x, i));
      double result[1] = {kLog ? log_p : exp(log_p)};
      store_run<1>(y, i, result);
    }
  });
}

// dx = y (u - sum_j u_j y_j).
template <typename T>
__device__ __forceinline__ void backward(const T* y, const T* upstream, T* dx, int64_t rows,
                                         int classes, int width) {
  Group group = {static_cast<int>(threadIdx.x) & (width - 1), width};
  for_rows(rows, width, [=](int64_t row, bool own) {
    double mean = 0;
    for (int k = group.lane; k < classes; k += width) {
      int64_t i = row * classes + k;
      mean += static_cast<double>(load(y, i)) * load(upstream, i);
    }
    mean = group.sum(mean);
    for (int k = group.lane; own && k < classes; k += width) {
      int64_t i = row * classes + k;
      double d[1] = {load(y, i) * (load(upstream, i) - mean)};
      store_run<1>(dx, i, d);
    }
  });
}

// dx = u - softmax(x) sum_j u_j.
template <typename T>
__device__ __forceinline__ void backward_of_log(const T* x, const T* upstream, T* dx, int64_t rows,
                                                int classes, int width) {
  Group group = {static_cast<int>(threadIdx.x) & (width - 1), width};
  for_rows(rows, width, [=](int64_t row, bool own) {
    LogSum sum(x, row, classes, group);
    double total = 0;
    for (int k = group.lane; k < classes; k += width) {
      total += load(upstream, row * classes + k);
    }
    total = group.sum(total);
    for (int k = group.lane; own && k < classes; k += width) {
      int64_t i = row * classes + k;
      double d[1] = {load(upstream, i) - exp(sum.log_probability(load(x, i))) * total};
      store_run<1>(dx, i, d);
    }
  });
}

}  // namespace

#define SOFTMAX(name, T)                                                                           \
  extern "C" __global__ void __launch_bounds__(1024, 1)                                            \
      softmax_##name(const T* x, T* y, int64_t rows, int classes, int width) {                     \
    forward<false>(x, y, rows, classes, width);                                                    \
  }                                                                                                \
                                                                                                   \
  extern "C" __global__ void __launch_bounds__(1024, 1) softmax_backward_##name(                   \
      const T* y, const T* upstream, T* dx, int64_t rows, int classes, int width) {                \
    backward(y, upstream, dx, rows, classes, width);                                               \
  }                                                                                                \
                                                                                                   \
  extern "C" __global__ void __launch_bounds__(1024, 1)                                            \
      log_softmax_##name(const T* x, T* y, int64_t rows, int classes, int width) {                 \
    forward<true>(x, y, rows, classes, width);                                                     \
  }                                                                                                \
                                                                                                   \
  extern "C" __global__ void __launch_bounds__(1024, 1) log_softmax_backward_##name(               \
      const T* x, const T* upstream, T* dx, int64_t rows, int classes, int width) {                \
    backward_of_log(x, upstream, dx, rows, classes, width);                                        \
  }

SOFTMAX(f32, float)
SOFTMAX(bf16, bf16)
