package org.clusternet.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.parameter.Parameter;
import org.clusternet.nn.testing.Expect;
import org.clusternet.nn.testing.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingTest {

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void overfitsEightRandomImages(DType compute) {
    try (Device device = Devices.cpu(1);
        Training training = new Training(device, compute, 1, 8, 3, 64, 64)) {
      double first = training.step(3e-3);
      double last = first;
      for (int step = 1; step < 60; step++) {
        last = training.step(3e-3);
      }
      assertTrue(last < first / 10, "loss fell from " + first + " to " + last);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16", "F64"})
  void allocatesNothingAfterTheFirstStep(DType compute) {
    try (Device device = Devices.cpu(1);
        Training training = new Training(device, compute, 1, 2, 3, 49, 37)) {
      long baseline = device.memory().liveBytes();
      training.step(1e-3);
      assertEquals(baseline, device.memory().liveBytes(), "after the first step");
      long allocations = device.memory().sourceAllocations();
      long peak = device.memory().peakBytes();
      for (int step = 2; step <= 5; step++) {
        training.step(1e-3);
        assertEquals(baseline, device.memory().liveBytes(), "after step " + step);
        assertEquals(allocations, device.memory().sourceAllocations(), "step " + step);
        assertEquals(peak, device.memory().peakBytes(), "step " + step);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void sameSeedGivesSameBits(DType compute) {
    double[] first = afterTwoSteps(compute, 1);
    Expect.finite("parameters", first);
    assertArrayEquals(first, afterTwoSteps(compute, 1));
    assertFalse(Arrays.equals(first, afterTwoSteps(compute, 2)), "another seed");
  }

  private static double[] afterTwoSteps(DType compute, long seed) {
    try (Device device = Devices.cpu(2);
        Training training = new Training(device, compute, seed, 4, 3, 33, 33)) {
      for (int step = 0; step < 2; step++) {
        training.step(1e-3);
      }
      return HostValues.get(device, training.parameters().values());
    }
  }

  /** The gradients of F32 through oneDNN against those of the oracle, tensor by tensor. */
  @Test
  void gradientsAgreeWithTheOracle() {
    try (Device device = Devices.cpu(2);
        Training oracle = new Training(device, DType.F64, 1, 3, 3, 49, 37);
        Training f32 = new Training(device, DType.F32, 1, 3, 3, 49, 37)) {
      HostValues.set(device, oracle.images(), HostValues.get(device, f32.images()));
      copyParameters(device, f32, oracle);
      assertEquals(oracle.backward(), f32.backward(), 1e-5);
      for (int i = 0; i < oracle.parameters().all().size(); i++) {
        Parameter expected = oracle.parameters().all().get(i);
        if (expected.isTrainable()) {
          Expect.close(
              "gradient of " + expected.key(),
              HostValues.get(device, expected.gradient()),
              HostValues.get(device, f32.parameters().all().get(i).gradient()),
              1e-3);
        }
      }
    }
  }

  private static void copyParameters(Device device, Training from, Training to) {
    Map<String, Tensor> targets = to.parameters().tensors();
    from.parameters()
        .tensors()
        .forEach(
            (key, t) ->
                HostValues.set(device, Expect.present(targets, key), HostValues.get(device, t)));
  }
}
