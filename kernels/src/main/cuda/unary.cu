// Pointwise functions of one number, and their gradients.
//
// Layout    any; n elements of F32 or BF16. `saved` of a gradient is x (LOG, SQUARE, ABS) or y (the
//           others); NEG reads none, and 0 may be passed.
// Launch    grid-stride over runs of 16 bytes, any block size; tensors that are not aligned to 16
//           bytes go element by element.
// Numbers   F32 inside, rounded once; the accurate functions of the CUDA library, NaN goes through.
// Moves     forward 2 tensors, backward 3 (NEG 2).
// Floor     those bytes over the bandwidth of the memory.
#include "vector.cuh"

namespace {

// The codes of UnaryLaunch.Function.
enum Function { RELU, EXP, LOG, SQRT, SQUARE, NEG, ABS, SIGMOID, TANH, RECIPROCAL };

template <int V, typename F>
__device__ __forceinline__ void map(float (&v)[V], const F& f) {
#pragma unroll
  for (int k = 0; k < V; k++) {
    v[k] = f(v[k]);
  }
}

template <int V>
__device__ __forceinline__ void value(int function, float (&v)[V]) {
  switch (function) {
    case RELU: map(v, [](float x) { return x <= 0 ? 0.0f : x; }); break;
    case EXP: map(v, [](float x) { return expf(x); }); break;
    case LOG: map(v, [](float x) { return logf(x); }); break;
    case SQRT: map(v, [](float x) { return sqrtf(x); }); break;
    case SQUARE: map(v, [](float x) { return x * x; }); break;
    case NEG: map(v, [](float x) { return -x; }); break;
    case ABS: map(v, [](float x) { return fabsf(x); }); break;
    case SIGMOID: map(v, [](float x) { return 1.0f / (1.0f + expf(-x)); }); break;
    case TANH: map(v, [](float x) { return tanhf(x); }); break;
    default: map(v, [](float x) { return 1.0f / x; }); break;
  }
}

// dy/dx by x or y.
template <int V>
__device__ __forceinline__ void derivative(int function, float (&v)[V]) {
  switch (function) {
    case RELU: map(v, [](float y) { return y > 0 ? 1.0f : 0.0f; }); break;
    case EXP: break;
    case LOG: map(v, [](float x) { return 1.0f / x; }); break;
    case SQRT: map(v, [](float y) { return 0.5f / y; }); break;
    case SQUARE: map(v, [](float x) { return 2 * x; }); break;
    case NEG: map(v, [](float) { return -1.0f; }); break;
    case ABS: map(v, [](float x) { return x > 0 ? 1.0f : x < 0 ? -1.0f : x; }); break;
    case SIGMOID: map(v, [](float y) { return y * (1 - y); }); break;
    case TANH: map(v, [](float y) { return 1 - y * y; }); break;
    default: map(v, [](float y) { return -y * y; }); break;
  }
}

template <typename T>
struct Forward {
  int function;
  const T* x;
  T* y;

  template <int V>
  __device__ __forceinline__ void run(int64_t i) const {
    Run<T, V> in = load_run<V>(x, i);
    float v[V];
#pragma unroll
    for (int k = 0; k < V; k++) {
      v[k] = in[k];
    }
    value(function, v);
    store_run<V>(y, i, v);
  }
};

template <typename T>
struct Backward {
  int function;
  const T* saved;
  const T* upstream;
  T* dx;

  template <int V>
  __device__ __forceinline__ void run(int64_t i) const {
    Run<T, V> u = load_run<V>(upstream, i);
    float v[V] = {};
    if (function != NEG) {
      Run<T, V> in = load_run<V>(saved, i);
#pragma unroll
      for (int k = 0; k < V; k++) {
        v[k] = in[k];
      }
    }
    derivative(function, v);
#pragma unroll
    for (int k = 0; k < V; k++) {
      v[k] *= u[k];
    }
    store_run<V>(dx, i, v);
  }
};

}  // namespace

#define UNARY(name, T)                                                                             \
  extern "C" __global__ void __launch_bounds__(1024, 1)                                            \
      unary_##name(int function, const T* x, T* y, int64_t n) {                                    \
    for_runs<kLanes<T>>(n, aligned(x) && aligned(y), Forward<T>{function, x, y});                  \
  }                                                                                                \
                                                                                                   \
  extern "C" __global__ void __launch_bounds__(1024, 1)                                            \
      unary_backward_##name(int function, const T* saved, const T* upstream, T* dx, int64_t n) {   \
    for_runs<kLanes<T>>(n, aligned(saved) && aligned(upstream) && aligned(dx),                     \
                        Backward<T>{function, saved, upstream, dx});                               \
  }

UNARY(f32, float)
UNARY(bf16, bf16)
