// The density of a bivariate Gaussian centred on the brightest pixel (paper, Eq. 5 and 6), or on a
// peak that is given.
//
// Layout    image (N, H, W, C), of which channel 0 is used; peaks I32 (N, 2) or null, see
//           centre.cuh; partial u64 (N, parts); map F32 (N, H, W).
// Launch    gaussian_map_brightest: (parts, N) blocks, each finds the brightest of its pixels.
//           gaussian_map: a block per strip of 32 rows, grid-stride over N * ceil(H / 32) strips.
//           Blocks of any size that is a multiple of 32; N <= 65535.
// Assumes   H and W up to 32767. Images of 1 or 3 channels whose parts are aligned are read 16
//           bytes at a time.
// Moves     the image read once (a sector holds several pixels, so all channels move), unless its
//           peak is given; the map written once.
// Floor     those bytes over the bandwidth of the memory.
//
// The density is a product of one function of the distance along each axis: W + 32 exponentials per
// strip, in F64, and one product per pixel, rounded once. Among equally bright pixels the first in
// row-major order wins, whichever block finds it (extremes.cuh).
#include "bilinear.cuh"
#include "centre.cuh"
#include "gaussian.cuh"

constexpr int kRows = 32;

template <typename T>
__device__ void find_brightest(const T* images, const int32_t* peaks, Brightness* partial,
                               int height, int width, int channels) {
  const int pixels = height * width;
  const uint32_t share = share_of(pixels, gridDim.x);
  const uint32_t from = min(share * blockIdx.x, static_cast<uint32_t>(pixels));
  const uint32_t to = min(from + share, static_cast<uint32_t>(pixels));
  const T* image = images + static_cast<int64_t>(blockIdx.y) * pixels * channels;
  const Brightness given = given_peak(peaks, blockIdx.y, height, width);
  const Brightness key = block_centre(given, image, channels, from, to);
  if (threadIdx.x == 0) {
    partial[static_cast<int64_t>(blockIdx.y) * gridDim.x + blockIdx.x] = key;
  }
}

extern "C" __global__ void __launch_bounds__(1024)
    gaussian_map_brightest_f32(const float* images, const int32_t* peaks, Brightness* partial,
                               int height, int width, int channels) {
  find_brightest(images, peaks, partial, height, width, channels);
}

extern "C" __global__ void __launch_bounds__(1024)
    gaussian_map_brightest_bf16(const bf16* images, const int32_t* peaks, Brightness* partial,
                                int height, int width, int channels) {
  find_brightest(images, peaks, partial, height, width, channels);
}

extern "C" __global__ void __launch_bounds__(1024)
    gaussian_map(const Brightness* partial, float* maps, int samples, int parts, int height,
                 int width, double lambda, double peak) {
  __shared__ double down[kRows];
  const int strips = (height + kRows - 1) / kRows;
  for (uint32_t s = blockIdx.x; s < static_cast<uint32_t>(samples) * strips; s += gridDim.x) {
    const int64_t n = s / strips;
    const int from = s % strips * kRows;
    const int count = min(kRows, height - from);
    Brightness key = 0;
    for (int p = threadIdx.x; p < parts; p += blockDim.x) {
      key = max(key, partial[n * parts + p]);
    }
    const int centre = pixel_of(block_brightest(key));
    const int y0 = centre / width;
    const int x0 = centre - y0 * width;
    for (int t = threadIdx.x; t < count; t += blockDim.x) {
      down[t] = __dmul_rn(peak, bell(from + t - y0, height, lambda));
    }
    __syncthreads();
    for (int x = threadIdx.x; x < width; x += blockDim.x) {
      const double along = bell(x - x0, width, lambda);
      float* out = maps + (n * height + from) * width + x;
      for (int t = 0; t < count; t++) {
        out[static_cast<int64_t>(t) * width] = static_cast<float>(__dmul_rn(down[t], along));
      }
    }
  }
}
