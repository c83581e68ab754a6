package org.clusternet.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.clusternet.engine.Devices;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.op.MaskCombine;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.nn.Mode;
import org.clusternet.nn.model.ResNetConfig;
import org.clusternet.nn.optim.Adam;
import org.clusternet.nn.parameter.Parameter;
import org.clusternet.nn.safetensors.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The network in F32 and in F64 against libtorch in F64: the same weights and images, the results
 * committed beside this test. {@code ParityFixtures} in {@code bench} computes them;
 * bench/README.md tells how.
 */
class LibtorchParityTest {
  /**
   * What may differ, relative to the largest number of a tensor.
   *
   * @param logits of the heads, losses, attention and heat maps
   * @param gradients of every parameter
   * @param running statistics after a step
   * @param trained weights, losses and logits after Adam's steps
   */
  private record Tolerances(double logits, double gradients, double running, double trained) {
    static final Tolerances F32 = new Tolerances(1e-4, 1e-3, 1e-5, 1e-3);

    /** The fixtures are rounded to F32, and DJL passes eps and momentum as F32. */
    static final Tolerances F64 = new Tolerances(2e-6, 2e-6, 2e-6, 2e-5);
  }

  @TempDir private Path folder;

  /** Everything of a narrow network: all weights, gradients, maps and masks. */
  @Test
  void aNarrowNetworkAgreesWithLibtorchInEveryNumber() throws IOException {
    compare("parity-narrow", 10, DType.F32, Tolerances.F32);
  }

  /** In F64 there is hardly any rounding left to hide a mistake behind. */
  @Test
  void aNarrowNetworkInDoublePrecisionAgreesToTheLastDigitsOfTheFile() throws IOException {
    compare("parity-narrow", 10, DType.F64, Tolerances.F64);
  }

  /** ResNet-18 itself; of each tensor a sample. */
  @Test
  void resNet18AgreesWithLibtorch() throws IOException {
    compare("parity-resnet18", 1, DType.F32, Tolerances.F32);
  }

  private void compare(String name, int steps, DType dtype, Tolerances tolerances)
      throws IOException {
    Path file = folder.resolve(name + ".safetensors");
    try (InputStream in = LibtorchParityTest.class.getResourceAsStream(name + ".safetensors")) {
      Files.copy(in, file);
    }
    try (SafetensorsFile libtorch = SafetensorsFile.open(file);
        Device device = Devices.cpu(2);
        Comparison comparison = new Comparison(device, libtorch, dtype, tolerances)) {
      comparison.inference("inference/", tolerances.logits());
      assertEquals(steps, libtorch.get("losses").shape().get(0));
      comparison.train(steps);
      comparison.inference("end_inference/", tolerances.trained());
    }
  }

  /** The relative error of {@code max |a - b| / max |b|} must be a number, and small enough. */
  private static void assertClose(
      String what, double[] expected, double[] actual, double tolerance) {
    assertEquals(expected.length, actual.length, what);
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      assertTrue(Double.isFinite(actual[i]), what + ": element " + i + " is " + actual[i]);
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    }
    assertTrue(
        difference <= tolerance * largest,
        "%s: differs by %.3g where the largest is %.3g".formatted(what, difference, largest));
  }

  /** Our network, and what libtorch's made of the same. */
  private static final class Comparison implements AutoCloseable {
    private final Device device;
    private final SafetensorsFile libtorch;
    private final Tolerances tolerances;
    private final ClusterNet net;
    private final Scope scope;
    private final Tensor images;
    private final Tensor labels;
    private final Tensor classWeights;

    Comparison(Device device, SafetensorsFile libtorch, DType dtype, Tolerances tolerances)
        throws IOException {
      this.tolerances = tolerances;
      this.device = device;
      this.libtorch = libtorch;
      Map<String, String> settings = libtorch.metadata();
      ResNetConfig branch =
          new ResNetConfig(3, numbers(settings.get("widths")), numbers(settings.get("blocks")), 3);
      CropConfig crop =
          new CropConfig(
              0.7,
              0.7,
              25,
              Integer.parseInt(settings.get("crop_size")),
              MaskCombine.Mode.UNION,
              CropConfig.CamClass.PREDICTED);
      net = new ClusterNet(device, new NetworkConfig(Variant.ALL, crop, branch, dtype));
      net.parameters().initialise(Long.parseLong(settings.get("seed")));
      for (Parameter p : net.parameters().all()) {
        if (libtorch.keys().contains("start/" + p.key())) {
          HostValues.set(device, p.value(), expected("start/" + p.key()));
        }
      }
      scope = device.scope();
      List<Long> shape = libtorch.get("image").shape();
      int n = shape.get(0).intValue();
      int size = shape.get(2).intValue();
      images = tensor(TensorType.of(dtype, n, 3, size, size), repeated(expected("image"), size));
      labels = tensor(TensorType.of(DType.I32, n), expected("labels"));
      classWeights = tensor(TensorType.of(dtype, 3), expected("class_weights"));
    }

    private static List<Integer> numbers(String text) {
      return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    }

    private static double[] repeated(double[] channel, int size) {
      int pixels = size * size;
      double[] three = new double[3 * channel.length];
      for (int i = 0; i < three.length; i++) {
        three[i] = channel[i / (3 * pixels) * pixels + i % pixels];
      }
      return three;
    }

    private Tensor tensor(TensorType type, double[] values) {
      Tensor tensor = scope.allocate(type);
      HostValues.set(device, tensor, values);
      return tensor;
    }

    private double[] expected(String key) throws IOException {
      return libtorch.get(key).values();
    }

    /** As many of our numbers as libtorch's file keeps, at even distances. */
    private double[] ours(Tensor tensor, int count) {
      double[] all = HostValues.get(device, tensor);
      double[] some = new double[Math.min(count, all.length)];
      for (int i = 0; i < some.length; i++) {
        some[i] = all[(int) ((long) i * all.length / some.length)];
      }
      return some;
    }

    private void check(String key, Tensor tensor, double tolerance) throws IOException {
      double[] expected = expected(key);
      assertClose(key, expected, ours(tensor, expected.length), tolerance);
    }

    void inference(String at, double tolerance) throws IOException {
      try (Scope pass = device.scope()) {
        Eager run = new Eager(device, pass);
        outputs(at, net.forward(run, Mode.INFERENCE, NetworkInput.of(images), null), tolerance);
      }
      try (FrozenClusterNet frozen = net.freeze();
          Scope pass = device.scope()) {
        Eager run = new Eager(device, pass);
        Outputs outputs = frozen.explain(run, NetworkInput.of(images));
        outputs(at, outputs, tolerance);
        maps(at, second(outputs).region().maps().orElseThrow(), tolerance);
        assertArrayEquals(
            HostValues.get(device, second(outputs).fusion()),
            HostValues.get(device, second(frozen.forward(run, NetworkInput.of(images))).fusion()),
            "with maps and without");
      }
    }

    private static Outputs.SecondStage second(Outputs outputs) {
      return outputs.second().orElseThrow();
    }

    private void outputs(String at, Outputs outputs, double tolerance) throws IOException {
      check(at + "logits_primary", outputs.primary().logits(), tolerance);
      check(at + "logits_auxiliary", second(outputs).auxiliary().logits(), tolerance);
      check(at + "logits_fusion", second(outputs).fusion(), tolerance);
      exact(at + "box", second(outputs).region().box());
      if (libtorch.keys().contains(at + "crop")) {
        check(at + "crop", second(outputs).region().crop(), tolerances.logits());
      }
    }

    private void maps(String at, CropRegion.Maps maps, double tolerance) throws IOException {
      check(at + "cam", maps.cam(), tolerance);
      if (libtorch.keys().contains(at + "h1")) {
        check(at + "h1", maps.h1(), tolerances.logits());
        check(at + "h2", maps.h2(), tolerances.logits());
        exact(at + "b1", maps.b1());
        exact(at + "b2", maps.b2());
      }
      if (libtorch.keys().contains(at + "mask")) {
        exact(at + "mask", maps.mask());
      }
    }

    private void exact(String key, Tensor tensor) throws IOException {
      assertArrayEquals(expected(key), HostValues.get(device, tensor), key);
    }

    void train(int steps) throws IOException {
      MultiTaskLoss loss = new MultiTaskLoss(Variant.ALL, Alphas.PAPER);
      double rate = Double.parseDouble(libtorch.metadata().get("learning_rate"));
      double[] losses = expected("losses");
      double[] boxes = expected("boxes");
      try (Adam adam = new Adam(net.parameters(), Adam.Settings.defaults())) {
        for (int step = 0; step < steps; step++) {
          try (Tape tape = new Tape(device)) {
            net.parameters().watch(tape);
            Outputs outputs = net.forward(tape, Mode.TRAINING, NetworkInput.of(images), labels);
            LossTerms parts = loss.of(tape, outputs, labels, classWeights);
            if (step == 0) {
              outputs("training/", outputs, tolerances.logits());
            }
            double[] row = Arrays.copyOfRange(losses, 5 * step, 5 * step + 5);
            losses(step, row, parts);
            int length = boxes.length / steps;
            assertArrayEquals(
                Arrays.copyOfRange(boxes, step * length, (step + 1) * length),
                HostValues.get(device, second(outputs).region().box()),
                "boxes of step " + step);
            tape.backward(parts.total());
          }
          if (step == 0) {
            firstStep();
          }
          adam.step(rate);
        }
      }
      for (Parameter p : net.parameters().all()) {
        check("end/" + p.key(), p.value(), tolerances.trained());
      }
    }

    private void losses(int step, double[] expected, LossTerms parts) {
      Tensor[] ours = {
        parts.total(), parts.primary(), parts.auxiliary(), parts.fusion(), parts.regression()
      };
      for (int i = 0; i < ours.length; i++) {
        double[] one = {expected[i]};
        double tolerance = step == 0 ? tolerances.logits() : tolerances.trained();
        assertClose(
            "loss " + i + " of step " + step, one, HostValues.get(device, ours[i]), tolerance);
      }
    }

    private void firstStep() throws IOException {
      for (Parameter p : net.parameters().all()) {
        if (p.isTrainable()) {
          check("gradient/" + p.key(), p.gradient(), tolerances.gradients());
        } else {
          check("running/" + p.key(), p.value(), tolerances.running());
        }
      }
    }

    @Override
    public void close() {
      scope.close();
      net.close();
    }
  }
}
