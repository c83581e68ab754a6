// From features, class and image to the box of the attention mask and the crop in it, resized, with
// no heat map or mask in memory (paper, III-B and III-C): the composition of ArgMax, CamWeighting,
// ResizeBilinear, MinMaxNormalise, Threshold, GaussianMap, MaskCombine, BoundingBox and CropResize,
// bit for bit.
//
// Layout    image (N, H, W, C), features (N, h, w, k), weight F32 (K, k), classes I32 (N) or logits
//           F32 (N, K), one of them null; peaks I32 (N, 2) or null, see centre.cuh; crop
//           (N, oh, ow, C), box I32 (N, 4); map F32 (N, h, w), scratch; state u64 (1 + 4 N), zero
//           when attention_crop starts.
// Launch    any block size that is a multiple of 32 up to 768, which leaves the registers that the
//           box needs. attention_crop, and attention_crop_both for the intersection of the masks:
//           any number of blocks, best as many as run at once; attention_crop needs 64 registers,
//           so that four blocks of 256 threads share an SM. attention_crop_simple: a block per
//           image, grid-stride over N; it is easier to read.
// Assumes   sides of at most 32767; rows of the output below 2^31 elements; lambda such that the
//           peak of the density is a finite F32. Images of 1 or 3 channels with aligned parts are
//           read 16 bytes at a time. For a class outside of [0, K) the map is NaN and sets no
//           pixel, so the box is that of the Gaussian or the whole image.
// Moves     features and image read once, and the box of the image a second time, soon after, so
//           from the L2 cache; only the box where the peak is given; crop written once. The fill of
//           the state before it writes 32 N bytes.
// Floor     features + image + crop over the bandwidth of the memory: 1.7 MB an image of 3 x 256 x
//           256 in F32 with features 512 x 8 x 8, 16 us for 32 on an H100, 130 us for 256.
//
// One block per image would leave most SMs idle at 32 images; computing all boxes first and all
// crops afterwards would read the images twice from memory at 256 images. So attention_crop assigns
// tasks to blocks by a ticket counter: first the boxes of all attention maps, which take longest
// and need no image; then parts of the search for the brightest pixel and, `ahead` images later,
// strips of crops. The block that finishes the last search of an image combines the results and
// publishes the box; for the intersection of the masks it evaluates the attention map then, within
// the box of the Gaussian. A strip waits for its box. It cannot wait forever, because every task
// that the box depends on has a lower ticket, is held by a running block and never waits itself.
// Blocks exchange only single words, changed by atomics: a maximum of (brightness, position), and
// packed boxes. Their order of arrival does not affect the result.
#include "attention_crop_box.cuh"
#include "attention_crop_tasks.cuh"

// Pixels of one search task.
constexpr int kSearch = 4096;

// Processes an image by one block.
template <typename P>
__device__ void crop_simply(const P& p) {
  __shared__ Cells cells;
  for (int64_t n = blockIdx.x; n < p.samples; n += gridDim.x) {
    Brightness centre = 0;
    if ((p.mode & kGaussian) != 0) {
      centre = centre_among(p, n, 0, p.height * p.width);
    }
    Extent extent;
    if (p.mode == kIntersection) {
      extent = intersection(p, n, centre, cells);
    } else {
      if ((p.mode & kGaussian) != 0) {
        extent = gaussian_extent(p, centre);
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

// Runs one search task and publishes its result; the last search of an image computes the box from
// all of them. With Both, for the intersection, the only searches are for the centre.
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
    const Brightness key = centre_among(p, n, from, to);
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

#define PARAMETERS(T, F)                                                                           \
  const T *image, const F *features, const float *weight, const int32_t *classes,                  \
      const float *logits, const int32_t *peaks, T *crop, int32_t *box, float *map, int samples,   \
      int channels, int height, int width, int class_count, int feature_channels, int h, int w,    \
      int crop_height, int crop_width, int mode, double attention_bound, double gaussian_bound,    \
      double lambda, double peak

#define PROBLEM(T, F)                                                                              \
  Problem<T, F> {                                                                                  \
    image, features, weight, classes, logits, peaks, crop, box, map, samples, channels, height,    \
        width, class_count, feature_channels, h, w, crop_height, crop_width, mode,                 \
        attention_bound, gaussian_bound, lambda, peak                                              \
  }

#define ATTENTION_CROP(T, F, suffix)                                                               \
  extern "C" __global__ void __launch_bounds__(1024)                                               \
      attention_crop_##suffix(PARAMETERS(T, F), Word* state, int ahead) {                          \
    crop_by_tasks<false>(PROBLEM(T, F), state, ahead);                                             \
  }                                                                                                \
  extern "C" __global__ void __launch_bounds__(768)                                                \
      attention_crop_both_##suffix(PARAMETERS(T, F), Word* state, int ahead) {                     \
    crop_by_tasks<true>(PROBLEM(T, F), state, ahead);                                              \
  }                                                                                                \
  extern "C" __global__ void __launch_bounds__(768)                                                \
      attention_crop_simple_##suffix(PARAMETERS(T, F)) {                                           \
    crop_simply(PROBLEM(T, F));                                                                    \
  }

ATTENTION_CROP(float, float, f32)
ATTENTION_CROP(bf16, bf16, bf16)
ATTENTION_CROP(float, bf16, f32_of_bf16)
