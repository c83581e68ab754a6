// Kernels with one planted fault each; the emulator's tests prove that it finds them. Where a fault
// hangs on an argument, the same kernel without it must pass.
#include <cstdint>

extern "C" __global__ void off_by_one(const float* x, float* y, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i <= n) {
    y[i] = 2 * x[i];
  }
}

extern "C" __global__ void shared_bounds(float* y, int n) {
  __shared__ float first[64];
  __shared__ float second[64];
  first[threadIdx.x] = 1;
  second[threadIdx.x] = 2;
  __syncthreads();
  y[threadIdx.x] = first[(threadIdx.x + n) % 128] + second[threadIdx.x];
}

extern "C" __global__ void dynamic_bounds(float* y, int n) {
  extern __shared__ float buffer[];
  buffer[threadIdx.x + n] = 1;
  __syncthreads();
  y[threadIdx.x] = buffer[threadIdx.x + n];
}

extern "C" __global__ void local_bounds(const int* at, int* y) {
  int values[8];
  for (int i = 0; i < 8; ++i) {
    values[i] = at[i] * 3;
  }
  y[threadIdx.x] = values[at[threadIdx.x]];
}

extern "C" __global__ void missing_barrier(float* y, int barrier) {
  __shared__ float values[256];
  values[threadIdx.x] = 0;
  __syncthreads();
  values[threadIdx.x] = threadIdx.x;
  if (barrier) {
    __syncthreads();
  }
  y[threadIdx.x] = values[blockDim.x - 1 - threadIdx.x];
}

extern "C" __global__ void missing_syncwarp(float* y, int barrier) {
  __shared__ float values[32];
  values[threadIdx.x] = threadIdx.x;
  if (barrier) {
    __syncwarp();
  }
  y[threadIdx.x] = values[31 - threadIdx.x];
}

// Only half of the lanes meet, but each reads what a lane of the other half wrote.
extern "C" __global__ void partial_syncwarp(float* y, int across) {
  __shared__ float values[32];
  int lane = threadIdx.x;
  values[lane] = lane;
  unsigned half = lane < 16 ? 0x0000ffffu : 0xffff0000u;
  __syncwarp(half);
  y[lane] = values[lane ^ across];
}

// A second pass overwrites the buffer that others still read.
extern "C" __global__ void write_after_read(float* y, int barrier) {
  __shared__ float values[128];
  float sum = 0;
  for (int pass = 0; pass < 2; ++pass) {
    values[threadIdx.x] = pass + threadIdx.x;
    __syncthreads();
    sum += values[(threadIdx.x + 64) % 128];
    if (barrier) {
      __syncthreads();
    }
  }
  y[threadIdx.x] = sum;
}

extern "C" __global__ void same_address(int* y) {
  __shared__ int flag;
  if (threadIdx.x < 2) {
    flag = threadIdx.x;
  }
  __syncthreads();
  y[threadIdx.x] = flag;
}

extern "C" __global__ void global_race_in_block(float* y, int barrier) {
  y[threadIdx.x] = threadIdx.x;
  if (barrier) {
    __syncthreads();
  }
  float value = y[(threadIdx.x + 1) % blockDim.x];
  __syncthreads();
  y[threadIdx.x] = value;
}

extern "C" __global__ void race_between_blocks(float* y, int shift) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  y[i] = 1;
  __syncthreads();
  if (blockIdx.x > 0 && threadIdx.x == 0) {
    y[i - shift] += 1;
  }
}

// Every block reads the first element, which the last one writes.
extern "C" __global__ void write_after_blocks_read(float* y, float* copies) {
  float first = y[0];
  copies[blockIdx.x] = first;
  if (blockIdx.x == gridDim.x - 1 && threadIdx.x == 0) {
    y[0] = first + 1;
  }
}

extern "C" __global__ void atomic_and_plain(int* y, int atomic) {
  if (blockIdx.x == 0 || atomic) {
    atomicAdd(y, 1);
  } else {
    y[0] = 1;
  }
}

extern "C" __global__ void misaligned_vector(const float* x, float4* y, int shift) {
  y[threadIdx.x] = reinterpret_cast<const float4*>(x + shift)[threadIdx.x];
}

extern "C" __global__ void divergent_barrier(float* y, int limit) {
  if (threadIdx.x < limit) {
    y[threadIdx.x] = 1;
    __syncthreads();
    y[threadIdx.x] += 1;
  } else {
    y[threadIdx.x] = 3;
    __syncthreads();
    y[threadIdx.x] += 2;
  }
}

extern "C" __global__ void inactive_shuffle(int* y, int limit) {
  int lane = threadIdx.x;
  if (lane < limit) {
    unsigned active = __activemask();
    y[lane] = __shfl_sync(active, lane, (lane + 1) % 32);
  }
}

extern "C" __global__ void shuffle_waits_for_ever(int* y, int limit) {
  int lane = threadIdx.x;
  if (lane < limit) {
    y[lane] = __shfl_down_sync(0xffffffffu, lane, 1);
  } else {
    __syncthreads();
  }
}

extern "C" __global__ void not_in_its_mask(int* y, unsigned mask) {
  y[threadIdx.x] = __ballot_sync(mask, threadIdx.x & 1);
}

extern "C" __global__ void endless(volatile int* y) {
  while (y[0] == 0) {
  }
}

extern "C" __global__ void uninitialised_local(const int* at, int* y, int n) {
  int values[16];
  for (int i = 0; i < n; ++i) {
    values[at[i]] = i;
  }
  y[threadIdx.x] = values[at[threadIdx.x] & 15];
}

extern "C" __global__ void uninitialised_shared(float* y, int n) {
  __shared__ float values[64];
  if (threadIdx.x < n) {
    values[threadIdx.x] = 1;
  }
  __syncthreads();
  y[threadIdx.x] = values[threadIdx.x];
}

__device__ unsigned int arrived;

// The last block to finish adds up what all have written; fence = 0 leaves out what hands it over.
extern "C" __global__ void last_block(const float* x, float* partial, float* y, int n, int fence) {
  __shared__ bool last;
  if (threadIdx.x == 0) {
    float sum = 0;
    for (int i = blockIdx.x; i < n; i += gridDim.x) {
      sum += x[i];
    }
    partial[blockIdx.x] = sum;
    if (fence == 1) {
      __threadfence();
    }
    last = atomicAdd(&arrived, 1) == gridDim.x - 1;
    if (fence == 2) {
      partial[blockIdx.x] = sum;
    }
  }
  __syncthreads();
  if (last && threadIdx.x < 32) {
    float sum = 0;
    for (int i = threadIdx.x; i < gridDim.x; i += 32) {
      sum += partial[i];
    }
    for (int offset = 16; offset > 0; offset /= 2) {
      sum += __shfl_down_sync(0xffffffffu, sum, offset);
    }
    if (threadIdx.x == 0) {
      y[0] = sum;
      arrived = 0;
    }
  }
}

__device__ unsigned int finished;

// Every thread writes, and the last block adds up; mode says where the fence is.
extern "C" __global__ void hand_over(int* partial, int* y, int mode) {
  __shared__ bool last;
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (mode == 2) {
    __threadfence();
  }
  partial[i] = i;
  if (mode == 0) {
    __threadfence();
  }
  if (mode != 3) {
    __syncthreads();
  }
  if (threadIdx.x == 0) {
    if (mode == 1 || mode == 3) {
      __threadfence();
    }
    last = atomicAdd(&finished, 1) == gridDim.x - 1;
  }
  __syncthreads();
  if (last) {
    int sum = 0;
    for (int b = 0; b < gridDim.x; ++b) {
      sum += partial[b * blockDim.x + threadIdx.x];
    }
    y[threadIdx.x] = sum;
  }
}

// Each thread hands over for itself.
extern "C" __global__ void hand_over_by_thread(int* partial, int* y) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  partial[i] = i;
  __threadfence();
  if (atomicAdd(&finished, 1) == gridDim.x * blockDim.x - 1) {
    int sum = 0;
    for (int k = 0; k < gridDim.x * blockDim.x; ++k) {
      sum += partial[k];
    }
    y[0] = sum;
  }
}

// x is promised to be written by nobody, but y may be the same memory.
extern "C" __global__ void read_only(const int* __restrict__ x, int* __restrict__ y) {
  y[threadIdx.x] = 1;
  __syncthreads();
  y[threadIdx.x + blockDim.x] = x[threadIdx.x];
}

extern "C" __global__ void last_writer(int* y) {
  if (threadIdx.x == 0) {
    atomicExch(y, blockIdx.x);
  }
}
