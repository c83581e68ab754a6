// Bilinear resizing of whole images, forward and backward: crop_resize.cu with the image as the
// box.
//
// Layout    x (N, H, W, C), y (N, h, w, C). The gradient has the layout of x.
// Launch    forward: a block per strip of 16 rows of the output, grid-stride over N * ceil(h / 16)
//           strips, up to 768 threads, which leaves the registers for three columns in flight;
//           backward: a thread per element of x, grid-stride, any block size.
// Assumes   rows of the output, w * C elements, of less than 2^31 elements.
// Moves     forward: x read once (two rows more per strip), y written once. Backward: dy read (from
//           the caches after the first time), dx written once.
// Floor     those bytes over the bandwidth of the memory.
#include "bilinear.cuh"

#define RESIZE_BILINEAR(T, suffix)                                                                 \
  extern "C" __global__ void __launch_bounds__(768)                                                \
      resize_bilinear_##suffix(const T* x, T* y, int samples, int channels, int in_height,         \
                               int in_width, int height, int width) {                              \
    resize_batch(x, nullptr, y, samples, channels, in_height, in_width, height, width);            \
  }                                                                                                \
  extern "C" __global__ void __launch_bounds__(1024)                                               \
      resize_bilinear_backward_##suffix(const T* dy, T* dx, int samples, int channels,             \
                                        int in_height, int in_width, int height, int width) {      \
    resize_backward(dy, nullptr, dx, samples, channels, in_height, in_width, height, width);       \
  }

RESIZE_BILINEAR(float, f32)
RESIZE_BILINEAR(bf16, bf16)
