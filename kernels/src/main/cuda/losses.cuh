// Shared by the losses: one thread per row of logits (rows, classes) in F32, labels (rows) in I32,
// one block for the whole batch wherever a sum over it is formed.
#pragma once

#include "columns.cuh"
#include "softmax.cuh"

__device__ __forceinline__ Group alone() { return {0, 1}; }

__device__ __forceinline__ double not_a_number() {
  return __longlong_as_double(0x7ff8000000000000LL);
}

// The sum of the values of all threads, in thread 0; its order depends only on the block size.
__device__ __forceinline__ double block_sum(double value) {
  Sums<double, 1> sum;
  sum.v[0] = value;
  reduce_rows(sum, 1);
  return sum.v[0];
}
