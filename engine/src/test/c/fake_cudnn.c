/* cuDNN's convolutions as loops on the host, for channels-last tensors and filters only. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BAD_PARAM = 2000, NOT_SUPPORTED = 3000, NHWC = 1, FLOAT = 0, BF16 = 9 };

typedef struct { int type, d[4]; } Descriptor;
typedef struct { int pad, stride, math; } Window;
typedef struct {
  int algo, status;
  float time;
  size_t memory;
  int determinism, math, reserved[3];
} Perf;

static int marker, stream_set;

size_t cudnnGetVersion(void) { return 90501; }
size_t cudnnGetCudartVersion(void) { return CUDA * 1000; }
const char *cudnnGetErrorString(int status) {
  return status == BAD_PARAM ? "CUDNN_STATUS_BAD_PARAM" : "CUDNN_STATUS_NOT_SUPPORTED";
}
int cudnnCreate(void **handle) { *handle = &marker; return 0; }
int cudnnDestroy(void *handle) { return handle == &marker ? 0 : BAD_PARAM; }
int cudnnSetStream(void *handle, void *stream) {
  stream_set = 1;
  return handle && stream ? 0 : BAD_PARAM;
}
int cudnnCreateTensorDescriptor(Descriptor **d) { *d = calloc(1, sizeof **d); return 0; }
int cudnnCreateFilterDescriptor(Descriptor **d) { *d = calloc(1, sizeof **d); return 0; }
int cudnnCreateConvolutionDescriptor(Window **w) { *w = calloc(1, sizeof **w); return 0; }
int cudnnDestroyTensorDescriptor(Descriptor *d) { free(d); return 0; }
int cudnnDestroyFilterDescriptor(Descriptor *d) { free(d); return 0; }
int cudnnDestroyConvolutionDescriptor(Window *w) { free(w); return 0; }

static int set(Descriptor *d, int type, int format, int a, int b, int c, int e) {
  if (format != NHWC || (type != FLOAT && type != BF16)) { return BAD_PARAM; }
  *d = (Descriptor){type, {a, b, c, e}};
  return 0;
}
int cudnnSetTensor4dDescriptor(Descriptor *d, int format, int type, int n, int c, int h, int w) {
  return set(d, type, format, n, c, h, w);
}
int cudnnSetFilter4dDescriptor(Descriptor *d, int type, int format, int k, int c, int h, int w) {
  return set(d, type, format, k, c, h, w);
}
int cudnnSetConvolution2dDescriptor(Window *w, int ph, int pw, int sh, int sw, int dh, int dw,
                                    int mode, int compute) {
  if (ph != pw || sh != sw || dh != 1 || dw != 1 || mode != 1 || compute != FLOAT) {
    return BAD_PARAM;
  }
  *w = (Window){ph, sh, 0};
  return 0;
}
int cudnnSetConvolutionMathType(Window *w, int math) { w->math = math; return 0; }

/* Three algorithms: the fastest is not deterministic, the second wants a workspace. */
static int list(void *handle, int asked, int *count, Perf *perf, int math, size_t room, int timed) {
  static const Perf all[] = {
      {0, 0, 0.1f, 0, 0, 0, {0}}, {1, 0, 0.2f, 4096, 1, 0, {0}}, {3, 0, 0.3f, 0, 1, 0, {0}},
      {4, NOT_SUPPORTED, -1, 0, 1, 0, {0}}};
  if (!handle || asked < 4 || (timed && !stream_set)) { return BAD_PARAM; }
  int n = 0;
  for (int i = 0; i < 4; i++) {
    if (all[i].memory <= room) {
      perf[n] = all[i];
      perf[n].math = math == 3 ? 0 : math; /* what must not loosen F32 to TF32 */
      if (!timed) { perf[n].time = -1; }
      n++;
    }
  }
  *count = n;
  return 0;
}
int cudnnGetConvolutionForwardAlgorithm_v7(void *h, Descriptor *x, Descriptor *w, Window *c,
                                           Descriptor *y, int asked, int *count, Perf *perf) {
  return x && w && y ? list(h, asked, count, perf, c->math, 1 << 20, 0) : BAD_PARAM;
}
int cudnnGetConvolutionBackwardDataAlgorithm_v7(void *h, Descriptor *w, Descriptor *y, Window *c,
                                                Descriptor *x, int asked, int *count, Perf *perf) {
  return x && w && y ? list(h, asked, count, perf, c->math, 1 << 20, 0) : BAD_PARAM;
}
int cudnnGetConvolutionBackwardFilterAlgorithm_v7(void *h, Descriptor *x, Descriptor *y, Window *c,
                                                  Descriptor *w, int asked, int *count,
                                                  Perf *perf) {
  return x && w && y ? list(h, asked, count, perf, c->math, 1 << 20, 0) : BAD_PARAM;
}

/* As the real one, more for tensor cores than for other arithmetic. */
static int workspace(void *handle, const Window *c, int algorithm, size_t *bytes) {
  *bytes = algorithm == 1 ? 4096 + 1024 * (c->math == 1) : 0;
  return !handle ? BAD_PARAM : algorithm == 4 ? NOT_SUPPORTED : 0;
}
int cudnnGetConvolutionForwardWorkspaceSize(void *h, Descriptor *x, Descriptor *w, Window *c,
                                            Descriptor *y, int algorithm, size_t *bytes) {
  return x && w && y ? workspace(h, c, algorithm, bytes) : BAD_PARAM;
}
int cudnnGetConvolutionBackwardDataWorkspaceSize(void *h, Descriptor *w, Descriptor *y, Window *c,
                                                 Descriptor *x, int algorithm, size_t *bytes) {
  return x && w && y ? workspace(h, c, algorithm, bytes) : BAD_PARAM;
}
int cudnnGetConvolutionBackwardFilterWorkspaceSize(void *h, Descriptor *x, Descriptor *y, Window *c,
                                                   Descriptor *w, int algorithm, size_t *bytes) {
  return x && w && y ? workspace(h, c, algorithm, bytes) : BAD_PARAM;
}

static float get(const void *p, int64_t i, int type, int tf32) {
  uint32_t bits;
  float f;
  if (type == BF16) {
    bits = (uint32_t)((const uint16_t *)p)[i] << 16;
  } else {
    bits = ((const uint32_t *)p)[i];
    if (tf32) { bits = (bits + 0xfff + (bits >> 13 & 1)) & ~0x1fffu; }
  }
  memcpy(&f, &bits, 4);
  return f;
}
static void put(void *p, int64_t i, int type, float f) {
  uint32_t bits;
  memcpy(&bits, &f, 4);
  if (type == FLOAT) {
    ((float *)p)[i] = f;
  } else {
    ((uint16_t *)p)[i] = (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
  }
}
static double *load(const Descriptor *d, const void *p, int zero, int tf32) {
  int64_t n = (int64_t)d->d[0] * d->d[1] * d->d[2] * d->d[3];
  double *v = calloc(n, sizeof *v);
  for (int64_t i = 0; !zero && i < n; i++) { v[i] = get(p, i, d->type, tf32); }
  return v;
}

/* pass 0: y from x, w; 1: x from w, y; 2: w from x, y. */
static int convolve(int pass, const Descriptor *xd, void *x, const Descriptor *wd, void *w,
                    const Descriptor *yd, void *y, const Window *c, int algorithm, void *memory,
                    size_t bytes, const float *alpha, const float *beta) {
  if (!stream_set || xd->type != wd->type || xd->type != yd->type || *alpha != 1 || *beta != 0 ||
      xd->d[0] != yd->d[0] || xd->d[1] != wd->d[1] || yd->d[1] != wd->d[0] ||
      (xd->type == FLOAT && c->math == 1) || (xd->type == BF16 && c->math != 1)) {
    return BAD_PARAM;
  }
  if (algorithm == 1) {
    size_t needed;
    workspace(&marker, c, algorithm, &needed);
    if (bytes < needed) { return BAD_PARAM; }
    memset(memory, 0x5a, needed);
  }
  int tf32 = c->math == 0;
  double *xv = load(xd, x, pass == 1, tf32), *wv = load(wd, w, pass == 2, tf32);
  double *yv = load(yd, y, pass == 0, tf32);
  int channels = xd->d[1], kh = wd->d[2], kw = wd->d[3], height = xd->d[2], width = xd->d[3];
  for (int n = 0; n < yd->d[0]; n++)
    for (int o = 0; o < yd->d[1]; o++)
      for (int oh = 0; oh < yd->d[2]; oh++)
        for (int ow = 0; ow < yd->d[3]; ow++)
          for (int i = 0; i < kh; i++)
            for (int j = 0; j < kw; j++) {
              int h = oh * c->stride - c->pad + i, v = ow * c->stride - c->pad + j;
              if (h < 0 || h >= height || v < 0 || v >= width) { continue; }
              for (int ch = 0; ch < channels; ch++) {
                double *px = &xv[(((int64_t)n * height + h) * width + v) * channels + ch];
                double *pw = &wv[(((int64_t)o * kh + i) * kw + j) * channels + ch];
                double *py = &yv[(((int64_t)n * yd->d[2] + oh) * yd->d[3] + ow) * yd->d[1] + o];
                if (pass == 0) { *py += *px * *pw; }
                if (pass == 1) { *px += *py * *pw; }
                if (pass == 2) { *pw += *py * *px; }
              }
            }
  const Descriptor *rd = pass == 0 ? yd : pass == 1 ? xd : wd;
  void *result = pass == 0 ? y : pass == 1 ? x : w;
  double *rv = pass == 0 ? yv : pass == 1 ? xv : wv;
  int64_t count = (int64_t)rd->d[0] * rd->d[1] * rd->d[2] * rd->d[3];
  for (int64_t i = 0; i < count; i++) { put(result, i, rd->type, (float)rv[i]); }
  free(xv);
  free(wv);
  free(yv);
  return 0;
}

int cudnnConvolutionForward(void *h, const float *alpha, Descriptor *xd, void *x, Descriptor *wd,
                            void *w, Window *c, int algorithm, void *memory, size_t bytes,
                            const float *beta, Descriptor *yd, void *y) {
  return h ? convolve(0, xd, x, wd, w, yd, y, c, algorithm, memory, bytes, alpha, beta) : BAD_PARAM;
}
int cudnnConvolutionBackwardData(void *h, const float *alpha, Descriptor *wd, void *w,
                                 Descriptor *yd, void *y, Window *c, int algorithm, void *memory,
                                 size_t bytes, const float *beta, Descriptor *xd, void *x) {
  return h ? convolve(1, xd, x, wd, w, yd, y, c, algorithm, memory, bytes, alpha, beta) : BAD_PARAM;
}
int cudnnConvolutionBackwardFilter(void *h, const float *alpha, Descriptor *xd, void *x,
                                   Descriptor *yd, void *y, Window *c, int algorithm, void *memory,
                                   size_t bytes, const float *beta, Descriptor *wd, void *w) {
  return h ? convolve(2, xd, x, wd, w, yd, y, c, algorithm, memory, bytes, alpha, beta) : BAD_PARAM;
}
int cudnnFindConvolutionForwardAlgorithmEx(void *h, Descriptor *xd, void *x, Descriptor *wd,
                                           void *w, Window *c, Descriptor *yd, void *y, int asked,
                                           int *count, Perf *perf, void *memory, size_t bytes) {
  return xd && wd && yd && x && w && y && (memory || !bytes)
             ? list(h, asked, count, perf, c->math, bytes, 1)
             : BAD_PARAM;
}
int cudnnFindConvolutionBackwardDataAlgorithmEx(void *h, Descriptor *wd, void *w, Descriptor *yd,
                                                void *y, Window *c, Descriptor *xd, void *x,
                                                int asked, int *count, Perf *perf, void *memory,
                                                size_t bytes) {
  return xd && wd && yd && x && w && y && (memory || !bytes)
             ? list(h, asked, count, perf, c->math, bytes, 1)
             : BAD_PARAM;
}
int cudnnFindConvolutionBackwardFilterAlgorithmEx(void *h, Descriptor *xd, void *x, Descriptor *yd,
                                                  void *y, Window *c, Descriptor *wd, void *w,
                                                  int asked, int *count, Perf *perf, void *memory,
                                                  size_t bytes) {
  return xd && wd && yd && x && w && y && (memory || !bytes)
             ? list(h, asked, count, perf, c->math, bytes, 1)
             : BAD_PARAM;
}

#include "fake_cudnn_graph.c"
