// y = scale x + shift.
//
// Layout    any; n elements of F32 or BF16.
// Launch    grid-stride over runs of 16 bytes, any block size; tensors that are not aligned to 16
//           bytes go element by element.
// Numbers   F64 inside, rounded once.
// Moves     2 tensors.
// Floor     those bytes over the bandwidth of the memory.
#include "double.cuh"

namespace {

template <typename T>
struct Affine {
  const T* x;
  T* y;
  double scale;
  double shift;

  template <int V>
  __device__ __forceinline__ void run(int64_t i) const {
    Run<T, V> in = load_run<V>(x, i);
    double out[V];
#pragma unroll
    for (int k = 0; k < V; k++) {
      out[k] = scale * in[k] + shift;
    }
    store_run<V>(y, i, out);
  }
};

}  // namespace

#define AFFINE(name, T)                                                                            \
  extern "C" __global__ void __launch_bounds__(1024, 1)                                            \
      affine_##name(const T* x, T* y, int64_t n, double scale, double shift) {                     \
    for_runs<kLanes<T>>(n, aligned(x) && aligned(y), Affine<T>{x, y, scale, shift});               \
  }

AFFINE(f32, float)
AFFINE(bf16, bf16)
