package org.clusternet.engine.cuda.jcuda;

import jcuda.Pointer;
import jcuda.cudaDataType;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasComputeType;
import jcuda.jcublas.cublasGemmAlgo;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasMath;
import jcuda.jcublas.cublasOperation;
import jcuda.jcublas.cublasStatus;
import jcuda.runtime.cudaStream_t;
import org.clusternet.engine.cuda.api.Blas;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.Gemm;
import org.clusternet.engine.cuda.api.MathMode;
import org.clusternet.engine.cuda.api.Stream;
import org.clusternet.engine.tensor.DType;
import org.jspecify.annotations.Nullable;

/**
 * cuBLAS. Its matrices are column-major: a row-major matrix is its transpose, so that C = A B is
 * asked for as C^T = B^T A^T, with the operands exchanged.
 *
 * <p>The workspace is given, of the size that NVIDIA recommends for Hopper, as the library's own
 * would be allocated within a capture and would let results differ between streams.
 */
final class NvidiaBlas implements Blas {
  private static final long WORKSPACE = 32L << 20;

  private final NvidiaDriver driver;
  private final cublasHandle handle = new cublasHandle();
  private final long workspace;
  private @Nullable Stream bound;

  NvidiaBlas(NvidiaDriver driver) {
    this.driver = driver;
    driver.enter();
    check(JCublas2.cublasCreate(handle), "cublasCreate");
    check(
        JCublas2.cublasSetMathMode(
            handle, cublasMath.CUBLAS_MATH_DISALLOW_REDUCED_PRECISION_REDUCTION),
        "cublasSetMathMode(DEFAULT | DISALLOW_REDUCED_PRECISION_REDUCTION)");
    this.workspace = driver.allocate(WORKSPACE);
  }

  private static void check(int status, String function, Object... arguments) {
    if (status != cublasStatus.CUBLAS_STATUS_SUCCESS) {
      throw CudaException.of(
          Call.text(function, arguments),
          cublasStatus.stringFor(status),
          JCublas2.cublasGetStatusString(status));
    }
  }

  @Override
  public String describe() {
    int[] version = new int[1];
    check(JCublas2.cublasGetVersion(handle, version), "cublasGetVersion");
    int v = version[0];
    return "cuBLAS %d.%d.%d".formatted(v / 10_000, v / 100 % 100, v % 100);
  }

  @Override
  public synchronized void gemm(Gemm g, MathMode math, long a, long b, long c, Stream stream) {
    driver.enter();
    bind(stream);
    int type = g.dtype() == DType.BF16 ? cudaDataType.CUDA_R_16BF : cudaDataType.CUDA_R_32F;
    boolean tf32 = g.dtype() == DType.F32 && math == MathMode.TF32;
    check(
        JCublas2.cublasGemmEx_new(
            handle,
            g.transposeB() ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N,
            g.transposeA() ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N,
            g.n(),
            g.m(),
            g.k(),
            Pointer.to(new float[] {1}),
            Addresses.device(b),
            type,
            g.transposeB() ? g.k() : g.n(),
            Addresses.device(a),
            type,
            g.transposeA() ? g.m() : g.k(),
            Pointer.to(new float[] {g.accumulate() ? 1 : 0}),
            Addresses.device(c),
            type,
            g.n(),
            tf32
                ? cublasComputeType.CUBLAS_COMPUTE_32F_FAST_TF32
                : cublasComputeType.CUBLAS_COMPUTE_32F,
            cublasGemmAlgo.CUBLAS_GEMM_DEFAULT),
        "cublasGemmEx",
        "gemm",
        g,
        "math",
        math,
        "a",
        Call.hex(a),
        "b",
        Call.hex(b),
        "c",
        Call.hex(c));
  }

  /** Setting the stream resets the workspace. */
  private void bind(Stream stream) {
    if (!stream.equals(bound)) {
      check(
          JCublas2.cublasSetStream(handle, new cudaStream_t(NvidiaDriver.handle(stream))),
          "cublasSetStream");
      check(
          JCublas2.cublasSetWorkspace(handle, Addresses.device(workspace), WORKSPACE),
          "cublasSetWorkspace",
          "bytes",
          WORKSPACE);
      bound = stream;
    }
  }

  @Override
  public void close() {
    driver.enter();
    check(JCublas2.cublasDestroy(handle), "cublasDestroy");
    driver.free(workspace);
  }
}
