// One step of Adam (Kingma and Ba 2015, algorithm 1) over flat buffers, in place: all parameters of
// a network in one launch and one pass.
//
// Layout    parameters, gradients, mean and mean square (n) F32; schedule (3) F32: learning rate,
//           1 - beta1^t, 1 - beta2^t, read on the device, so that a captured launch stays the same
//           from step to step; found_inf, one F32 or null: unless it is finite nothing is written.
// Launch    grid-stride over runs of 16 bytes, any block size; buffers that are not aligned to 16
//           bytes go element by element.
// Numbers   the operations of the CPU's F32 path in their order, without contraction: the rate and
//           the correction are formed in F64 and rounded once.
// Moves     4 n F32 read, 3 n F32 written: 28 n bytes.
// Floor     those bytes over the bandwidth of the memory.
#include "double.cuh"

namespace {

struct Adam {
  float* parameters;
  const float* gradients;
  float* mean;
  float* square;
  float beta1, gain1, beta2, gain2, epsilon, rate, correction;

  template <int V>
  __device__ __forceinline__ void run(int64_t i) const {
    Run<float, V> p = load_run<V>(parameters, i);
    Run<float, V> g = load_run<V>(gradients, i);
    Run<float, V> m = load_run<V>(const_cast<const float*>(mean), i);
    Run<float, V> s = load_run<V>(const_cast<const float*>(square), i);
    float new_p[V];
    float new_m[V];
    float new_s[V];
#pragma unroll
    for (int k = 0; k < V; k++) {
      new_m[k] = __fadd_rn(__fmul_rn(m[k], beta1), __fmul_rn(g[k], gain1));
      new_s[k] = __fadd_rn(__fmul_rn(s[k], beta2), __fmul_rn(__fmul_rn(g[k], g[k]), gain2));
      float root = __fadd_rn(sqrtf(__fmul_rn(new_s[k], correction)), epsilon);
      new_p[k] = __fsub_rn(p[k], __fmul_rn(new_m[k], rate) / root);
    }
    store_run<V>(mean, i, new_m);
    store_run<V>(square, i, new_s);
    store_run<V>(parameters, i, new_p);
  }
};

}  // namespace

extern "C" __global__ void __launch_bounds__(1024, 1)
    adam_step(float* parameters, const float* gradients, float* mean, float* square,
              const float* schedule, const float* found_inf, int64_t n, float beta1, float gain1,
              float beta2, float gain2, float epsilon) {
  if (found_inf != nullptr && !isfinite(*found_inf)) {
    return;
  }
  float rate = static_cast<float>(static_cast<double>(schedule[0]) / schedule[1]);
  float correction = static_cast<float>(1.0 / schedule[2]);
  Adam step = {parameters, gradients, mean,    square, beta1,     gain1,
               beta2,      gain2,     epsilon, rate,   correction};
  bool vectors = aligned(parameters) && aligned(gradients) && aligned(mean) && aligned(square);
  for_runs<kLanes<float>>(n, vectors, step);
}
