// Sound kernels in the shapes that real ones take: divergence, shuffles, reductions, staging through
// shared memory, local arrays, constants, calls, atomics.
#include <cstdint>

__constant__ float weights[5] = {1.0f, 4.0f, 6.0f, 4.0f, 1.0f};
__device__ int table[4] = {10, 20, 30, 40};

extern "C" __global__ void nested_branches(const int* x, int* y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) {
    return;
  }
  int v = x[i];
  int r = 0;
  if (v % 2 == 0) {
    if (v % 3 == 0) {
      for (int k = 0; k < v % 7; ++k) {
        r += k * v;
        if (r > 100) {
          break;
        }
      }
    } else {
      r = v / 3;
    }
  } else if (v > 10) {
    r = -v;
  } else {
    while (v > 0) {
      v -= 3;
      if (v == 4) {
        continue;
      }
      r += v;
    }
  }
  y[i] = r;
}

extern "C" __global__ void switch_cases(const int* x, int* y) {
  int i = threadIdx.x;
  int v = x[i];
  switch (v) {
    case 0: y[i] = v + 7; break;
    case 1: y[i] = x[i ^ 1] * 3; break;
    case 2: y[i] = v - 9; break;
    case 3: y[i] = table[v & 3]; break;
    case 4: y[i] = v * v * v; break;
    case 5: y[i] = -1; break;
    case 6: y[i] = v << 5; break;
    default: y[i] = 1000 + v;
  }
}

// Lanes beyond n leave; the rest vote to know who is there and reduce among themselves.
extern "C" __global__ void early_return(const int* x, int* y, int n) {
  int lane = threadIdx.x;
  unsigned mask = __ballot_sync(0xffffffffu, lane < n);
  if (lane >= n) {
    return;
  }
  int v = x[lane];
  for (int offset = 16; offset > 0; offset /= 2) {
    int other = __shfl_sync(mask, v, min(lane + offset, n - 1));
    if (lane + offset < n) {
      v += other;
    }
  }
  if (lane == 0) {
    y[0] = v;
  }
}

extern "C" __global__ void shuffles(const int* x, int* y, int width) {
  int lane = threadIdx.x;
  int v = x[lane];
  y[lane] = __shfl_sync(0xffffffffu, v, lane * 5 + 3, 32);
  y[32 + lane] = __shfl_up_sync(0xffffffffu, v, 3);
  y[64 + lane] = __shfl_down_sync(0xffffffffu, v, 5);
  y[96 + lane] = __shfl_xor_sync(0xffffffffu, v, 9);
  y[128 + lane] = __shfl_sync(0xffffffffu, v, 5, 8);
  y[160 + lane] = __shfl_up_sync(0xffffffffu, v, 3, 8);
  y[192 + lane] = __shfl_down_sync(0xffffffffu, v, 3, 8);
  y[224 + lane] = __shfl_xor_sync(0xffffffffu, v, 3, 8);
}

// Both sides of a branch shuffle among their own lanes, then all do.
extern "C" __global__ void halves(const int* x, int* y) {
  int lane = threadIdx.x;
  int v = x[lane];
  if (lane < 12) {
    v += __shfl_sync(0x00000fffu, v, 11 - lane);
    __syncwarp(0x00000fffu);
  } else {
    v -= __shfl_sync(0xfffff000u, v, 12);
    __syncwarp(0xfffff000u);
  }
  y[lane] = v + __shfl_xor_sync(0xffffffffu, v, 1);
}

// bar.warp.sync reached by different instructions of one warp.
extern "C" __global__ void syncwarp_on_two_paths(int* y) {
  __shared__ int values[32];
  int lane = threadIdx.x;
  values[lane] = lane * lane;
  if (lane & 1) {
    __syncwarp();
    y[lane] = values[lane - 1];
  } else {
    __syncwarp();
    y[lane] = values[lane + 1];
  }
}

extern "C" __global__ void votes(const int* x, int* y) {
  int lane = threadIdx.x;
  y[lane] = __ballot_sync(0xffffffffu, x[lane] > 3);
  y[32 + lane] = __any_sync(0xffffffffu, x[lane] > 30);
  y[64 + lane] = __all_sync(0xffffffffu, x[lane] >= 0);
  y[96 + lane] = __match_any_sync(0xffffffffu, x[lane] % 3);
  int same;
  y[128 + lane] = __match_all_sync(0xffffffffu, x[lane] / 1000, &same);
  y[160 + lane] = same;
}

extern "C" __global__ void block_votes(const int* x, int* y) {
  int t = threadIdx.x;
  int count = __syncthreads_count(x[t] > 3);
  int all = __syncthreads_and(x[t] >= 0);
  int any = __syncthreads_or(x[t] > 1000000);
  y[t] = count * 4 + (all != 0) * 2 + (any != 0);
}

extern "C" __global__ void block_sum(const double* x, double* y, int n) {
  __shared__ double warps[32];
  double sum = 0;
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    sum += x[i];
  }
  for (int offset = 16; offset > 0; offset /= 2) {
    sum += __shfl_xor_sync(0xffffffffu, sum, offset);
  }
  int warp = threadIdx.x / 32;
  int lane = threadIdx.x % 32;
  if (lane == 0) {
    warps[warp] = sum;
  }
  __syncthreads();
  if (warp == 0) {
    sum = lane < blockDim.x / 32 ? warps[lane] : 0;
    for (int offset = 16; offset > 0; offset /= 2) {
      sum += __shfl_xor_sync(0xffffffffu, sum, offset);
    }
    if (lane == 0) {
      y[blockIdx.x] = sum;
    }
  }
}

// Threads that have nothing to do leave before the barrier, which counts living ones only.
extern "C" __global__ void exit_before_barrier(int* y, int n) {
  __shared__ int values[128];
  if (threadIdx.x >= n) {
    return;
  }
  values[threadIdx.x] = threadIdx.x;
  __syncthreads();
  y[threadIdx.x] = values[n - 1 - threadIdx.x];
}

template <int PITCH>
__device__ void transpose(const float* x, float* y, int n) {
  __shared__ float tile[32 * PITCH];
  int i = blockIdx.x * 32 + threadIdx.x;
  for (int j = threadIdx.y; j < 32; j += blockDim.y) {
    tile[j * PITCH + threadIdx.x] = x[(blockIdx.y * 32 + j) * n + i];
  }
  __syncthreads();
  i = blockIdx.y * 32 + threadIdx.x;
  for (int j = threadIdx.y; j < 32; j += blockDim.y) {
    y[(blockIdx.x * 32 + j) * n + i] = tile[threadIdx.x * PITCH + j];
  }
}

extern "C" __global__ void transpose_conflicts(const float* x, float* y, int n) {
  transpose<32>(x, y, n);
}

extern "C" __global__ void transpose_padded(const float* x, float* y, int n) {
  transpose<33>(x, y, n);
}

extern "C" __global__ void strided_copy(const float* x, float* y, int stride, int shift) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  y[i] = x[i * stride + shift];
}

extern "C" __global__ void vector_copy(const float4* x, float4* y) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  y[i] = x[i];
}

extern "C" __global__ void histogram(const int* x, int* y, int n, int bins) {
  extern __shared__ int counts[];
  for (int i = threadIdx.x; i < bins; i += blockDim.x) {
    counts[i] = 0;
  }
  __syncthreads();
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    atomicAdd(&counts[x[i] % bins], 1);
  }
  __syncthreads();
  for (int i = threadIdx.x; i < bins; i += blockDim.x) {
    atomicAdd(&y[i], counts[i]);
  }
}

extern "C" __global__ void atomics(int* s, unsigned* u, unsigned long long* l, float* f) {
  int t = threadIdx.x;
  atomicMax(&s[0], t);
  atomicMin(&s[1], -t);
  atomicOr(&s[2], 1 << (t % 32));
  atomicAnd(&s[3], ~(1 << (t % 7)));
  atomicXor(&s[4], t);
  atomicInc(&u[0], 9);
  atomicDec(&u[1], 9);
  atomicMax(&u[2], static_cast<unsigned>(t) * 0x80000001u);
  atomicAdd(&l[0], 0x100000001ull);
  atomicMax(&l[1], static_cast<unsigned long long>(t) << 33);
  atomicAdd(&f[0], 0.5f);
  atomicExch(&s[5], 77);
  unsigned long long old = atomicAdd(&l[2], 0ull);
  unsigned long long seen;
  do {
    seen = old;
    old = atomicCAS(&l[2], seen, seen + t);
  } while (old != seen);
}

extern "C" __global__ void constants_and_locals(const float* x, float* y, int n, int rotate) {
  int i = threadIdx.x;
  float window[5];
  for (int k = 0; k < 5; ++k) {
    window[(k + rotate) % 5] = x[min(max(i + k - 2, 0), n - 1)];
  }
  float sum = 0;
  for (int k = 0; k < 5; ++k) {
    sum += weights[k] * window[(k + rotate) % 5];
  }
  y[i] = sum / 16 + table[i & 3];
}

__device__ __noinline__ double polynomial(double x, int degree) {
  double sum = 0;
  for (int k = degree; k >= 0; --k) {
    sum = sum * x + k;
  }
  return sum;
}

extern "C" __global__ void calls(const double* x, double* y) {
  int i = threadIdx.x;
  double v = x[i];
  if (i % 3 != 0) {
    v = polynomial(v, i % 5);
  }
  y[i] = v + polynomial(v, 2);
}

// Large arguments take the slow path of the argument's reduction: a function with a local array.
extern "C" __global__ void mathematics(const double* x, double* y, float* z) {
  int i = threadIdx.x;
  y[i] = sin(x[i]) + exp(-fabs(x[i]) * 1e-6) + log(fabs(x[i]) + 1) + sqrt(fabs(x[i]));
  float v = static_cast<float>(x[i]);
  z[4 * i] = sinf(v);
  z[4 * i + 1] = expf(-fabsf(v) * 1e-6f);
  z[4 * i + 2] = logf(fabsf(v) + 1);
  z[4 * i + 3] = powf(fabsf(v), 0.3f) + tanhf(v * 0.1f);
}

extern "C" __global__ void wide_integers(const int64_t* x, int64_t* y, int n) {
  int i = threadIdx.x;
  if (i < n) {
    int64_t a = x[i];
    int64_t b = x[(i + 1) % n];
    y[8 * i] = a / b;
    y[8 * i + 1] = a % b;
    y[8 * i + 2] = static_cast<uint64_t>(a) / static_cast<uint64_t>(b);
    y[8 * i + 3] = __mul64hi(a, b);
    y[8 * i + 4] = __umul64hi(a, b);
    y[8 * i + 5] = static_cast<int64_t>((static_cast<__int128>(a) * b) >> 37);
    y[8 * i + 6] = a < b ? __popcll(a) : __clzll(b);
    y[8 * i + 7] = (a >> (b & 63)) ^ (b << (a & 63));
  }
}

// Many steps of arithmetic for each byte: for the emulator's own speed.
extern "C" __global__ void busy(const float* x, float* y, int n, int steps) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    float v = x[i];
    for (int k = 0; k < steps; ++k) {
      v = v * 0.999f + (k & 3) * 0.001f;
    }
    y[i] = v;
  }
}
