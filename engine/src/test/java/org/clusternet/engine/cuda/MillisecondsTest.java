package org.clusternet.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.clusternet.engine.cuda.emulated.EmulatedGpu;
import org.clusternet.engine.op.Fill;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.junit.jupiter.api.Test;

/**
 * Times by events; the clock of the emulated GPU counts launches. A driver left with events fails.
 */
class MillisecondsTest {
  private static final TensorType TYPE = TensorType.of(DType.F32, 100);

  @Test
  void measuresFromTheStartToTheEndOfTheWork() {
    try (CudaDevice device = EmulatedGpu.device();
        Scope scope = device.scope()) {
      Tensor tensor = scope.allocate(TYPE);
      double before = device.milliseconds(() -> fill(device, tensor));
      double after = device.milliseconds(() -> fill(device, tensor));
      assertTrue(before > 0);
      assertEquals(before + 1, after);
    }
  }

  @Test
  void eventsAreDestroyedWhenTheWorkFails() {
    try (CudaDevice device = EmulatedGpu.device()) {
      Runnable work =
          () -> {
            throw new IllegalStateException("work");
          };
      assertThrows(IllegalStateException.class, () -> device.milliseconds(work));
    }
  }

  private static void fill(CudaDevice device, Tensor tensor) {
    device.run(new Fill(TYPE, 2), new Tensor[0], new Tensor[] {tensor});
  }
}
