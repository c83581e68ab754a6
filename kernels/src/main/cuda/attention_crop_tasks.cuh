// How attention_crop divides a batch into tasks, and the words by which blocks hand over results.
#pragma once

#include "bilinear.cuh"

using Word = unsigned long long;

// Words of the state per image, after the ticket counter.
constexpr int kBrightest = 0;
constexpr int kExtent = 1;
constexpr int kArrived = 2;
constexpr int kBox = 3;
constexpr int kWords = 4;

// Four corner coordinates of 15 bits; the top bit says that a box was published, the next one that
// it is empty.
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

// The `part` of a task that computes the box of an attention map.
constexpr int kAttentionPart = -1;

// The order of tasks: the attention maps of all images, if there are any; searches of the first
// `ahead` images; then in turns the strips of an image and the searches of the image that is
// `ahead` of it; then the strips of the last images.
struct Task {
  int image = -1;
  int part = 0;
  bool search = false;
};

struct Schedule {
  int samples;
  int ahead;
  int attention;  // attention tasks per image, 0 or 1
  int searches;   // search tasks per image
  int strips;     // strips per crop

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
