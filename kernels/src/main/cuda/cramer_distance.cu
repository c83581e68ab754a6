// The squared distance of the cumulative distributions of softmax(logits) and of the label, and its
// gradient (Eq. 14 and 15 of the paper).
//
// Layout    logits and dlogits (rows, classes) F32, labels (rows) I32, loss and upstream scalars
//           F32.
// Launch    forward: one block, a thread per row at a time; backward: grid-stride over rows. Any
//           block size.
// Assumes   nothing about the labels: one that is no class makes the loss and its row of dlogits
//           NaN, which a training loop checks for; the CPU throws.
// Numbers   F64 inside, rounded once; sums in an order that depends on the launch only. From the
//           label on the difference is minus the probability of the remaining classes: no digits
//           are lost where the prediction is good. A row is read several times instead of being
//           kept in registers, so that any number of classes is possible.
// Moves     logits and labels once, dlogits once: a few kilobytes.
// Floor     the latency of a launch.
#include "losses.cuh"

namespace {

struct Row {
  const float* logits;
  int classes;
  int label;
  LogSum sum;

  __device__ __forceinline__ Row(const float* all, const int* labels, int64_t row, int classes_)
      : logits(all + row * classes_),
        classes(classes_),
        label(labels[row]),
        sum(logits, 0, classes_, alone()) {}

  __device__ __forceinline__ bool known() const { return label >= 0 && label < classes; }

  __device__ __forceinline__ double probability(int k) const {
    return exp(sum.log_probability(logits[k]));
  }
};

}  // namespace

extern "C" __global__ void __launch_bounds__(1024, 1)
    cramer_distance(const float* logits, const int* labels, float* loss, int64_t rows,
                    int classes) {
  double squares = 0;
  for (int64_t i = threadIdx.x; i < rows; i += blockDim.x) {
    Row row(logits, labels, i, classes);
    double before = 0;
#pragma unroll 1
    for (int k = 0; row.known() && k < row.label; k++) {
      before += row.probability(k);
      squares += before * before;
    }
    double after = 0;
#pragma unroll 1
    for (int k = classes - 1; row.known() && k >= row.label; k--) {
      squares += after * after;
      after += row.probability(k);
    }
    squares += row.known() ? 0 : not_a_number();
  }
  squares = block_sum(squares);
  if (threadIdx.x == 0) {
    loss[0] = static_cast<float>(squares / static_cast<double>(rows));
  }
}

// dp[j] = factor sum_{k >= j} d[k] and dlogits[k] = p[k] (dp[k] - sum_j p[j] dp[j]).
extern "C" __global__ void __launch_bounds__(1024, 1)
    cramer_distance_backward(const float* logits, const int* labels, const float* upstream,
                             float* dlogits, int64_t rows, int classes) {
  double factor = 2 * upstream[0] / static_cast<double>(rows);
  for (int64_t i = thread_index(); i < rows; i += thread_count()) {
    Row row(logits, labels, i, classes);
    float* gradient = dlogits + i * classes;
    if (!row.known()) {
#pragma unroll 1
      for (int k = 0; k < classes; k++) {
        gradient[k] = static_cast<float>(not_a_number());
      }
      continue;
    }
    double after = 0;  // p[k + 1] + ... of the classes from the label on
    double tail = 0;   // sum of d over them
    double mean = 0;   // sum_j p[j] sum_{k >= j} d[k]
#pragma unroll 1
    for (int k = classes - 1; k >= row.label; k--) {
      double p = row.probability(k);
      tail -= after;
      after += p;
      mean += p * tail;
    }
    double before = 0;
    double head = 0;  // sum of d over the classes before the label
#pragma unroll 1
    for (int k = 0; k < row.label; k++) {
      before += row.probability(k);
      head += before;
    }
    double rest = head;  // the part of it from k on
    before = 0;
#pragma unroll 1
    for (int k = 0; k < row.label; k++) {
      double p = row.probability(k);
      mean += p * (tail + rest);
      before += p;
      rest -= before;
    }
    rest = head;
    before = 0;
#pragma unroll 1
    for (int k = 0; k < row.label; k++) {
      double p = row.probability(k);
      gradient[k] = static_cast<float>(factor * p * (tail + rest - mean));
      before += p;
      rest -= before;
    }
    after = 0;
    tail = 0;
#pragma unroll 1
    for (int k = classes - 1; k >= row.label; k--) {
      double p = row.probability(k);
      tail -= after;
      after += p;
      gradient[k] = static_cast<float>(factor * p * (tail - mean));
    }
  }
}
