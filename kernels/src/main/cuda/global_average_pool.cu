// The gradient of the mean over the pixels of an image, divided equally among the pixels. The mean
// itself is a sum over pixels times a factor: sum_to.cu.
//
// Layout    dx (images, pixels, channels), channels innermost, F32 or BF16; upstream (images,
//           channels) F32.
// Launch    grid-stride over runs of 16 bytes of channels, any block size. _scalar entries take any
//           channel count and alignment; in the others channels are a multiple of the elements of
//           16 bytes and addresses multiples of 16.
// Moves     dx once; upstream once as far as the caches hold it.
// Floor     those bytes over the bandwidth of the memory.
#include "index.cuh"

template <typename T, int V>
__device__ __forceinline__ void backward(const float* upstream, T* dx, int64_t images,
                                         int64_t pixels, int64_t channels) {
  int64_t groups = channels / V;
  float count = static_cast<float>(pixels);
  float part = 1.0f / count;
  bool exact = (pixels & (pixels - 1)) == 0;  // then the product equals the quotient, bit for bit
  for (int64_t i = thread_index(); i < images * pixels * groups; i += thread_count()) {
    Division at = divide(i, groups);
    int64_t image = divide(at.quotient, pixels).quotient;
    Run<float, V> u = load_run<V>(upstream, image * channels + at.remainder * V);
    float share[V];
    if (exact) {
#pragma unroll
      for (int k = 0; k < V; k++) {
        share[k] = u[k] * part;
      }
    } else {
#pragma unroll
      for (int k = 0; k < V; k++) {
        share[k] = u[k] / count;
      }
    }
    store_run<V>(dx, i * V, share);
  }
}

#define GLOBAL_AVERAGE_POOL(name, T, V)                                                            \
  extern "C" __global__ void __launch_bounds__(1024, 1) global_average_pool_backward_##name(       \
      const float* upstream, T* dx, int64_t images, int64_t pixels, int64_t channels) {            \
    backward<T, V>(upstream, dx, images, pixels, channels);                                        \
  }

GLOBAL_AVERAGE_POOL(f32, float, 4)
GLOBAL_AVERAGE_POOL(f32_scalar, float, 1)
GLOBAL_AVERAGE_POOL(bf16, bf16, 8)
GLOBAL_AVERAGE_POOL(bf16_scalar, bf16, 1)
