/* cuBLAS as loops on the host: column-major, as the real one. */
#include <stdint.h>
#include <string.h>

static int workspace_set;

int cublasCreate_v2(void **handle) { *handle = &workspace_set; return 0; }
int cublasDestroy_v2(void *handle) { return handle == &workspace_set ? 0 : 7; }
int cublasGetVersion_v2(void *handle, int *version) { *version = 120605; return handle ? 0 : 7; }
int cublasSetStream_v2(void *handle, void *stream) { workspace_set = 0; return handle && stream ? 0 : 7; }
int cublasSetMathMode(void *handle, int mode) { return handle && mode == 16 ? 0 : 7; }
int cublasSetWorkspace_v2(void *handle, void *memory, size_t bytes) {
  workspace_set = 1;
  return handle && memory && bytes == 32ul << 20 ? 0 : 7;
}
const char *cublasGetStatusString(int status) { return status == 7 ? "the fake was misused" : "?"; }

enum { F32 = 0, BF16 = 14 };

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
  if (type == BF16) {
    ((uint16_t *)p)[i] = (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
  } else {
    ((float *)p)[i] = f;
  }
}

int cublasGemmEx(void *handle, int ta, int tb, int m, int n, int k, const float *alpha,
                 const void *a, int at, int lda, const void *b, int bt, int ldb, const float *beta,
                 void *c, int ct, int ldc, int compute, int algorithm) {
  if (!handle || !workspace_set || at != bt || at != ct || (at != F32 && at != BF16) ||
      (compute != 68 && compute != 77) || algorithm != -1 || lda < (ta ? k : m) ||
      ldb < (tb ? n : k) || ldc < m) {
    return 7;
  }
  for (int j = 0; j < n; j++) {
    for (int i = 0; i < m; i++) {
      double sum = 0;
      for (int l = 0; l < k; l++) {
        sum += (double)get(a, ta ? l + (int64_t)i * lda : i + (int64_t)l * lda, at, compute == 77) *
               get(b, tb ? j + (int64_t)l * ldb : l + (int64_t)j * ldb, bt, compute == 77);
      }
      int64_t at_c = i + (int64_t)j * ldc;
      double before = *beta == 0 ? 0 : *beta * get(c, at_c, ct, 0);
      put(c, at_c, ct, (float)(*alpha * sum + before));
    }
  }
  return 0;
}
