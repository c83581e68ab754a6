// Cross entropy of softmax(logits) with class weights, divided by the number of rows, and its
// gradients (Eq. 10 of the paper).
//
// Layout    logits, probabilities and dlogits (rows, classes) F32, labels (rows) I32, class weights
//           and dweights (classes) F32, loss and upstream scalars F32.
// Launch    forward: one block, a thread per row at a time; dlogits: grid-stride over elements;
//           dweights: a warp per class, grid-stride. Any block size.
// Assumes   nothing about the labels: one that is no class makes the loss, its row of dlogits and
//           all of dweights NaN, which a training loop checks for; the CPU throws.
// Numbers   F64 inside, rounded once; sums in an order that depends on the launch only.
// Moves     logits, labels and weights once, probabilities or dlogits once: a few kilobytes.
// Floor     the latency of a launch.
#include "losses.cuh"

extern "C" __global__ void __launch_bounds__(1024, 1)
    weighted_cross_entropy(const float* logits, const int* labels, const float* weights,
                           float* loss, float* probabilities, int64_t rows, int classes) {
  double sum = 0;
  for (int64_t row = threadIdx.x; row < rows; row += blockDim.x) {
    LogSum log_sum(logits, row, classes, alone());
    int label = labels[row];
    for (int k = 0; k < classes; k++) {
      double log_p = log_sum.log_probability(logits[row * classes + k]);
      probabilities[row * classes + k] = static_cast<float>(exp(log_p));
      sum -= k == label ? weights[k] * log_p : 0;
    }
    sum += label < 0 || label >= classes ? not_a_number() : 0;
  }
  sum = block_sum(sum);
  if (threadIdx.x == 0) {
    loss[0] = static_cast<float>(sum / static_cast<double>(rows));
  }
}

extern "C" __global__ void __launch_bounds__(1024, 1)
    weighted_cross_entropy_backward_logits(const float* probabilities, const int* labels,
                                           const float* weights, const float* upstream,
                                           float* dlogits, int64_t rows, int classes) {
  for (int64_t i = thread_index(); i < rows * classes; i += thread_count()) {
    int64_t row = i / classes;
    int label = labels[row];
    bool known = label >= 0 && label < classes;
    double weight = known ? weights[label] : not_a_number();
    double factor = upstream[0] * weight / static_cast<double>(rows);
    double target = i - row * classes == label ? 1 : 0;
    dlogits[i] = static_cast<float>(factor * (probabilities[i] - target));
  }
}

extern "C" __global__ void __launch_bounds__(1024, 1)
    weighted_cross_entropy_backward_weights(const float* logits, const int* labels,
                                            const float* upstream, float* dweights, int64_t rows,
                                            int classes) {
  Group warp = {static_cast<int>(threadIdx.x) % 32, 32};
  for (int64_t k = thread_index() / 32; k < classes; k += thread_count() / 32) {
    double sum = 0;
    for (int64_t row = warp.lane; row < rows; row += 32) {
      int label = labels[row];
      if (label == k) {
        LogSum log_sum(logits, row, classes, alone());
        sum -= log_sum.log_probability(logits[row * classes + k]);
      } else if (label < 0 || label >= classes) {
        sum = not_a_number();
      }
    }
    sum = warp.sum(sum);
    if (warp.lane == 0) {
      dweights[k] = static_cast<float>(upstream[0] / static_cast<double>(rows) * sum);
    }
  }
}
