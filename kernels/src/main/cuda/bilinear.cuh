// Bilinear interpolation with half-pixel centres, in the arithmetic of the CPU: integer positions,
// one rounding of the weight, a + weight * (b - a) rounded after each operation.
#pragma once

#include "common.cuh"

// Where a sample lies along an axis: between two values, at this weight of the upper one.
struct Between {
  int lower;
  int upper;
  float weight;
};

// Sample i of `target` from `length` values: s = (i + 1/2) length / target - 1/2, clamped. Neither
// may exceed kMaxSide, so that the numerator fits 32 bits.
constexpr int kMaxSide = 0x7fff;

__device__ __forceinline__ Between between(int i, int length, int target) {
  const uint32_t denominator = 2u * target;
  const uint32_t last = (length - 1) * denominator;
  const int32_t shifted = (2 * i + 1) * length - target;
  const uint32_t numerator = min(static_cast<uint32_t>(max(shifted, 0)), last);
  Between b;
  b.lower = numerator / denominator;
  b.upper = min(b.lower + 1, length - 1);
  // Both are exact in F32, so this is the quotient rounded once.
  b.weight = __fdiv_rn(static_cast<float>(numerator - b.lower * denominator),
                       static_cast<float>(denominator));
  return b;
}

// The first sample whose lower neighbour is at or after value j, 0 <= j <= length.
__device__ __forceinline__ int first_at(int j, int length, int target) {
  if (j <= 0) {
    return 0;
  }
  if (j >= length) {
    return target;
  }
  const int32_t over = (2 * j + 1) * target - length;
  const uint32_t step = 2u * length;
  return over <= 0 ? 0 : min(static_cast<int>((over + step - 1) / step), target);
}

__device__ __forceinline__ float mix(float a, float b, float weight) {
  return __fadd_rn(a, __fmul_rn(weight, __fsub_rn(b, a)));
}

// Corners of a region, inclusive.
struct Box {
  int x0;
  int y0;
  int x1;
  int y1;

  __device__ __forceinline__ int width() const { return x1 - x0 + 1; }
  __device__ __forceinline__ int height() const { return y1 - y0 + 1; }
  __device__ __forceinline__ bool lies_in(int columns, int rows) const {
    return 0 <= x0 && x0 <= x1 && x1 < columns && 0 <= y0 && y0 <= y1 && y1 < rows;
  }
};

__device__ __forceinline__ float fetch(const float* p) { return __ldg(p); }

__device__ __forceinline__ float fetch(const bf16* p) {
  return widen(__ldg(reinterpret_cast<const unsigned short*>(p)));
}

// Output rows that a block resizes at a time.
constexpr int kStrip = 16;

// Elements of a row that a thread processes at once, a block apart: consecutive threads read and
// write consecutive elements, and this many pairs of loads are in flight.
constexpr int kColumns = 3;

// The columns of a thread. Every source row is loaded and interpolated horizontally once; the next
// row is already being loaded while the current one is used.
template <typename T>
struct Columns {
  const T* source;
  uint32_t pitch;
  uint32_t left[kColumns];
  uint32_t right[kColumns];
  float along[kColumns];
  float above[kColumns];
  float below[kColumns];
  float next_left[kColumns];
  float next_right[kColumns];
  int above_is = -1;
  int below_is = -1;
  int next_is = -1;

  __device__ __forceinline__ Columns(const T* corner, uint32_t row_pitch, int first, int length,
                                     int channels, int box_width, int target)
      : source(corner), pitch(row_pitch) {
#pragma unroll
    for (int m = 0; m < kColumns; m++) {
      int k = min(first + m * static_cast<int>(blockDim.x), length - 1);
      int column = k / channels;
      int channel = k - column * channels;
      Between b = between(column, box_width, target);
      left[m] = b.lower * channels + channel;
      right[m] = b.upper * channels + channel;
      along[m] = b.weight;
    }
  }

  __device__ __forceinline__ void prefetch(int row) {
    // 32-bit offsets: a pointer per column would take twice the registers.
    const uint32_t start = row * pitch;
#pragma unroll
    for (int m = 0; m < kColumns; m++) {
      next_left[m] = fetch(source + (start + left[m]));
      next_right[m] = fetch(source + (start + right[m]));
    }
    next_is = row;
  }

  // Interpolates a row horizontally; `last` is the last row that will be requested.
  __device__ __forceinline__ void stretch(int row, int last, float (&stretched)[kColumns]) {
    if (row != next_is) {
      prefetch(row);
    }
#pragma unroll
    for (int m = 0; m < kColumns; m++) {
      stretched[m] = mix(next_left[m], next_right[m], along[m]);
    }
    if (row < last) {
      prefetch(row + 1);
    }
  }

  // Puts the source rows of an output row into `above` and, if its weight is not 0, `below`.
  __device__ __forceinline__ void move_to(const Between& row, int last) {
    if (row.lower != above_is) {
      if (row.lower == below_is) {
#pragma unroll
        for (int m = 0; m < kColumns; m++) {
          above[m] = below[m];
        }
      } else {
        stretch(row.lower, last, above);
      }
      above_is = row.lower;
    }
    if (row.weight != 0.0f && row.upper != below_is) {
      stretch(row.upper, last, below);
      below_is = row.upper;
    }
  }
};

// Resizes a box of an image to rows [from, to) of its `height` x `width` output; all threads of the
// block take part. `image` and `y` are those of one sample.
template <typename T>
__device__ void resize_rows(const T* image, int image_width, int channels, Box box, T* y,
                            int height, int width, int from, int to) {
  __shared__ Between rows[kStrip];
  const int length = width * channels;
  const uint32_t pitch = image_width * channels;
  const T* corner = image + (static_cast<int64_t>(box.y0) * pitch + box.x0 * channels);
  for (int strip = from; strip < to; strip += kStrip) {
    const int count = min(kStrip, to - strip);
    __syncthreads();
    for (int t = threadIdx.x; t < count; t += blockDim.x) {
      rows[t] = between(strip + t, box.height(), height);
    }
    __syncthreads();
    const int last = rows[count - 1].weight == 0.0f ? rows[count - 1].lower : rows[count - 1].upper;
    for (int first = threadIdx.x; first < length; first += kColumns * blockDim.x) {
      Columns<T> columns(corner, pitch, first, length, channels, box.width(), width);
      T* out = y + static_cast<int64_t>(strip) * length + first;
#pragma unroll 1
      for (int t = 0; t < count; t++) {
        const Between row = rows[t];
        columns.move_to(row, last);
#pragma unroll
        for (int m = 0; m < kColumns; m++) {
          if (first + m * blockDim.x < length) {
            float value = row.weight == 0.0f ? columns.above[m]
                                             : mix(columns.above[m], columns.below[m], row.weight);
            store(out, m * blockDim.x, value);
          }
        }
        out += length;
      }
    }
  }
}

// The box of one sample among several, or all of its image where there are none.
__device__ __forceinline__ Box box_of(const int32_t* boxes, int64_t n, int height, int width) {
  if (boxes == nullptr) {
    return {0, 0, width - 1, height - 1};
  }
  return {boxes[4 * n], boxes[4 * n + 1], boxes[4 * n + 2], boxes[4 * n + 3]};
}

// Forward over a batch: a strip of rows per block. Boxes that do not lie in the image give NaN.
template <typename T>
__device__ void resize_batch(const T* x, const int32_t* boxes, T* y, int samples, int channels,
                             int in_height, int in_width, int height, int width) {
  const int strips = (height + kStrip - 1) / kStrip;
  const int64_t in_size = static_cast<int64_t>(in_height) * in_width * channels;
  const int64_t size = static_cast<int64_t>(height) * width * channels;
  for (uint32_t s = blockIdx.x; s < static_cast<uint32_t>(samples) * strips; s += gridDim.x) {
    const int64_t n = s / strips;
    const int from = s % strips * kStrip;
    const int to = min(from + kStrip, height);
    const Box box = box_of(boxes, n, in_height, in_width);
    if (box.lies_in(in_width, in_height)) {
      resize_rows(x + n * in_size, in_width, channels, box, y + n * size, height, width, from, to);
    } else {
      const int64_t row = static_cast<int64_t>(width) * channels;
      for (int64_t i = from * row + threadIdx.x; i < to * row; i += blockDim.x) {
        store(y + n * size, i, NAN);
      }
    }
  }
}

// The weight of value j in a sample, if j is one of its neighbours.
__device__ __forceinline__ double share(const Between& b, int j) {
  return b.lower == j ? 1.0 - b.weight : static_cast<double>(b.weight);
}

// The gradient of one pixel of a box, summed over the output pixels that used it: over rows within
// each column, then over columns, in F64 and in the order of the CPU.
template <typename T>
__device__ float gathered(const T* dy, Box box, int h, int w, int c, int channels, int height,
                          int width) {
  const int row_end = first_at(h + 1, box.height(), height);
  const int column_end = first_at(w + 1, box.width(), width);
  double sum = 0;
  for (int j = first_at(w - 1, box.width(), width); j < column_end; j++) {
    double down = 0;
    for (int i = first_at(h - 1, box.height(), height); i < row_end; i++) {
      double g = load(dy, (static_cast<int64_t>(i) * width + j) * channels + c);
      down = __dadd_rn(down, __dmul_rn(share(between(i, box.height(), height), h), g));
    }
    sum = __dadd_rn(sum, __dmul_rn(share(between(j, box.width(), width), w), down));
  }
  return static_cast<float>(sum);
}

// Backward over a batch: a thread gathers one element of dx. Pixels outside of the box get 0; all
// pixels of an image whose box does not lie in it get NaN.
template <typename T>
__device__ void resize_backward(const T* dy, const int32_t* boxes, T* dx, int samples, int channels,
                                int in_height, int in_width, int height, int width) {
  const int64_t in_size = static_cast<int64_t>(in_height) * in_width * channels;
  const int64_t size = static_cast<int64_t>(height) * width * channels;
  for (int64_t e = thread_index(); e < samples * in_size; e += thread_count()) {
    const int64_t n = e / in_size;
    const uint32_t p = static_cast<uint32_t>(e - n * in_size);
    const int c = static_cast<int>(p % channels);
    const int w = static_cast<int>(p / channels % in_width);
    const int h = static_cast<int>(p / channels / in_width);
    const Box box = box_of(boxes, n, in_height, in_width);
    float g = 0;
    if (!box.lies_in(in_width, in_height)) {
      g = NAN;
    } else if (h >= box.y0 && h <= box.y1 && w >= box.x0 && w <= box.x1) {
      g = gathered(dy + n * size, box, h - box.y0, w - box.x0, c, channels, height, width);
    }
    store(dx, e, g);
  }
}
