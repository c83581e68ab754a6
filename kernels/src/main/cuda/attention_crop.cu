// From features, class and image to the box of the attention mask and the crop in it, resized, with
// no heat map or mask in memory (paper, III-B and III-C): the composition of ArgMax, CamWeighting,
// ResizeBilinear, MinMaxNormalise, Threshold, GaussianMap, MaskCombine, BoundingBox and CropResize,
// bit for bit.
//
// Layout    image (N, H, W, C), features (N, h, w, k), weight F32 (K, k), classes I32 (N) or logits
//           F32 (N, K), one of them null; crop (N, oh, ow, C), box I32 (N, 4); map F32 (N, h, w),
//           scratch; state u64 (1 + 4 N), zero when attention_crop starts.
// Launch    any block size that is a multiple of 32 up to 768, which leaves the registers that the
//           box needs. attention_crop, and attention_crop_both for the intersection of the masks:
//           any number of blocks, best as many as run at once; attention_crop does with 64
//           registers, so that four blocks of 256 share an SM. attention_crop_simple: a block per
//           image, grid-stride over N; it is easier to read.
// Assumes   sides of at most 32767; rows of the output below 2^31 elements; lambda such that the peak
//           of the density is a finite F32. Images of 1 or 3 channels with aligned parts are read 16
//           bytes at a time. A class outside of [0, K) is not followed: its map is NaN and sets
//           nothing, and the box is that of the Gaussian or the whole image.
// Moves     features and image read once; the box of the image a second time, soon after, so from
//           the L2 cache; crop written once. The fill of the state before it writes 32 N bytes.
// Floor     features + image + crop over the bandwidth of the memory: 1.7 MB an image of 3 x 256 x
//           256 in F32 with features 512 x 8 x 8, 16 us for 32 on an H100, 130 us for 256.
//
// One block per image would leave most SMs idle at 32 images; all of the boxes first and then all of
// the crops would read the images twice at 256. So attention_crop deals out tasks by a ticket
// counter: first the boxes of all attention maps, which take longest and need no image; then parts
// of the search for the brightest pixel and, `ahead` images later, strips of crops. Whoever finishes the last search of an image joins the results and
// publishes the box; where the masks are intersected it looks at the attention map then, within the
// box of the Gaussian. A strip waits for its box; it cannot wait for ever, because all that the box
// needs has lower tickets, is held by running blocks, and never waits. All that blocks hand to each
// other are single words changed by atomics: a maximum of (brightness, place), and packed boxes. The
// order in which they come does not show in the result.
#include "cam.cuh"
#include "region.cuh"

// Modes, as bits: the union of both masks has both.
constexpr int kAttention = 1;
constexpr int kGaussian = 2;
constexpr int kIntersection = 7;

// Pixels of one search task.
constexpr int kSearch = 4096;

template <typename T, typename F>
struct Problem {
  const T* image;
  const F* features;
  const float* weight;
  const int32_t* classes;
  const float* logits;
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
  const bool fours = in_fours(p.features, p.feature_channels) &&
                     in_fours(p.weight, p.feature_channels);
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

template <typename P>
__device__ Gaussian gaussian_at(const P& p, Brightness brightest) {
  const int centre = pixel_of(brightest);
  const int y0 = centre / p.width;
  return {centre - y0 * p.width, y0, p.height, p.width, p.lambda, p.peak};
}

template <typename P>
__device__ Extent gaussian_extent(const P& p, Brightness brightest) {
  const Gaussian gaussian = gaussian_at(p, brightest);
  Extent extent;
  cover_gaussian(gaussian, gaussian.level(p.gaussian_bound), extent);
  return block_extent(extent);
}

// The box of image n: of what is set, or all of it. Written by one thread, returned to all.
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
__device__ Extent intersection(const P& p, int64_t n, Brightness brightest, Cells& cells) {
  const Extent within = gaussian_extent(p, brightest);
  Extent both;
  if (!within.empty()) {
    write_map(p, n);
    float slack;
    const Level attention = attention_level(p, n, cells, slack);
    const Gaussian gaussian = gaussian_at(p, brightest);
    cover_intersection(p.cam_of(n), attention, gaussian, gaussian.level(p.gaussian_bound), within,
                       both);
  }
  return block_extent(both);
}

// All of an image by one block.
template <typename P>
__device__ void crop_simply(const P& p) {
  __shared__ Cells cells;
  for (int64_t n = blockIdx.x; n < p.samples; n += gridDim.x) {
    Brightness brightest_pixel = 0;
    if ((p.mode & kGaussian) != 0) {
      brightest_pixel =
          block_brightest(brightest(p.image_of(n), p.channels, 0, p.height * p.width));
    }
    Extent extent;
    if (p.mode == kIntersection) {
      extent = intersection(p, n, brightest_pixel, cells);
    } else {
      if ((p.mode & kGaussian) != 0) {
        extent = gaussian_extent(p, brightest_pixel);
      }
      if ((p.mode & kAttention) != 0) {
        extent.cover(attention_extent(p, n, cells));
      }
    }
    const Box box = finish(p, n, extent);
    resize_rows(p.image_of(n), p.width, p.channels, box, p.crop_of(n), p.crop_height, p.crop_width,
                0, p.crop_height);
    __syncthreads();
  }
}

using Word = unsigned long long;

// Words of the state per image, after the ticket counter.
constexpr int kBrightest = 0;
constexpr int kExtent = 1;
constexpr int kArrived = 2;
constexpr int kBox = 3;
constexpr int kWords = 4;

// Four corners of 15 bits under a bit that says that they are there, and one for none.
constexpr Word kThere = 1ull << 63;
constexpr Word kEmpty = 1ull << 62;

__device__ __forceinline__ Word pack(int x0, int y0, int x1, int y1) {
  return kThere | static_cast<Word>(x0) | static_cast<Word>(y0) << 15 |
         static_cast<Word>(x1) << 30 | static_cast<Word>(y1) << 45;
}

__device__ __forceinline__ Box unpack(Word word) {
  return {static_cast<int>(word & 0x7fff), static_cast<int>(word >> 15 & 0x7fff),
          static_cast<int>(word >> 30 & 0x7fff), static_cast<int>(word >> 45 & 0x7fff)};
}

// Part of a task that is the box of an attention map.
constexpr int kAttentionPart = -1;

// Which task a ticket stands for: the attention maps of all images, if there are any; searches of
// the first `ahead` images; then the strips of an image and the searches of the one that is `ahead`
// of it, in turns; then the strips of the last ones.
struct Task {
  int image = -1;
  int part = 0;
  bool search = false;
};

struct Schedule {
  int samples;
  int ahead;
  int attention;  // of each image, 0 or 1
  int searches;
  int strips;

  __device__ __forceinline__ Task task(uint32_t ticket) const {
    Task task;
    const uint32_t maps = samples * attention;
    if (ticket < maps) {
      return {static_cast<int>(ticket), kAttentionPart, true};
    }
    ticket -= maps;
    const uint32_t head = ahead * searches;
    const uint32_t turn = searches + strips;
    const uint32_t middle = (samples - ahead) * turn;
    if (ticket < head) {
      task.search = true;
      task.image = ticket / searches;
      task.part = ticket % searches;
    } else if (ticket - head < middle) {
      const uint32_t at = ticket - head;
      task.image = at / turn;
      task.part = at % turn;
      if (task.part >= strips) {
        task.search = true;
        task.image += ahead;
        task.part -= strips;
      }
    } else if (ticket - head - middle < static_cast<uint32_t>(ahead) * strips) {
      const uint32_t at = ticket - head - middle;
      task.image = samples - ahead + at / strips;
      task.part = at % strips;
    }
    return task;
  }
};

// Does a search and hands over what it found; the last one of an image makes the box of it all. With
// Both, of the intersection, there are searches for the brightest pixel only.
template <bool Both, typename P>
__device__ void search(const P& p, const Schedule& schedule, const Task& task, Word* words,
                       Cells& cells) {
  __shared__ Word shared[3];
  const int64_t n = task.image;
  if (!Both && task.part == kAttentionPart) {
    const Extent e = attention_extent(p, n, cells);
    if (threadIdx.x == 0) {
      atomicExch(words + kExtent, e.empty() ? kThere | kEmpty : pack(e.x0, e.y0, e.x1, e.y1));
    }
  } else {
    const uint32_t from = task.part * kSearch;
    const uint32_t to = min(from + kSearch, static_cast<uint32_t>(p.height * p.width));
    const Brightness key = block_brightest(brightest(p.image_of(n), p.channels, from, to));
    if (threadIdx.x == 0) {
      atomicMax(words + kBrightest, key);
    }
  }
  if (threadIdx.x == 0) {
    __threadfence();
    shared[0] = atomicAdd(words + kArrived, 1ull);
    __threadfence();
    shared[1] = atomicMax(words + kBrightest, 0ull);
    shared[2] = atomicOr(words + kExtent, 0ull);
  }
  __syncthreads();
  if (shared[0] == schedule.attention + schedule.searches - 1) {
    Extent extent;
    if (Both) {
      extent = intersection(p, n, shared[1], cells);
    } else if ((p.mode & kGaussian) != 0) {
      extent = gaussian_extent(p, shared[1]);
    }
    if (schedule.attention != 0 && (shared[2] & kEmpty) == 0) {
      const Box b = unpack(shared[2]);
      extent.cover({b.x0, b.y0, b.x1, b.y1});
    }
    const Box box = finish(p, n, extent);
    if (threadIdx.x == 0) {
      atomicExch(words + kBox, pack(box.x0, box.y0, box.x1, box.y1));
    }
  }
}

template <typename P>
__device__ void crop_strip(const P& p, const Task& task, Word* words) {
  __shared__ Word published;
  if (threadIdx.x == 0) {
    Word word = atomicOr(words + kBox, 0ull);
    while ((word & kThere) == 0) {
      __nanosleep(200);
      word = atomicOr(words + kBox, 0ull);
    }
    published = word;
  }
  __syncthreads();
  const int64_t n = task.image;
  const int from = task.part * kStrip;
  resize_rows(p.image_of(n), p.width, p.channels, unpack(published), p.crop_of(n), p.crop_height,
              p.crop_width, from, min(from + kStrip, p.crop_height));
}

template <bool Both, typename P>
__device__ void crop_by_tasks(const P& p, Word* state, int ahead) {
  __shared__ Cells cells;
  __shared__ uint32_t ticket;
  Schedule schedule = {p.samples, ahead, !Both && (p.mode & kAttention) != 0 ? 1 : 0, 0,
                       (p.crop_height + kStrip - 1) / kStrip};
  if ((p.mode & kGaussian) != 0) {
    schedule.searches = (p.height * p.width + kSearch - 1) / kSearch;
  }
  for (;;) {
    __syncthreads();
    if (threadIdx.x == 0) {
      ticket = static_cast<uint32_t>(atomicAdd(state, 1ull));
    }
    __syncthreads();
    const Task task = schedule.task(ticket);
    if (task.image < 0) {
      return;
    }
    Word* words = state + 1 + static_cast<int64_t>(kWords) * task.image;
    if (task.search) {
      search<Both>(p, schedule, task, words, cells);
    } else {
      crop_strip(p, task, words);
    }
  }
}

#define PARAMETERS(T, F)                                                                         \
  const T *image, const F *features, const float *weight, const int32_t *classes,                \
      const float *logits, T *crop, int32_t *box, float *map, int samples, int channels,         \
      int height, int width, int class_count, int feature_channels, int h, int w,                \
      int crop_height, int crop_width, int mode, double attention_bound, double gaussian_bound,  \
      double lambda, double peak

#define PROBLEM(T, F)                                                                            \
  Problem<T, F> {                                                                                \
    image, features, weight, classes, logits, crop, box, map, samples, channels, height, width,  \
        class_count, feature_channels, h, w, crop_height, crop_width, mode, attention_bound,     \
        gaussian_bound, lambda, peak                                                             \
  }

#define ATTENTION_CROP(T, F, suffix)                                                             \
  extern "C" __global__ void __launch_bounds__(1024)                                             \
      attention_crop_##suffix(PARAMETERS(T, F), Word* state, int ahead) {                        \
    crop_by_tasks<false>(PROBLEM(T, F), state, ahead);                                           \
  }                                                                                              \
  extern "C" __global__ void __launch_bounds__(768)                                              \
      attention_crop_both_##suffix(PARAMETERS(T, F), Word* state, int ahead) {                   \
    crop_by_tasks<true>(PROBLEM(T, F), state, ahead);                                            \
  }                                                                                              \
  extern "C" __global__ void __launch_bounds__(768)                                              \
      attention_crop_simple_##suffix(PARAMETERS(T, F)) {                                         \
    crop_simply(PROBLEM(T, F));                                                                  \
  }

ATTENTION_CROP(float, float, f32)
ATTENTION_CROP(bf16, bf16, bf16)
ATTENTION_CROP(float, bf16, f32_of_bf16)
