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
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.nn.HostValues;
import org.clusternet.nn.Mode;
import org.clusternet.nn.Parameter;
import org.clusternet.nn.model.ResNetConfig;
import org.clusternet.nn.optim.Adam;
import org.clusternet.nn.safetensors.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The network in F32 against libtorch in F64: the same weights and images, the results committed
 * beside this test. {@code ParityFixtures} in {@code bench} computes them; bench/README.md tells
 * how.
 */
class LibtorchParityTest {
  private static final double LOGITS = 1e-4;
  private static final double MAPS = 1e-4;
  private static final double GRADIENTS = 1e-3;
  private static final double RUNNING = 1e-5;
  private static final double TRAINED = 1e-3;

  @TempDir private Path folder;

  /** Everything of a narrow network: all weights, gradients, maps and masks. */
  @Test
  void aNarrowNetworkAgreesInEveryNumber() throws IOException {
    compare("parity-narrow", 10);
  }

  /** ResNet-18 itself; of each tensor a sample. */
  @Test
  void resNet18Agrees() throws IOException {
    compare("parity-resnet18", 1);
  }

  private void compare(String name, int steps) throws IOException {
    Path file = folder.resolve(name + ".safetensors");
    try (InputStream in = LibtorchParityTest.class.getResourceAsStream(name + ".safetensors")) {
      Files.copy(in, file);
    }
    try (SafetensorsFile libtorch = SafetensorsFile.open(file);
        Device device = Devices.cpu(2);
        Comparison comparison = new Comparison(device, libtorch)) {
      comparison.inference("inference/", LOGITS);
      assertEquals(steps, libtorch.get("losses").shape().get(0));
      comparison.train(steps);
      comparison.inference("end_inference/", TRAINED);
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
    private final ClusterNet net;
    private final Scope scope;
    private final Tensor images;
    private final Tensor labels;
    private final Tensor classWeights;

    Comparison(Device device, SafetensorsFile libtorch) throws IOException {
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
      net = new ClusterNet(device, new NetworkConfig(Variant.ALL, crop, branch, DType.F32));
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
      images =
          tensor(TensorType.of(DType.F32, n, 3, size, size), repeated(expected("image"), size));
      labels = tensor(TensorType.of(DType.I32, n), expected("labels"));
      classWeights = tensor(TensorType.of(DType.F32, 3), expected("class_weights"));
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
        outputs(at, net.forward(new Eager(device, pass), Mode.INFERENCE, images, null), tolerance);
      }
    }

    private void outputs(String at, Outputs outputs, double tolerance) throws IOException {
      Region region = outputs.region();
      check(at + "logits_primary", outputs.primary().logits(), tolerance);
      check(at + "logits_auxiliary", outputs.auxiliary().logits(), tolerance);
      check(at + "logits_fusion", outputs.fusion(), tolerance);
      check(at + "cam", region.cam(), tolerance);
      exact(at + "box", region.box());
      if (libtorch.keys().contains(at + "h1")) {
        check(at + "h1", region.h1(), MAPS);
        check(at + "h2", region.h2(), MAPS);
        check(at + "crop", region.crop(), MAPS);
        exact(at + "b1", region.b1());
        exact(at + "b2", region.b2());
      }
      if (libtorch.keys().contains(at + "mask")) {
        exact(at + "mask", region.mask());
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
            Outputs outputs = net.forward(tape, Mode.TRAINING, images, labels);
            Losses parts = loss.of(tape, outputs, labels, classWeights);
            if (step == 0) {
              outputs("training/", outputs, LOGITS);
            }
            double[] row = Arrays.copyOfRange(losses, 5 * step, 5 * step + 5);
            losses(step, row, parts);
            int length = boxes.length / steps;
            assertArrayEquals(
                Arrays.copyOfRange(boxes, step * length, (step + 1) * length),
                HostValues.get(device, outputs.region().box()),
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
        check("end/" + p.key(), p.value(), TRAINED);
      }
    }

    private void losses(int step, double[] expected, Losses parts) {
      Tensor[] ours = {
        parts.total(), parts.primary(), parts.auxiliary(), parts.fusion(), parts.regression()
      };
      for (int i = 0; i < ours.length; i++) {
        double[] one = {expected[i]};
        double tolerance = step == 0 ? LOGITS : TRAINED;
        assertClose(
            "loss " + i + " of step " + step, one, HostValues.get(device, ours[i]), tolerance);
      }
    }

    private void firstStep() throws IOException {
      for (Parameter p : net.parameters().all()) {
        if (p.isTrainable()) {
          check("gradient/" + p.key(), p.gradient(), GRADIENTS);
        } else {
          check("running/" + p.key(), p.value(), RUNNING);
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
