package org.clusternet.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.clusternet.engine.Devices;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.Mode;
import org.clusternet.nn.parameter.Parameter;
import org.junit.jupiter.api.Test;

/**
 * The gradient of the whole loss, four parts and both branches, in F64: along a random direction of
 * every parameter tensor it agrees with the central difference of the loss. The crop's box must not
 * move on the way, as the loss jumps where it does.
 */
class LossGradientTest {
  private static final double STEP = 1e-6;
  private static final Alphas ALPHAS = new Alphas(0.8, 0.3, 0.5, 0.4);

  @Test
  void everyParameterTensorAgreesWithFiniteDifferences() {
    try (Device device = Devices.cpu(2);
        Scope scope = device.scope();
        ClusterNet net = new ClusterNet(device, SmallNetwork.config(Variant.ALL, DType.F64))) {
      net.parameters().initialise(5);
      Probe probe = new Probe(device, net, scope);
      double[] box = probe.gradients();
      Random random = new Random(11);
      int checked = 0;
      for (Parameter parameter : net.parameters().all()) {
        if (parameter.isTrainable()) {
          probe.check(parameter, random, box);
          checked++;
        }
      }
      assertTrue(checked == 2 * 38 + 2, "parameter tensors=" + checked);
    }
  }

  /** One batch and the loss on it. */
  private static final class Probe {
    private final Device device;
    private final ClusterNet net;
    private final MultiTaskLoss loss = new MultiTaskLoss(Variant.ALL, ALPHAS);
    private final Tensor images;
    private final Tensor labels;
    private final Tensor classWeights;
    private double[] lastBox;

    Probe(Device device, ClusterNet net, Scope scope) {
      this.device = device;
      this.net = net;
      this.images = SmallNetwork.images(device, scope, DType.F64);
      this.labels = SmallNetwork.labels(device, scope);
      this.classWeights = SmallNetwork.classWeights(device, scope, DType.F64);
    }

    private Tensor total(Executor run) {
      Outputs outputs = net.forward(run, Mode.TRAINING, NetworkInput.of(images), labels);
      lastBox = HostValues.get(device, outputs.second().orElseThrow().region().box());
      return loss.of(run, outputs, labels, classWeights).total();
    }

    double[] gradients() {
      try (Tape tape = new Tape(device)) {
        net.parameters().watch(tape);
        tape.backward(total(tape));
      }
      return lastBox;
    }

    private double loss() {
      try (Scope scope = device.scope()) {
        return HostValues.get(device, total(new Eager(device, scope)))[0];
      }
    }

    void check(Parameter parameter, Random random, double[] box) {
      double[] values = HostValues.get(device, parameter.value());
      double[] gradient = HostValues.get(device, parameter.gradient());
      double[] direction = random.doubles(values.length, -1, 1).toArray();
      double analytic = 0;
      double size = 0;
      for (int i = 0; i < values.length; i++) {
        analytic += gradient[i] * direction[i];
        size += gradient[i] * gradient[i];
      }
      double numeric =
          (along(parameter, values, direction, STEP) - along(parameter, values, direction, -STEP))
              / (2 * STEP);
      HostValues.set(device, parameter.value(), values);
      assertArrayEquals(box, lastBox, parameter + ": the box moved");
      double tolerance = 1e-8 + 1e-5 * Math.sqrt(size);
      assertTrue(
          Math.abs(numeric - analytic) <= tolerance,
          "%s: analytic %.10g, numeric %.10g".formatted(parameter, analytic, numeric));
      assertTrue(size > 0, parameter + ": its gradient is zero");
    }

    private double along(Parameter parameter, double[] from, double[] direction, double step) {
      double[] moved = from.clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += step * direction[i];
      }
      HostValues.set(device, parameter.value(), moved);
      return loss();
    }
  }
}
