// The arguments of attention_crop.cu, and the box of the attention mask of one image. All functions
// are called by every thread of a block.
#pragma once

#include "cam.cuh"
#include "centre.cuh"
#include "region.cuh"

// Modes, as bits: the union of both masks has both.
constexpr int kAttention = 1;
constexpr int kGaussian = 2;
constexpr int kIntersection = 7;

template <typename T, typename F>
struct Problem {
  const T* image;
  const F* features;
  const float* weight;
  const int32_t* classes;
  const float* logits;
  const int32_t* peaks;
  T* crop;
  int32_t* box;
  float* map;
  int samples;
  int channels;
  int height;
  int width;
  int class_count;
  int feature_channels;
  int h;
  int w;
  int crop_height;
  int crop_width;
  int mode;
  double attention_bound;
  double gaussian_bound;
  double lambda;
  double peak;

  __device__ __forceinline__ const T* image_of(int64_t n) const {
    return image + n * height * width * channels;
  }
  __device__ __forceinline__ T* crop_of(int64_t n) const {
    return crop + n * crop_height * crop_width * channels;
  }
  __device__ __forceinline__ Cam cam_of(int64_t n) const {
    return {map + n * h * w, h, w, height, width};
  }
};

template <typename P>
__device__ int class_of(const P& p, int64_t n) {
  if (p.classes != nullptr) {
    return p.classes[n];
  }
  int best = 0;
  float largest = -INFINITY;
  for (int k = 0; k < p.class_count; k++) {
    const float value = p.logits[n * p.class_count + k];
    best = value > largest ? k : best;
    largest = value > largest ? value : largest;
  }
  return best;
}

// Writes the class activation map of image n; it is read by this block only.
template <typename P>
__device__ void write_map(const P& p, int64_t n) {
  const int c = class_of(p, n);
  const auto* features = p.features + n * p.h * p.w * p.feature_channels;
  const float* weight = p.weight + static_cast<int64_t>(c) * p.feature_channels;
  const bool fours =
      in_fours(p.features, p.feature_channels) && in_fours(p.weight, p.feature_channels);
  float* map = p.map + n * p.h * p.w;
  for (int i = threadIdx.x / 32; i < p.h * p.w; i += blockDim.x / 32) {
    float value = NAN;
    if (0 <= c && c < p.class_count) {
      value = cam_pixel(features + static_cast<int64_t>(i) * p.feature_channels, weight,
                        p.feature_channels, fours);
    }
    if (threadIdx.x % 32 == 0) {
      map[i] = value;
    }
  }
  __syncthreads();
}

// The level of the attention map, after it was written.
template <typename P>
__device__ Level attention_level(const P& p, int64_t n, Cells& cells, float& slack) {
  const Cam cam = p.cam_of(n);
  slack = slack_of(cam);
  if (!isinf(slack)) {
    find_edges(cam, cells);
  }
  const Range range = extremes_of(cam, cells, slack);
  return level_of(range.least, range.largest, p.attention_bound);
}

template <typename P>
__device__ Extent attention_extent(const P& p, int64_t n, Cells& cells) {
  write_map(p, n);
  float slack;
  const Level level = attention_level(p, n, cells, slack);
  Extent extent;
  cover_attention(p.cam_of(n), cells, level, slack, extent);
  return block_extent(extent);
}

// The key of the centre of the Gaussian of image n as far as pixels [from, to) tell.
template <typename P>
__device__ Brightness centre_among(const P& p, int64_t n, uint32_t from, uint32_t to) {
  const Brightness given = given_peak(p.peaks, n, p.height, p.width);
  return block_centre(given, p.image_of(n), p.channels, from, to);
}

template <typename P>
__device__ Gaussian gaussian_at(const P& p, Brightness centre) {
  const int pixel = pixel_of(centre);
  const int y0 = pixel / p.width;
  return {pixel - y0 * p.width, y0, p.height, p.width, p.lambda, p.peak};
}

template <typename P>
__device__ Extent gaussian_extent(const P& p, Brightness centre) {
  const Gaussian gaussian = gaussian_at(p, centre);
  Extent extent;
  cover_gaussian(gaussian, gaussian.level(p.gaussian_bound), extent);
  return block_extent(extent);
}

// The box of image n: around the set pixels, or the whole image if there are none. One thread
// writes it, all threads get it.
template <typename P>
__device__ Box finish(const P& p, int64_t n, const Extent& extent) {
  Box box = {extent.x0, extent.y0, extent.x1, extent.y1};
  if (extent.empty()) {
    box = {0, 0, p.width - 1, p.height - 1};
  }
  if (threadIdx.x == 0) {
    int32_t* out = p.box + 4 * n;
    out[0] = box.x0;
    out[1] = box.y0;
    out[2] = box.x1;
    out[3] = box.y1;
  }
  return box;
}

// The box of the pixels that both masks set.
template <typename P>
__device__ Extent intersection(const P& p, int64_t n, Brightness centre, Cells& cells) {
  const Extent within = gaussian_extent(p, centre);
  Extent both;
  if (!within.empty()) {
    write_map(p, n);
    float slack;
    const Level attention = attention_level(p, n, cells, slack);
    const Gaussian gaussian = gaussian_at(p, centre);
    cover_intersection(p.cam_of(n), attention, gaussian, gaussian.level(p.gaussian_bound), within,
                       both);
  }
  return block_extent(both);
}
