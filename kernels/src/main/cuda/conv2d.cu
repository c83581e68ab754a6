// The part of a convolution or fully connected layer that the library does not compute: the bias
// and its gradient.
//
// Layout    y is (rows, columns) with the columns innermost: a channels-last image by pixel and
//           channel, or a matrix. bias and its gradient are F32 of length columns.
// Launch    conv2d_bias_*: grid-stride over rows * columns, any block size.
//           conv2d_bias_gradient_*: one block per 32 columns, a multiple of 32 threads up to 1024.
// Assumes   nothing about alignment or the number of columns.
// Moves     conv2d_bias_*: y read and written once. conv2d_bias_gradient_*: y read once.
// Floor     those bytes over the bandwidth of the memory. The gradient has one block per 32
//           columns, so few columns leave most of the GPU idle: the network has no convolution with
//           a bias, and its fully connected layers have few rows.
//
// The gradient is summed in one fixed order: each warp takes every n-th row of n warps, then the
// results of the warps are added in turn.
#include "common.cuh"

template <typename T>
__device__ void add_bias(T* y, const float* bias, int64_t n, int columns) {
  for (int64_t i = thread_index(); i < n; i += thread_count()) {
    store(y, i, load(y, i) + bias[i % columns]);
  }
}

template <typename T>
__device__ void sum_columns(const T* y, float* sums, int64_t rows, int columns) {
  __shared__ float partial[32][32];
  int lane = threadIdx.x % 32;
  int warp = threadIdx.x / 32;
  int warps = blockDim.x / 32;
  int column = blockIdx.x * 32 + lane;
  float sum = 0;
  if (column < columns) {
    for (int64_t row = warp; row < rows; row += warps) {
      sum += load(y, row * columns + column);
    }
  }
  partial[warp][lane] = sum;
  __syncthreads();
  if (warp == 0 && column < columns) {
    for (int other = 1; other < warps; other++) {
      sum += partial[other][lane];
    }
    sums[column] = sum;
  }
}

#define CONV2D(suffix, T)                                                                          \
  extern "C" __global__ void conv2d_bias_##suffix(T* y, const float* bias, int64_t n,              \
                                                  int columns) {                                   \
    add_bias(y, bias, n, columns);                                                                 \
  }                                                                                                \
  extern "C" __global__ void conv2d_bias_gradient_##suffix(const T* y, float* sums, int64_t rows,  \
                                                           int columns) {                          \
    sum_columns(y, sums, rows, columns);                                                           \
  }

CONV2D(f32, float)
CONV2D(bf16, bf16)
