// Gathers a batch of images by their indices from a training set in device memory, repeating each
// pixel over the channels that the network reads.
//
// Layout    store: `images` images of `pixels` values, one after the other; y: (n, pixels,
//           channels); F32 or BF16.
// Launch    grid-stride over runs of 16 bytes of y, any block size; where y is not aligned to 16
//           bytes, element by element.
// Numbers   an image whose index is not in [0, images) becomes NaN.
// Moves     n * pixels values read (threads side by side share their sectors), n * pixels *
//           channels written.
// Floor     those bytes over the bandwidth of the memory.
#include "index.cuh"

namespace {

template <typename T>
struct Gather {
  const T* store;
  int32_t images;
  const int32_t* numbers;
  T* y;
  int64_t pixels;
  int64_t channels;

  __device__ __forceinline__ const T* image(int64_t n) const {
    int32_t number = numbers[n];
    return number >= 0 && number < images ? store + number * pixels : nullptr;
  }

  template <int V>
  __device__ __forceinline__ void run(int64_t i) const {
    Division place = divide(i, channels);
    int64_t channel = place.remainder;
    place = divide(place.quotient, pixels);
    int64_t n = place.quotient;
    int64_t pixel = place.remainder;
    const T* from = image(n);
    float v[V];
#pragma unroll
    for (int k = 0; k < V; k++) {
      if (k > 0 && ++channel == channels) {
        channel = 0;
        if (++pixel == pixels) {
          pixel = 0;
          from = image(++n);
        }
      }
      v[k] = from == nullptr ? __int_as_float(0x7fffffff) : load(from, pixel);
    }
    store_run<V>(y, i, v);
  }
};

}  // namespace

#define GATHER_IMAGES(name, T)                                                                     \
  extern "C" __global__ void __launch_bounds__(1024, 1)                                            \
      gather_images_##name(const T* store, int32_t images, const int32_t* numbers, T* y,           \
                           int64_t n, int64_t pixels, int64_t channels) {                          \
    for_runs<kLanes<T>>(n * pixels * channels, aligned(y),                                         \
                        Gather<T>{store, images, numbers, y, pixels, channels});                   \
  }

GATHER_IMAGES(f32, float)
GATHER_IMAGES(bf16, bf16)
