package org.clusternet.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.clusternet.engine.Devices;
import org.clusternet.engine.cuda.api.CudaUnavailableException;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

  private static Device device;

  @AfterAll
  static void close() {
    if (device != null) {
      device.close();
    }
  }

  @BeforeAll
  static void requireGpu() {
    device = open();
  }

  @Test
  void theGpuIsNamed() {
    assertTrue(device.describe().startsWith("cuda: "), device.describe());
  }

  @TestFactory
  Stream<DynamicNode> samples() {
    CudaSuite.On gpu = (DType dtype, Consumer<Device> check) -> check.accept(device);
    return new CudaSuite(gpu, F32_BOUND, BF16_BOUND).tests();
  }

  private static Device open() {
    try {
      return Devices.cuda(CudaSettings.defaults().deterministic(true));
    } catch (CudaUnavailableException e) {
      if ("required".equals(System.getProperty("cuda"))) {
        throw e;
      }
      throw new TestAbortedException("no GPU: " + e.getMessage());
    }
  }
}
