package org.clusternet.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.junit.jupiter.api.Test;

class TensorBasicsTest {

  @Test
  void aRowIsAddedToEachRow() {
    try (Device device = Devices.cpu(1)) {
      assertArrayEquals(new double[] {11, 22, 33, 14, 25, 36}, TensorBasics.sum(device));
      assertEquals(0, device.memory().liveBytes());
    }
  }

  /**
   * By hand: x W^T + b - t = ((1 - 3 + 0.5, 2 + 2 - 0.5 - 1), (-1 + 0.5 - 1, -1 - 0.5)), so the
   * errors are e = ((-1.5, 2.5), (-1.5, -1.5)), and the gradients are 2 e^T x and the sums of 2 e.
   */
  @Test
  void theGradientsAreThoseOfTheSquaredError() {
    try (Device device = Devices.cpu(1)) {
      TensorBasics.Gradients gradients = TensorBasics.gradients(device);
      assertEquals(2.25 + 6.25 + 2.25 + 2.25, gradients.loss());
      assertArrayEquals(
          new double[] {
            2 * -1.5, 2 * (-3 + 1.5), 2 * (-4.5 - 1.5), 5, 2 * (5 + 1.5), 2 * (7.5 - 1.5)
          },
          gradients.weight());
      assertArrayEquals(new double[] {2 * -3.0, 2 * 1.0}, gradients.bias());
      assertEquals(0, device.memory().liveBytes());
    }
  }
}
