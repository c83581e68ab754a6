/* A driver whose GPU is the host: memory is malloc's, all work runs at once. It serves to run what
   stands on JCuda's natives - names, order and types of arguments - where there is no GPU. Kernels
   are the few that it knows by name. FAKE_CUDA chooses what goes wrong; see each use. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NO_DEVICE = 100, INVALID_PTX = 218, NOT_FOUND = 500 };

typedef struct { char name[64]; } Function;
typedef struct Block { void *memory; struct Block *next; } Block;

static Block *device_blocks, *pinned_blocks;
static int context_marker, captures;
static __thread void *current;

static int wrong(const char *what) {
  const char *chosen = getenv("FAKE_CUDA");
  return chosen && strcmp(chosen, what) == 0;
}

#define NEED_CONTEXT if (current != &context_marker) { return 201; }

static int take(Block **list, void **result, size_t bytes) {
  Block *block = malloc(sizeof(Block));
  if (posix_memalign(&block->memory, 256, bytes)) { return OUT_OF_MEMORY; }
  block->next = *list;
  *list = block;
  *result = block->memory;
  return 0;
}

static int give(Block **list, void *memory) {
  for (; *list; list = &(*list)->next) {
    if ((*list)->memory == memory) {
      Block *block = *list;
      *list = block->next;
      free(memory);
      free(block);
      return 0;
    }
  }
  return INVALID_VALUE;
}

int cuInit(unsigned flags) { return flags ? INVALID_VALUE : wrong("no device") ? NO_DEVICE : 0; }
int cuDriverGetVersion(int *version) { *version = 12040; return 0; }
int cuDeviceGet(int *device, int ordinal) { *device = ordinal; return ordinal ? 101 : 0; }
int cuDeviceGetName(char *name, int size, int device) {
  snprintf(name, size, "Fake GPU %d", device);
  return 0;
}
int cuDeviceTotalMem_v2(size_t *bytes, int device) { *bytes = 1ul << 30; return device; }
int cuDeviceGetAttribute(int *value, int which, int device) {
  switch (which) {
    case 75: *value = 9; break;
    case 76: *value = 0; break;
    case 16: *value = 132; break;
    case 39: *value = 2048; break;
    case 97: *value = 227 << 10; break;
    default: return INVALID_VALUE;
  }
  return device;
}
int cuDevicePrimaryCtxRetain(void **context, int device) { *context = &context_marker; return device; }
int cuDevicePrimaryCtxRelease_v2(int device) {
  if (device_blocks || pinned_blocks) { fprintf(stderr, "fake driver: memory is left\n"); }
  return device;
}
int cuCtxSetCurrent(void *context) { current = context; return 0; }
int cuMemGetInfo_v2(size_t *free_bytes, size_t *total) {
  NEED_CONTEXT
  *free_bytes = 123456789;
  *total = 1ul << 30;
  return 0;
}
int cuMemAlloc_v2(void **result, size_t bytes) {
  NEED_CONTEXT
  if (bytes > 1ul << 29) { return OUT_OF_MEMORY; }
  return take(&device_blocks, result, bytes);
}
int cuMemFree_v2(void *memory) { NEED_CONTEXT return give(&device_blocks, memory); }
int cuMemHostAlloc(void **result, size_t bytes, unsigned flags) {
  NEED_CONTEXT
  return flags ? INVALID_VALUE : take(&pinned_blocks, result, bytes);
}
int cuMemFreeHost(void *memory) { NEED_CONTEXT return give(&pinned_blocks, memory); }
int cuMemsetD8Async(void *to, unsigned char value, size_t bytes, void *stream) {
  NEED_CONTEXT
  memset(to, value, bytes);
  return stream ? 0 : INVALID_VALUE;
}
static int copied(void *to, const void *from, size_t bytes, void *stream) {
  NEED_CONTEXT
  memcpy(to, from, bytes);
  return stream ? 0 : INVALID_VALUE;
}
int cuMemcpyHtoDAsync_v2(void *to, void *from, size_t n, void *s) { return copied(to, from, n, s); }
int cuMemcpyDtoHAsync_v2(void *to, void *from, size_t n, void *s) { return copied(to, from, n, s); }
int cuMemcpyDtoDAsync_v2(void *to, void *from, size_t n, void *s) { return copied(to, from, n, s); }

int cuModuleLoadDataEx(void **module, const char *ptx, unsigned n, int *options, void **values) {
  NEED_CONTEXT
  if (strncmp(ptx, ".version", 8) != 0) {
    for (unsigned i = 0; i + 1 < n; i++) {
      if (options[i] == 5 && options[i + 1] == 6) {
        snprintf(values[i], (size_t)values[i + 1], "ptxas: line 1: no .version");
      }
    }
    return INVALID_PTX;
  }
  *module = strdup(ptx);
  return 0;
}
int cuModuleUnload(void *module) { free(module); return 0; }
int cuModuleGetFunction(Function **function, char *module, const char *name) {
  char entry[80];
  snprintf(entry, sizeof entry, ".entry %s(", name);
  if (!strstr(module, entry)) { return NOT_FOUND; }
  *function = calloc(1, sizeof(Function)); /* the driver's too live as long as the module */
  strncpy((*function)->name, name, sizeof((*function)->name) - 1);
  return 0;
}
int cuFuncSetAttribute(Function *f, int which, int value) {
  return f && which == 8 && value <= 227 << 10 ? 0 : INVALID_VALUE;
}

static float widen(uint16_t b) {
  uint32_t bits = (uint32_t)b << 16;
  float f;
  memcpy(&f, &bits, 4);
  return f;
}
static uint16_t narrow(float f) {
  uint32_t bits;
  memcpy(&bits, &f, 4);
  return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

#define P(i, T) (*(T *)parameters[i])
int cuLaunchKernel(Function *f, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by,
                   unsigned bz, unsigned shared, void *stream, void **parameters, void **extra) {
  NEED_CONTEXT
  if (wrong("launch")) { return 719; }
  if (gx < 1 || gy != 1 || gz != 1 || bx < 32 || by != 1 || bz != 1 || shared > 227 << 10 ||
      !stream || extra) {
    return INVALID_VALUE;
  }
  if (strcmp(f->name, "fill_32") == 0) {
    uint32_t *y = P(0, uint32_t *);
    for (int64_t i = 0; i < P(1, int64_t); i++) { y[i] = (uint32_t)P(2, uint64_t); }
  } else if (strcmp(f->name, "conv2d_bias_f32") == 0) {
    float *y = P(0, float *), *bias = P(1, float *);
    for (int64_t i = 0; i < P(2, int64_t); i++) { y[i] += bias[i % P(3, int)]; }
  } else if (strcmp(f->name, "conv2d_bias_gradient_f32") == 0) {
    float *y = P(0, float *), *sums = P(1, float *);
    int columns = P(3, int);
    for (int c = 0; c < columns; c++) { sums[c] = 0; }
    for (int64_t i = 0; i < P(2, int64_t) * columns; i++) { sums[i % columns] += y[i]; }
  } else if (strcmp(f->name, "cast_f32_bf16") == 0) {
    for (int64_t i = 0; i < P(2, int64_t); i++) { P(1, uint16_t *)[i] = narrow(P(0, float *)[i]); }
  } else if (strcmp(f->name, "cast_bf16_f32") == 0) {
    for (int64_t i = 0; i < P(2, int64_t); i++) { P(1, float *)[i] = widen(P(0, uint16_t *)[i]); }
  } else {
    return NOT_FOUND;
  }
  return 0;
}

static int handle(void **result) { *result = malloc(1); return 0; }
int cuStreamCreate(void **stream, unsigned flags) { return flags == 1 ? handle(stream) : INVALID_VALUE; }
int cuStreamDestroy_v2(void *stream) { free(stream); return 0; }
int cuStreamSynchronize(void *stream) { NEED_CONTEXT return stream ? 0 : INVALID_VALUE; }
int cuStreamWaitEvent(void *stream, void *event, unsigned flags) {
  return stream && event && !flags ? 0 : INVALID_VALUE;
}
int cuEventCreate(void **event, unsigned flags) { return flags ? INVALID_VALUE : handle(event); }
int cuEventDestroy_v2(void *event) { free(event); return 0; }
int cuEventRecord(void *event, void *stream) { return event && stream ? 0 : INVALID_VALUE; }
int cuEventSynchronize(void *event) { return event ? 0 : INVALID_VALUE; }
int cuEventElapsedTime(float *ms, void *from, void *to) { *ms = 1.5f; return from && to ? 0 : 1; }
int cuStreamBeginCapture_v2(void *stream, int mode) { return stream && mode == 1 ? 0 : INVALID_VALUE; }
int cuStreamEndCapture(void *stream, void **graph) { return stream ? handle(graph) : INVALID_VALUE; }
int cuGraphInstantiateWithFlags(void **executable, void *graph, unsigned long long flags) {
  return graph && !flags ? handle(executable) : INVALID_VALUE;
}
int cuGraphDestroy(void *graph) { free(graph); return 0; }
int cuGraphLaunch(void *executable, void *stream) { captures++; return executable && stream ? 0 : 1; }
int cuGraphExecDestroy(void *executable) { free(executable); return 0; }
int cuGetErrorString(int status, const char **text) {
  *text = status == OUT_OF_MEMORY ? "out of memory" : status == NO_DEVICE ? "no CUDA-capable device is detected" : "something is wrong";
  return 0;
}
