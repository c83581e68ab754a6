package org.clusternet.bench.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.clusternet.benchmark.CropCases;
import org.clusternet.benchmark.StepCases;
import org.clusternet.benchmark.step.LossWatch;
import org.clusternet.benchmark.step.StepTask;
import org.clusternet.engine.Devices;
import org.clusternet.engine.op.AttentionCrop;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibtorchPassesTest {

  @ParameterizedTest
  @CsvSource({
    "branch train, fp32, false",
    "branch train, fp32, true",
    "branch train, bf16, false",
    "branch train, bf16, true",
    "three-headed train, fp32, false"
  })
  void lossFallsInTraining(String pass, String precision, boolean channelsLast) {
    LossWatch watch = new LossWatch();
    try (PeerPass running =
        LibtorchPasses.open(pass, precision, new StepTask(3, 64), channelsLast, 1)) {
      assertTrue(running.trains());
      for (int step = 0; step < 8; step++) {
        watch.next(running.run());
      }
    }
    watch.requireFall();
    assertEquals(8, watch.steps());
  }

  /**
   * By batch statistics in training, and in inference by running statistics, which do not change.
   */
  @Test
  void scriptNormalisesByTheMode() {
    for (boolean training : new boolean[] {true, false}) {
      try (LibtorchHalf half = new LibtorchHalf(new StepTask(3, 64), false, 1, training)) {
        half.run();
        assertEquals(training, half.runningMean() != 0);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"fp32, false", "bf16, true"})
  void repeatedInferenceGivesTheSameOutput(String precision, boolean channelsLast) {
    StepTask task = new StepTask(1, 64);
    try (PeerPass running =
        LibtorchPasses.open(StepCases.BRANCH_INFER, precision, task, channelsLast, 1)) {
      float first = running.run();
      assertTrue(Float.isFinite(first) && first != 0, "logit=" + first);
      assertEquals(first, running.run());
    }
  }

  /** The peer finds the same boxes and crops as our op. */
  @Test
  void cropAgreesWithOurs() {
    StepTask task = new StepTask(3, 64);
    float[][] theirs;
    try (LibtorchCrop crop = new LibtorchCrop(task, 1)) {
      theirs = crop.numbers();
    }
    try (Device device = Devices.cpu(1);
        Scope scope = device.scope()) {
      AttentionCrop op = new AttentionCrop(AttentionCrop.Region.UNION, 0.7, 0.7, 25, 64, 64);
      Tensor[] out =
          new Eager(device, scope)
              .run(
                  op,
                  tensor(device, scope, 3, 3, 64, 64),
                  tensor(device, scope, 3, 512, 2, 2),
                  tensor(device, scope, 3, 512),
                  tensor(device, scope, 3, 3));
      assertArrayEquals(doubles(theirs[1]), HostValues.get(device, out[1]));
      assertArrayEquals(doubles(theirs[0]), HostValues.get(device, out[0]), 1e-5);
    }
  }

  private static Tensor tensor(Device device, Scope scope, int... dims) {
    Tensor tensor = scope.allocate(TensorType.of(DType.F32, dims));
    int elements = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    HostValues.set(device, tensor, doubles(CropCases.input(elements)));
    return tensor;
  }

  private static double[] doubles(float[] numbers) {
    double[] wide = new double[numbers.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = numbers[i];
    }
    return wide;
  }

  @Test
  void rejectsUnknownPasses() {
    StepTask task = new StepTask(2, 64);
    assertThrows(
        IllegalArgumentException.class, () -> LibtorchPasses.open("x", "fp32", task, false, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> LibtorchPasses.open(StepCases.NETWORK_TRAIN, "bf16", task, false, 1));
  }
}
