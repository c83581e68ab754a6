package org.clusternet.engine.cuda;

import org.clusternet.engine.cuda.api.MathMode;

/**
 * How a CUDA device computes.
 *
 * @param math arithmetic of products of F32 numbers
 * @param deterministic whether only algorithms are used that always give the same bits, chosen
 *     without measuring, so that two runs choose the same
 * @param workspaceBytes the most that an algorithm of a convolution may use beside its operands
 * @param stagingBytes size of each of the two pinned buffers, and of each of the two on the GPU,
 *     through which copies go
 * @param blockSize threads per block of kernels that work at any multiple of 32
 * @param synchronous whether to wait for each op, so that an error names the op that caused it
 */
public record CudaSettings(
    MathMode math,
    boolean deterministic,
    long workspaceBytes,
    long stagingBytes,
    int blockSize,
    boolean synchronous) {

  private static final int WARP = 32;
  private static final int LARGEST_BLOCK = 1024;

  /** Checks the sizes. */
  public CudaSettings {
    require(workspaceBytes >= 0, "workspaceBytes=" + workspaceBytes + "; at least 0");
    require(stagingBytes >= 1, "stagingBytes=" + stagingBytes + "; at least 1");
    require(
        blockSize >= WARP && blockSize <= LARGEST_BLOCK && blockSize % WARP == 0,
        "blockSize=" + blockSize + "; a multiple of 32 up to 1024");
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("CUDA settings: " + what);
    }
  }

  /**
   * F32 as F32, the fastest algorithms with up to 1 GiB of workspace, copies in parts of up to 64
   * MiB, blocks of 256 threads; waiting for each op where {@code -Dclusternet.cuda.synchronous}
   * says so.
   */
  public static CudaSettings defaults() {
    return new CudaSettings(
        MathMode.FP32,
        Boolean.getBoolean("clusternet.cuda.deterministic"),
        1L << 30,
        64L << 20,
        256,
        Boolean.getBoolean("clusternet.cuda.synchronous"));
  }

  /** These settings with another arithmetic. */
  public CudaSettings with(MathMode other) {
    return new CudaSettings(
        other, deterministic, workspaceBytes, stagingBytes, blockSize, synchronous);
  }

  /** These settings with deterministic algorithms, or with the fastest. */
  public CudaSettings deterministic(boolean only) {
    return new CudaSettings(math, only, workspaceBytes, stagingBytes, blockSize, synchronous);
  }

  /** These settings with another bound on workspaces. */
  public CudaSettings workspace(long bytes) {
    return new CudaSettings(math, deterministic, bytes, stagingBytes, blockSize, synchronous);
  }

  /** These settings with other sizes of the buffers for copies. */
  public CudaSettings staging(long bytes) {
    return new CudaSettings(math, deterministic, workspaceBytes, bytes, blockSize, synchronous);
  }

  /** These settings with another block size. */
  public CudaSettings blocks(int threads) {
    return new CudaSettings(
        math, deterministic, workspaceBytes, stagingBytes, threads, synchronous);
  }
}
