package org.clusternet.engine.cuda.emulated;

import org.clusternet.engine.cuda.api.Blas;
import org.clusternet.engine.cuda.api.Gemm;
import org.clusternet.engine.cuda.api.MathMode;
import org.clusternet.engine.cuda.api.Stream;
import org.clusternet.engine.tensor.DType;

/** cuBLAS as three loops in double precision. */
public final class OracleBlas implements Blas {
  private final EmulatedDriver driver;
  private final DeviceArrays arrays;

  /** On the memory of {@code driver}. */
  public OracleBlas(EmulatedDriver driver) {
    this.driver = driver;
    this.arrays = new DeviceArrays(driver.memory());
  }

  @Override
  public String describe() {
    return "oracle of cuBLAS";
  }

  @Override
  public void gemm(Gemm gemm, MathMode math, long a, long b, long c, Stream stream) {
    driver.start(stream, () -> run(gemm, math, a, b, c));
  }

  private void run(Gemm g, MathMode math, long a, long b, long c) {
    double[] left = arrays.read(g.dtype(), a, (long) g.m() * g.k());
    double[] right = arrays.read(g.dtype(), b, (long) g.k() * g.n());
    if (g.dtype() == DType.F32 && math == MathMode.TF32) {
      DeviceArrays.roundToTf32(left);
      DeviceArrays.roundToTf32(right);
    }
    double[] sums =
        g.accumulate()
            ? arrays.read(g.dtype(), c, (long) g.m() * g.n())
            : new double[g.m() * g.n()];
    for (int i = 0; i < g.m(); i++) {
      for (int k = 0; k < g.k(); k++) {
        double l = left[g.transposeA() ? k * g.m() + i : i * g.k() + k];
        for (int j = 0; j < g.n(); j++) {
          sums[i * g.n() + j] += l * right[g.transposeB() ? j * g.k() + k : k * g.n() + j];
        }
      }
    }
    arrays.write(g.dtype(), c, sums);
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
