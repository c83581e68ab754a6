package org.clusternet.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.Stream;
import org.clusternet.engine.cuda.emulated.EmulatedGpu;
import org.clusternet.engine.cuda.emulated.Order;
import org.clusternet.engine.tensor.DType;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The CUDA device over the emulated GPU: our PTX on the emulator, cuBLAS and cuDNN as loops. Each
 * check has a device of its own, which fails if it leaves anything behind; in F32 kernels run when
 * they are started, in BF16 as late as they may.
 */
class EmulatedSuiteTest {
  /** As on the CPU. */
  private static final double F32_BOUND = 1e-5;

  private static final double BF16_BOUND = 1.0 / 64;

  @TestFactory
  Stream<DynamicNode> samples() {
    CudaSuite.On emulated =
        (dtype, check) -> {
          Order order = dtype == DType.BF16 ? Order.LATE : Order.COMPUTE_FIRST;
          try (CudaDevice device = EmulatedGpu.device(order, EmulatedGpu.settings())) {
            check.accept(device);
          }
        };
    return new CudaSuite(emulated, F32_BOUND, BF16_BOUND).tests();
  }

  @Test
  void everyOpHasAKernel() {
    assertEquals(Set.of(), CudaSuite.missing());
  }
}
