// The bell of the Gaussian mask, in the arithmetic of the CPU: an exponential made of separately
// rounded F64 operations, which gives the same bits on every device.
#pragma once

#include "common.cuh"

// exp(x) for x <= 0, within two units in the last place; 0 below -700. Argument reduction by k ln 2
// in two parts, the first of which is exact for |k| < 2^20, and the Taylor polynomial of degree 13.
__device__ __forceinline__ double exponential(double x) {
  if (!(x > -700.0)) {
    return 0.0;
  }
  constexpr double kCoefficients[] = {1.0 / 6227020800.0,
                                      1.0 / 479001600.0,
                                      1.0 / 39916800.0,
                                      1.0 / 3628800.0,
                                      1.0 / 362880.0,
                                      1.0 / 40320.0,
                                      1.0 / 5040.0,
                                      1.0 / 720.0,
                                      1.0 / 120.0,
                                      1.0 / 24.0,
                                      1.0 / 6.0,
                                      1.0 / 2.0,
                                      1.0,
                                      1.0};
  const double k = rint(__dmul_rn(x, 1.4426950408889634));
  const double r = __dsub_rn(__dsub_rn(x, __dmul_rn(k, 0.6931471803691238)),
                             __dmul_rn(k, 1.9082149292705877e-10));
  double sum = kCoefficients[0];
#pragma unroll
  for (int i = 1; i < 14; i++) {
    sum = __dadd_rn(__dmul_rn(sum, r), kCoefficients[i]);
  }
  return __dmul_rn(sum, __longlong_as_double((static_cast<int64_t>(k) + 1023) << 52));
}

// exp(-d^2 / (2 sigma^2)) with sigma = size / sqrt(lambda).
__device__ __forceinline__ double bell(int d, int size, double lambda) {
  const double relative = __ddiv_rn(static_cast<double>(d), static_cast<double>(size));
  return exponential(__dmul_rn(__dmul_rn(__dmul_rn(-relative, relative), lambda), 0.5));
}
