// Where the Gaussian of an image is centred: at the peak given for it, or at its brightest pixel.
#pragma once

#include "extremes.cuh"

// The peak given for image n, as a key whose brightness means nothing; 0 where none is given: there
// are no peaks, or this one is (-1, -1). Peaks are (x, y); one outside the image is moved to the
// nearest pixel of its edge.
__device__ __forceinline__ Brightness given_peak(const int32_t* peaks, int64_t n, int height,
                                                 int width) {
  if (peaks == nullptr) {
    return 0;
  }
  const int x = peaks[2 * n];
  const int y = peaks[2 * n + 1];
  if (x == -1 && y == -1) {
    return 0;
  }
  const uint32_t row = min(max(y, 0), height - 1);
  const uint32_t column = min(max(x, 0), width - 1);
  return brightness(0.0f, row * width + column);
}

// The key of the centre as far as pixels [from, to) tell: the largest over all parts of an image is
// that of its centre. `given` is the same for all threads of the block, and so is the result.
template <typename T>
__device__ Brightness block_centre(Brightness given, const T* image, int channels, uint32_t from,
                                   uint32_t to) {
  return given != 0 ? given : block_brightest(brightest(image, channels, from, to));
}
