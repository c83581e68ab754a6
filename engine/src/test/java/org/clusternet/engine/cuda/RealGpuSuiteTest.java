package org.clusternet.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.clusternet.engine.Devices;
import org.clusternet.engine.cuda.api.CudaUnavailableException;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.testing.Messages;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/**
 * The suite on a real GPU. Where none works it is skipped, with the reason; with {@code
 * -Dcuda=required} it fails.
 */
class RealGpuSuiteTest {
  private static final double F32_BOUND = 1e-4;
  private static final double BF16_BOUND = 1.0 / 64;

  private static @Nullable Device device;

  @AfterAll
  static void close() {
    if (device != null) {
      device.close();
    }
  }

  /** Reported as skipped where there is none: an aborted factory or class would not be. */
  @Test
  void theGpuIsNamed() {
    assertTrue(gpu().describe().startsWith("cuda: "), gpu().describe());
  }

  @TestFactory
  Stream<DynamicNode> samples() {
    try {
      gpu();
    } catch (TestAbortedException e) {
      return Stream.of(dynamicTest("every op on the GPU", RealGpuSuiteTest::gpu));
    }
    CudaSuite.On real = (DType dtype, Consumer<Device> check) -> check.accept(gpu());
    return new CudaSuite(real, F32_BOUND, BF16_BOUND).tests();
  }

  private static Device gpu() {
    Device known = device;
    if (known != null) {
      return known;
    }
    try {
      Device opened = Devices.cuda(CudaSettings.defaults().deterministic(true));
      device = opened;
      return opened;
    } catch (CudaUnavailableException e) {
      if ("required".equals(System.getProperty("cuda"))) {
        throw e;
      }
      throw new TestAbortedException("no GPU: " + Messages.of(e));
    }
  }
}
