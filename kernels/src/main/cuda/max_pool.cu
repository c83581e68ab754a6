// The maximum over square windows and its gradient.
//
// Layout    x and dx (n, height, width, channels), y, winners and upstream (n, out_height,
//           out_width, channels), channels innermost; F32 or BF16, winners U8: row times kernel
//           plus column of the window.
// Launch    grid-stride over runs of 16 bytes of channels, any block size. _scalar entries take any
//           channel count and alignment; in the others the channels are a multiple of the elements
//           of 16 bytes and addresses multiples of 16, of the winners of as many bytes as a run has
//           elements.
// Assumes   every window has a pixel of the image; padding is at most half the kernel.
// Numbers   padding never wins; at a tie the first position in row-major order does. NaN wins over
//           every number, the first one over later ones. The gradient is gathered: each pixel
//           looks at the windows that hold it, in row-major order, and adds what it won; no
//           atomics, the same launch gives the same bits.
// Moves     forward x, y and winners; backward upstream, winners and dx: each once as far as the
//           caches hold the rows that windows share (kernel / stride as often by requests, each
//           way).
// Floor     those bytes over the bandwidth of the memory.
#include "index.cuh"

namespace {

struct Pool {
  int height, width, out_height, out_width;
  int channels, kernel, stride, padding;
};

// V bytes.
template <int V>
struct Bytes;

template <>
struct Bytes<1> {
  uint8_t value;
  __device__ __forceinline__ int operator[](int) const { return value; }
};

template <>
struct Bytes<4> {
  Packed<1> packed;
  __device__ __forceinline__ int operator[](int i) const {
    return static_cast<int>(packed.word[0] >> (8 * i) & 0xffu);
  }
};

template <>
struct Bytes<8> {
  Packed<2> packed;
  __device__ __forceinline__ int operator[](int i) const {
    return static_cast<int>(packed.word[i / 4] >> (8 * (i % 4)) & 0xffu);
  }
};

template <int V>
__device__ __forceinline__ Bytes<V> load_bytes(const uint8_t* p) {
  if constexpr (V == 1) {
    return {*p};
  } else {
    return {load_words<V / 4>(p)};
  }
}

template <int V>
__device__ __forceinline__ void store_bytes(uint8_t* p, const int (&v)[V]) {
  if constexpr (V == 1) {
    *p = static_cast<uint8_t>(v[0]);
  } else {
    Packed<V / 4> packed;
#pragma unroll
    for (int w = 0; w < V / 4; w++) {
      packed.word[w] = static_cast<uint32_t>(v[4 * w] | v[4 * w + 1] << 8 | v[4 * w + 2] << 16 |
                                             v[4 * w + 3] << 24);
    }
    store_words<V / 4>(p, packed);
  }
}

// A run of channels of a pixel, of images of the given height and width.
struct Pixel {
  int64_t image;
  int row, column, channel;

  __device__ __forceinline__ Pixel(int64_t run, int groups, int lanes, int height, int width) {
    Division d = divide(run, groups);
    channel = static_cast<int>(d.remainder) * lanes;
    d = divide(d.quotient, width);
    column = static_cast<int>(d.remainder);
    d = divide(d.quotient, height);
    row = static_cast<int>(d.remainder);
    image = d.quotient;
  }
};

__device__ __forceinline__ int64_t position(int64_t image, int row, int column, int height,
                                            int width, int channels) {
  return ((image * height + row) * width + column) * channels;
}

template <typename T, int V>
__device__ __forceinline__ void forward(const T* x, T* y, uint8_t* winners, int64_t images,
                                        const Pool& pool) {
  int groups = pool.channels / V;
  int64_t runs = images * pool.out_height * pool.out_width * groups;
  for (int64_t i = thread_index(); i < runs; i += thread_count()) {
    Pixel at(i, groups, V, pool.out_height, pool.out_width);
    int top = at.row * pool.stride - pool.padding;
    int left = at.column * pool.stride - pool.padding;
    float best[V];
    int winner[V];
#pragma unroll
    for (int k = 0; k < V; k++) {
      best[k] = -__int_as_float(0x7f800000);
      winner[k] = max(0, -top) * pool.kernel + max(0, -left);
    }
    for (int h = max(0, top); h < min(pool.height, top + pool.kernel); h++) {
      for (int w = max(0, left); w < min(pool.width, left + pool.kernel); w++) {
        int64_t from = position(at.image, h, w, pool.height, pool.width, pool.channels);
        Run<T, V> values = load_run<V>(x, from + at.channel);
        int code = (h - top) * pool.kernel + w - left;
#pragma unroll
        for (int k = 0; k < V; k++) {
          float value = values[k];
          bool wins = !(value <= best[k]) && best[k] == best[k];
          best[k] = wins ? value : best[k];
          winner[k] = wins ? code : winner[k];
        }
      }
    }
    store_run<V>(y, i * V, best);
    store_bytes<V>(winners + i * V, winner);
  }
}

// length / stride; a division would take longer than everything else, so the usual stride 2 is a
// shift.
__device__ __forceinline__ int windows(int length, int stride) {
  return stride == 2 ? length >> 1 : length / stride;
}

template <typename T, int V>
__device__ __forceinline__ void backward(const uint8_t* winners, const T* upstream, T* dx,
                                         int64_t images, const Pool& pool) {
  int groups = pool.channels / V;
  int64_t runs = images * pool.height * pool.width * groups;
  for (int64_t i = thread_index(); i < runs; i += thread_count()) {
    Pixel at(i, groups, V, pool.height, pool.width);
    int row = at.row + pool.padding;
    int column = at.column + pool.padding;
    // The first window that reaches this far, and the last that begins here or before.
    int first_row = windows(max(0, row - pool.kernel + pool.stride), pool.stride);
    int first_column = windows(max(0, column - pool.kernel + pool.stride), pool.stride);
    int last_row = min(pool.out_height - 1, windows(row, pool.stride));
    int last_column = min(pool.out_width - 1, windows(column, pool.stride));
    float sum[V] = {};
    for (int h = first_row; h <= last_row; h++) {
      for (int w = first_column; w <= last_column; w++) {
        int64_t from =
            position(at.image, h, w, pool.out_height, pool.out_width, pool.channels) + at.channel;
        Bytes<V> winner = load_bytes<V>(winners + from);
        Run<T, V> u = load_run<V>(upstream, from);
        int code = (row - h * pool.stride) * pool.kernel + column - w * pool.stride;
#pragma unroll
        for (int k = 0; k < V; k++) {
          sum[k] += winner[k] == code ? u[k] : 0;
        }
      }
    }
    store_run<V>(dx, i * V, sum);
  }
}

}  // namespace

#define MAX_POOL(name, T, V)                                                                       \
  extern "C" __global__ void __launch_bounds__(1024, 1) max_pool_##name(                           \
      const T* x, T* y, uint8_t* winners, int64_t images, int height, int width, int out_height,   \
      int out_width, int channels, int kernel, int stride, int padding) {                          \
    forward<T, V>(x, y, winners, images,                                                           \
                  Pool{height, width, out_height, out_width, channels, kernel, stride, padding});  \
  }                                                                                                \
                                                                                                   \
  extern "C" __global__ void __launch_bounds__(1024, 1) max_pool_backward_##name(                  \
      const uint8_t* winners, const T* upstream, T* dx, int64_t images, int height, int width,     \
      int out_height, int out_width, int channels, int kernel, int stride, int padding) {          \
    backward<T, V>(winners, upstream, dx, images,                                                  \
                   Pool{height, width, out_height, out_width, channels, kernel, stride, padding}); \
  }

MAX_POOL(f32, float, 4)
MAX_POOL(f32_scalar, float, 1)
MAX_POOL(bf16, bf16, 8)
MAX_POOL(bf16_scalar, bf16, 1)
