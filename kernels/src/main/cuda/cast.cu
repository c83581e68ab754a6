// The same values in another floating-point type.
//
// Layout    any; n elements. To the same type it is a copy: concat.cu.
// Launch    grid-stride over runs of 16 bytes of the wider type, so that every request of either
//           type covers whole sectors; any block size; tensors that are not aligned to 16 bytes go
//           element by element.
// Numbers   rounded to nearest, ties to even, once; NaN stays NaN.
// Moves     both tensors.
// Floor     those bytes over the bandwidth of the memory.
#include "double.cuh"

namespace {

// Number is the wider of the two types as a number: float for BF16.
template <typename Number, typename From, typename To>
struct Cast {
  const From* x;
  To* y;

  template <int V>
  __device__ __forceinline__ void run(int64_t i) const {
    Run<From, V> in = load_run<V>(x, i);
    Number out[V];
#pragma unroll
    for (int k = 0; k < V; k++) {
      out[k] = in[k];
    }
    store_run<V>(y, i, out);
  }
};

}  // namespace

#define CAST(name, Number, From, To)                                                               \
  extern "C" __global__ void __launch_bounds__(1024, 1)                                            \
      cast_##name(const From* x, To* y, int64_t n) {                                               \
    constexpr int kRun = kLanes<From> < kLanes<To> ? kLanes<From> : kLanes<To>;                    \
    for_runs<kRun>(n, aligned(x) && aligned(y), Cast<Number, From, To>{x, y});                     \
  }

CAST(f32_bf16, float, float, bf16)
CAST(bf16_f32, float, bf16, float)
CAST(f32_f64, double, float, double)
CAST(bf16_f64, double, bf16, double)
CAST(f64_f32, double, double, float)
CAST(f64_bf16, double, double, bf16)
