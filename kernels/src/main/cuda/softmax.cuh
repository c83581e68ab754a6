// Shared by all kernels over rows of logits. F64 inside for every type, as on the CPU: the rows are
// short, and the losses subtract numbers that are nearly equal.
#pragma once

#include "double.cuh"

// A group of `width` lanes, a power of two up to 32, works on a row; lane counts within it.
struct Group {
  int lane;
  int width;

  __device__ __forceinline__ double sum(double v) const {
    for (int distance = width / 2; distance > 0; distance /= 2) {
      v += __shfl_xor_sync(0xffffffffu, v, distance);
    }
    return v;
  }

  __device__ __forceinline__ double largest(double v) const {
    for (int distance = width / 2; distance > 0; distance /= 2) {
      v = fmax(v, __shfl_xor_sync(0xffffffffu, v, distance));
    }
    return v;
  }
};

// log softmax(x)[k] = x[k] - largest - log_sum. NaN anywhere in the row makes log_sum NaN.
struct LogSum {
  double largest;
  double log_sum;

  template <typename T>
  __device__ __forceinline__ LogSum(const T* x, int64_t row, int classes, Group group) {
    double most = -__longlong_as_double(0x7ff0000000000000LL);
    for (int k = group.lane; k < classes; k += group.width) {
      most = fmax(most, static_cast<double>(load(x, row * classes + k)));
    }
    largest = group.largest(most);
    double sum = 0;
    for (int k = group.lane; k < classes; k += group.width) {
      sum += exp(load(x, row * classes + k) - largest);
    }
    log_sum = log(group.sum(sum));
  }

  __device__ __forceinline__ double log_probability(double x) const {
    return x - largest - log_sum;
  }
};

// Calls body(row) for every row; the lanes of a warp stay together, since they shuffle.
template <typename Body>
__device__ __forceinline__ void for_rows(int64_t rows, int width, const Body& body) {
  int64_t groups = thread_count() / width;
  int64_t first = (thread_index() & ~int64_t{31}) / width;
  int64_t own = thread_index() / width - first;
  for (int64_t row = first; row < rows; row += groups) {
    body(row + own < rows ? row + own : rows - 1, row + own < rows);
  }
}
