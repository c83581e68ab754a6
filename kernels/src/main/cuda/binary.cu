// Pointwise functions of two numbers with broadcasting, and their gradients.
//
// Layout    F32 or BF16. Equal shapes: n elements in any layout. _strided: y, or upstream and dx,
//           is row-major with extents (..., e1, e2, e3); an operand advances by its four strides
//           and by 0 where it is broadcast. Its _scalar entries take any strides; in the others e3
//           and the strides of an operand that is not broadcast along it are multiples of the
//           elements of 16 bytes, its last stride is 0 or 1, and addresses are multiples of 16.
// Launch    grid-stride over runs of 16 bytes or elements, any block size; equal shapes that are
//           not aligned to 16 bytes go element by element.
// Numbers   F32 inside, rounded once; NaN goes through. At a tie of MAX and MIN the gradient is
//           the first operand's.
// Moves     y once and each operand once, as far as the second-level cache holds broadcast
//           operands; a gradient moves upstream too.
// Floor     those bytes over the bandwidth of the memory.
#include "index.cuh"

namespace {

// The codes of BinaryLaunch.Function.
enum Function { ADD, SUB, MUL, DIV, MAX, MIN };

template <int V, typename F>
__device__ __forceinline__ void map(float (&a)[V], const float (&b)[V], const F& f) {
#pragma unroll
  for (int k = 0; k < V; k++) {
    a[k] = f(a[k], b[k]);
  }
}

// a becomes f(a, b).
template <int V>
__device__ __forceinline__ void value(int function, float (&a)[V], const float (&b)[V]) {
  switch (function) {
    case ADD: map(a, b, [](float x, float y) { return x + y; }); break;
    case SUB: map(a, b, [](float x, float y) { return x - y; }); break;
    case MUL: map(a, b, [](float x, float y) { return x * y; }); break;
    case DIV: map(a, b, [](float x, float y) { return x / y; }); break;
    case MAX: map(a, b, [](float x, float y) { return x >= y || x != x ? x : y; }); break;
    default: map(a, b, [](float x, float y) { return x <= y || x != x ? x : y; }); break;
  }
}

// a becomes df/da or df/db.
template <int V>
__device__ __forceinline__ void derivative(int function, int operand, float (&a)[V],
                                           const float (&b)[V]) {
  bool first = operand == 0;
  switch (function) {
    case ADD: map(a, b, [](float, float) { return 1.0f; }); break;
    case SUB: map(a, b, [=](float, float) { return first ? 1.0f : -1.0f; }); break;
    case MUL: map(a, b, [=](float x, float y) { return first ? y : x; }); break;
    case DIV: map(a, b, [=](float x, float y) { return first ? 1 / y : -x / (y * y); }); break;
    case MAX: map(a, b, [=](float x, float y) { return (x >= y) == first ? 1.0f : 0.0f; }); break;
    default: map(a, b, [=](float x, float y) { return (x <= y) == first ? 1.0f : 0.0f; }); break;
  }
}

template <int V, typename T>
__device__ __forceinline__ void finish_gradient(float (&v)[V], const T* upstream, T* dx,
                                                int64_t i) {
  Run<T, V> u = load_run<V>(upstream, i);
#pragma unroll
  for (int k = 0; k < V; k++) {
    v[k] *= u[k];
  }
  store_run<V>(dx, i, v);
}

template <typename T>
struct Forward {
  int function;
  const T* a;
  const T* b;
  T* y;

  template <int V>
  __device__ __forceinline__ void run(int64_t i) const {
    float x[V];
    float z[V];
    load_values<V>(x, a, i);
    load_values<V>(z, b, i);
    value(function, x, z);
    store_run<V>(y, i, x);
  }
};

template <typename T>
struct Backward {
  int function;
  int operand;
  const T* a;
  const T* b;
  const T* upstream;
  T* dx;

  template <int V>
  __device__ __forceinline__ void run(int64_t i) const {
    float x[V];
    float z[V];
    load_values<V>(x, a, i);
    load_values<V>(z, b, i);
    derivative(function, operand, x, z);
    finish_gradient<V>(x, upstream, dx, i);
  }
};

template <int V, typename T>
__device__ __forceinline__ void forward(int function, const T* a, Strides as, const T* b,
                                        Strides bs, T* y, int64_t n, int64_t e1, int64_t e2,
                                        int64_t e3) {
  for (int64_t i = thread_index() * V; i < n; i += thread_count() * V) {
    Index at(i, e1, e2, e3);
    float x[V];
    float z[V];
    load_values<V>(x, a, at, as);
    load_values<V>(z, b, at, bs);
    value(function, x, z);
    store_run<V>(y, i, x);
  }
}

template <int V, typename T>
__device__ __forceinline__ void backward(int function, int operand, const T* a, Strides as,
                                         const T* b, Strides bs, const T* upstream, T* dx,
                                         int64_t n, int64_t e1, int64_t e2, int64_t e3) {
  for (int64_t i = thread_index() * V; i < n; i += thread_count() * V) {
    Index at(i, e1, e2, e3);
    float x[V];
    float z[V];
    load_values<V>(x, a, at, as);
    load_values<V>(z, b, at, bs);
    derivative(function, operand, x, z);
    finish_gradient<V>(x, upstream, dx, i);
  }
}

}  // namespace

#define BINARY(name, T)                                                                            \
  extern "C" __global__ void __launch_bounds__(1024, 1)                                            \
      binary_##name(int function, const T* a, const T* b, T* y, int64_t n) {                       \
    for_runs<kLanes<T>>(n, aligned(a) && aligned(b) && aligned(y), Forward<T>{function, a, b, y}); \
  }                                                                                                \
                                                                                                   \
  extern "C" __global__ void __launch_bounds__(1024, 1) binary_backward_##name(                    \
      int function, int operand, const T* a, const T* b, const T* upstream, T* dx, int64_t n) {    \
    for_runs<kLanes<T>>(n, aligned(a) && aligned(b) && aligned(upstream) && aligned(dx),           \
                        Backward<T>{function, operand, a, b, upstream, dx});                       \
  }

#define BINARY_STRIDED(name, T, V)                                                                 \
  extern "C" __global__ void __launch_bounds__(1024, 1)                                            \
      binary_strided_##name(int function, const T* a, int64_t a0, int64_t a1, int64_t a2,          \
                            int64_t a3, const T* b, int64_t b0, int64_t b1, int64_t b2,            \
                            int64_t b3, T* y, int64_t n, int64_t e1, int64_t e2, int64_t e3) {     \
    forward<V>(function, a, Strides{a0, a1, a2, a3}, b, Strides{b0, b1, b2, b3}, y, n, e1, e2,     \
               e3);                                                                                \
  }                                                                                                \
                                                                                                   \
  extern "C" __global__ void __launch_bounds__(1024, 1) binary_strided_backward_##name(            \
      int function, int operand, const T* a, int64_t a0, int64_t a1, int64_t a2, int64_t a3,       \
      const T* b, int64_t b0, int64_t b1, int64_t b2, int64_t b3, const T* upstream, T* dx,        \
      int64_t n, int64_t e1, int64_t e2, int64_t e3) {                                             \
    backward<V>(function, operand, a, Strides{a0, a1, a2, a3}, b, Strides{b0, b1, b2, b3},         \
                upstream, dx, n, e1, e2, e3);                                                      \
  }

BINARY(f32, float)
BINARY(bf16, bf16)
BINARY_STRIDED(f32, float, 4)
BINARY_STRIDED(f32_scalar, float, 1)
BINARY_STRIDED(bf16, bf16, 8)
BINARY_STRIDED(bf16_scalar, bf16, 1)
