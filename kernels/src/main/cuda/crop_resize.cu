// Bilinear resizing of a box of each image to one size, forward and backward.
//
// Layout    image (N, H, W, C), boxes I32 (N, 4) = x_min, y_min, x_max, y_max, inclusive;
//           y (N, h, w, C). The gradient has the layout of the image.
// Launch    forward: a block per strip of 16 rows of the output, grid-stride over N * ceil(h / 16)
//           strips, up to 768 threads, which leaves the registers for three columns in flight;
//           backward: a thread per element of the image, grid-stride, any block size.
// Assumes   rows of the output, w * C elements, of less than 2^31 elements. A box that does not lie
//           in its image gives NaN, in the output or the gradient, for the whole of that image.
// Moves     forward: the boxes of the image read once (two rows more per strip), y written once.
//           Backward: dy read (from the caches after the first time), dx written once.
// Floor     those bytes over the bandwidth of the memory.
//
// Threads process single elements, not vectors: neighbours in the output are neighbours in the
// source up to the scale factor, so a warp reads and writes whole sectors, as the memory requires,
// while with vectors of the output its reads would be four elements apart. Each thread processes
// three columns from top to bottom with the next source row in flight.
#include "bilinear.cuh"

#define CROP_RESIZE(T, suffix)                                                                     \
  extern "C" __global__ void __launch_bounds__(768)                                                \
      crop_resize_##suffix(const T* image, const int32_t* boxes, T* y, int samples, int channels,  \
                           int in_height, int in_width, int height, int width) {                   \
    resize_batch(image, boxes, y, samples, channels, in_height, in_width, height, width);          \
  }                                                                                                \
  extern "C" __global__ void __launch_bounds__(1024) crop_resize_backward_##suffix(                \
      const T* dy, const int32_t* boxes, T* dx, int samples, int channels, int in_height,          \
      int in_width, int height, int width) {                                                       \
    resize_backward(dy, boxes, dx, samples, channels, in_height, in_width, height, width);         \
  }

CROP_RESIZE(float, f32)
CROP_RESIZE(bf16, bf16)
