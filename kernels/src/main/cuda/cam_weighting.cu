// The class activation map: for each pixel the scalar product of its features with the weights of
// one class per sample (paper, Eq. 2); and its gradients.
//
// Layout    features (N, h, w, C), weight F32 (K, C), classes I32 (N), map and its gradient F32
//           (N, h, w). The gradients have the layout of features and weight.
// Launch    forward: a warp per pixel, grid-stride over N h w warps. Backward of the features: a
//           thread per element, grid-stride. Backward of the weight: a thread per element of the
//           weight, grid-stride over K C. Any block size that is a multiple of 32.
// Assumes   nothing about C; where it is a multiple of 4 and the rows are aligned, a load takes
//           four elements. For a class outside of [0, K) the sample's map, the gradient of its
//           features, and the whole gradient of the weight are NaN.
// Moves     forward: features read once, the weights of the classes (from the caches after the
//           first pixel), map written. Backward of the features: they are written once. Backward of
//           the weight: features read once.
// Floor     those bytes over the bandwidth of the memory; on GPUs with few F64 units, the rate of
//           F64 arithmetic.
//
// Sums are in F64 in the order of the CPU (cam.cuh), so both devices give the same bits, and equal
// features give equal values: a flat map must stay flat.
#include "cam.cuh"

__device__ __forceinline__ bool is_class(int c, int classes) { return 0 <= c && c < classes; }

template <typename F>
__device__ void forward(const F* features, const float* weight, const int32_t* classes, float* map,
                        int64_t pixels, int image, int class_count, int channels) {
  const bool fours = in_fours(features, channels) && in_fours(weight, channels);
  const int64_t warps = thread_count() / 32;
  for (int64_t p = thread_index() / 32; p < pixels; p += warps) {
    const int c = classes[p / image];
    float value = NAN;
    if (is_class(c, class_count)) {
      value = cam_pixel(features + p * channels, weight + static_cast<int64_t>(c) * channels,
                        channels, fours);
    }
    if (threadIdx.x % 32 == 0) {
      map[p] = value;
    }
  }
}

template <typename F>
__device__ void backward_features(const float* weight, const int32_t* classes, const float* dmap,
                                  F* dfeatures, int64_t pixels, int image, int class_count,
                                  int channels) {
  for (int64_t e = thread_index(); e < pixels * channels; e += thread_count()) {
    const int64_t p = e / channels;
    const int c = classes[p / image];
    float g = NAN;
    if (is_class(c, class_count)) {
      g = __fmul_rn(weight[static_cast<int64_t>(c) * channels + (e - p * channels)], dmap[p]);
    }
    store(dfeatures, e, g);
  }
}

// Per class and channel over the pixels of the class's samples in their order.
template <typename F>
__device__ void backward_weight(const F* features, const int32_t* classes, const float* dmap,
                                float* dweight, int samples, int image, int class_count,
                                int channels) {
  for (int64_t e = thread_index(); e < static_cast<int64_t>(class_count) * channels;
       e += thread_count()) {
    const int64_t of = e / channels;
    const int64_t k = e - of * channels;
    double sum = 0;
    for (int64_t n = 0; n < samples; n++) {
      const int c = classes[n];
      if (!is_class(c, class_count)) {
        sum = NAN;
      } else if (c == of) {
        for (int64_t p = n * image; p < (n + 1) * image; p++) {
          sum = fma(static_cast<double>(dmap[p]),
                    static_cast<double>(load(features, p * channels + k)), sum);
        }
      }
    }
    dweight[e] = static_cast<float>(sum);
  }
}

#define CAM_WEIGHTING(F, suffix)                                                                   \
  extern "C" __global__ void __launch_bounds__(1024) cam_weighting_##suffix(                       \
      const F* features, const float* weight, const int32_t* classes, float* map, int64_t pixels,  \
      int image, int class_count, int channels) {                                                  \
    forward(features, weight, classes, map, pixels, image, class_count, channels);                 \
  }                                                                                                \
  extern "C" __global__ void __launch_bounds__(1024) cam_weighting_backward_features_##suffix(     \
      const float* weight, const int32_t* classes, const float* dmap, F* dfeatures,                \
      int64_t pixels, int image, int class_count, int channels) {                                  \
    backward_features(weight, classes, dmap, dfeatures, pixels, image, class_count, channels);     \
  }                                                                                                \
  extern "C" __global__ void __launch_bounds__(1024) cam_weighting_backward_weight_##suffix(       \
      const F* features, const int32_t* classes, const float* dmap, float* dweight, int samples,   \
      int image, int class_count, int channels) {                                                  \
    backward_weight(features, classes, dmap, dweight, samples, image, class_count, channels);      \
  }

CAM_WEIGHTING(float, f32)
CAM_WEIGHTING(bf16, bf16)
