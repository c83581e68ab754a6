package org.clusternet.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.parameter.Initial;
import org.clusternet.nn.parameter.Parameter;
import org.clusternet.nn.parameter.Parameters;
import org.clusternet.nn.safetensors.SafetensorsFile;
import org.clusternet.nn.testing.Expect;
import org.clusternet.nn.testing.Training;
import org.clusternet.nn.weights.Weights;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdamTest {
  private static Device device;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    device = Devices.cpu(1);
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** Algorithm 1 of the paper, line by line. */
  private static final class Reference {
    private final double[] theta;
    private final double[] m;
    private final double[] v;
    private int t;

    Reference(double[] initial) {
      theta = initial.clone();
      m = new double[initial.length];
      v = new double[initial.length];
    }

    void step(double alpha, double[] g) {
      t++;
      for (int i = 0; i < theta.length; i++) {
        m[i] = 0.9 * m[i] + (1 - 0.9) * g[i];
        v[i] = 0.999 * v[i] + (1 - 0.999) * g[i] * g[i];
        double corrected = m[i] / (1 - Math.pow(0.9, t));
        double square = v[i] / (1 - Math.pow(0.999, t));
        theta[i] -= alpha * corrected / (Math.sqrt(square) + 1e-8);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"F64, 1e-13", "F32, 1e-6"})
  void agreesWithAlgorithm1OfThePaper(DType dtype, double tolerance) {
    try (Parameters parameters = new Parameters(device, dtype)) {
      Parameter a = parameters.root().parameter("a", Initial.normal(1), 5, 3, 3, 3);
      Parameter b = parameters.root().parameter("b", Initial.normal(1), 7);
      parameters.initialise(1);
      Reference[] references = {
        new Reference(HostValues.get(device, a.value())),
        new Reference(HostValues.get(device, b.value()))
      };
      Parameter[] both = {a, b};
      Random random = new Random(3);
      try (Adam adam = new Adam(parameters, Adam.Settings.defaults())) {
        for (int step = 1; step <= 50; step++) {
          double rate = step <= 25 ? 1e-2 : 1e-3;
          parameters.gradients();
          for (int k = 0; k < 2; k++) {
            double[] g =
                random
                    .doubles(both[k].shape().elements())
                    .map(x -> (float) (random.nextGaussian() * 0.1))
                    .toArray();
            HostValues.set(device, both[k].gradient(), g);
            references[k].step(rate, g);
          }
          adam.step(rate);
          assertEquals(step, adam.steps());
        }
        for (int k = 0; k < 2; k++) {
          double[] actual = HostValues.get(device, both[k].value());
          Expect.close(both[k].key(), references[k].theta, actual, tolerance);
        }
      }
    }
  }

  @Test
  void gapsBetweenSlicesStayZero() {
    try (Parameters parameters = new Parameters(device, DType.F32)) {
      Parameter a = parameters.root().parameter("a", Initial.constant(1), 1);
      parameters.root().parameter("b", Initial.constant(1), 1);
      parameters.initialise(1);
      try (Adam adam = new Adam(parameters, Adam.Settings.defaults())) {
        HostValues.set(device, a.gradient(), 1);
        adam.step(0.5);
        double[] expected = new double[17];
        expected[0] = 0.5;
        expected[16] = 1;
        Expect.close("all", expected, HostValues.get(device, parameters.values()), 1e-6);
      }
    }
  }

  @Test
  void resumedTrainingContinuesBitForBit() throws IOException {
    Path checkpoint = folder.resolve("checkpoint.safetensors");
    double[] uninterrupted;
    try (Training training = new Training(device, DType.F32, 1, 4, 3, 32, 32)) {
      training.step(1e-3);
      training.step(1e-3);
      Weights.save(
          checkpoint,
          Map.of("adam.steps", Long.toString(training.adam().steps())),
          device,
          state(training));
      training.step(1e-3);
      uninterrupted = HostValues.get(device, training.parameters().values());
    }
    try (Training training = new Training(device, DType.F32, 2, 4, 3, 32, 32);
        SafetensorsFile file = SafetensorsFile.open(checkpoint)) {
      Weights.load(file, device, state(training));
      training.adam().resume(Long.parseLong(file.metadata().get("adam.steps")));
      training.step(1e-3);
      assertArrayEquals(uninterrupted, HostValues.get(device, training.parameters().values()));
    }
  }

  private static Map<String, Tensor> state(Training training) {
    Map<String, Tensor> state = training.adam().tensors();
    state.putAll(training.parameters().tensors());
    return state;
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-3, Double.NaN, Double.POSITIVE_INFINITY})
  void rejectsInvalidLearningRates(double rate) {
    try (Parameters parameters = new Parameters(device, DType.F32)) {
      parameters.root().parameter("a", Initial.constant(1), 1);
      parameters.initialise(1);
      try (Adam adam = new Adam(parameters, Adam.Settings.defaults())) {
        String message = Expect.refusal(IllegalArgumentException.class, () -> adam.step(rate));
        assertEquals(
            "Adam: learning rate=" + rate + "; it must be a number of at least 0", message);
        assertEquals(0, adam.steps());
        assertEquals(
            "Adam: steps=-1; it must be at least 0",
            Expect.refusal(IllegalArgumentException.class, () -> adam.resume(-1)));
      }
    }
  }

  @Test
  void rejectsInvalidConstants() {
    assertEquals(
        "Adam: beta1=1.0, beta2=0.999, eps=1.0E-8; it needs 0 <= beta < 1 and eps > 0",
        Expect.refusal(IllegalArgumentException.class, () -> new Adam.Settings(1, 0.999, 1e-8)));
  }
}
