package org.clusternet.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.cuda.CudaDevice;
import org.clusternet.engine.cuda.emulated.EmulatedGpu;
import org.clusternet.engine.cuda.emulated.Order;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.ForwardingDevice;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.Mode;
import org.clusternet.nn.optim.Adam;
import org.clusternet.nn.parameter.Parameter;
import org.junit.jupiter.api.Test;

/** Weights rounded once a step give the bits of weights rounded by each convolution. */
class RoundedWeightsTest {
  private static final double RATE = 1e-3;

  /** Branches of four blocks, three of which have a convolution beside them; and the stem. */
  private static final int CONVOLUTIONS = 2 * (1 + 4 * 2 + 3);

  /**
   * LossTerms of two steps and of an evaluation, weights and gradients then, launches of a step.
   */
  private record Run(List<double[]> numbers, double launches) {}

  @Test
  void roundingOnceGivesTheBitsOfRoundingEachTimeInFewerLaunches() {
    Run once;
    Run each;
    try (CudaDevice gpu = device()) {
      once = run(gpu);
    }
    try (CudaDevice gpu = device()) {
      each =
          run(
              new ForwardingDevice(gpu) {
                @Override
                public boolean roundsWeights() {
                  return false;
                }
              });
    }
    assertEquals(each.numbers().size(), once.numbers().size());
    for (int i = 0; i < each.numbers().size(); i++) {
      assertArrayEquals(each.numbers().get(i), once.numbers().get(i), "numbers " + i);
    }
    // Before: each convolution forward, backward, and its gradient; but images have no gradient.
    int before = 3 * CONVOLUTIONS - 2;
    // After: the weights of each branch, and their gradients.
    int after = 2 + 2;
    assertEquals(each.launches() - before + after, once.launches());
  }

  private static CudaDevice device() {
    return EmulatedGpu.device(Order.COMPUTE_FIRST, EmulatedGpu.settings().deterministic(true));
  }

  private static Run run(Device device) {
    List<double[]> numbers = new ArrayList<>();
    double launches;
    try (Scope scope = device.scope();
        ClusterNet net = new ClusterNet(device, SmallNetwork.config(Variant.ALL, DType.BF16))) {
      net.parameters().initialise(5);
      Tensor images = SmallNetwork.images(device, scope, DType.F32);
      Tensor labels = SmallNetwork.labels(device, scope);
      Tensor classWeights = SmallNetwork.classWeights(device, scope, DType.F32);
      MultiTaskLoss loss = new MultiTaskLoss(Variant.ALL, new Alphas(0.8, 0.3, 0.5, 0.4));
      try (Adam adam = new Adam(net.parameters(), Adam.Settings.defaults())) {
        Runnable backward =
            () -> {
              try (Tape tape = new Tape(device)) {
                net.parameters().watch(tape);
                Outputs outputs = net.forward(tape, Mode.TRAINING, NetworkInput.of(images), labels);
                Tensor total = loss.of(tape, outputs, labels, classWeights).total();
                tape.retain(total);
                tape.backward(total);
                numbers.add(HostValues.get(device, total));
              }
            };
        // The clock of the emulated GPU counts launches.
        double start = device.milliseconds(() -> {});
        launches = device.milliseconds(backward) - start;
        adam.step(RATE);
        backward.run();
        adam.step(RATE);
      }
      try (Scope pass = device.scope()) {
        Eager run = new Eager(device, pass);
        numbers.add(
            HostValues.get(
                device,
                net.forward(run, Mode.INFERENCE, NetworkInput.of(images), null).prediction()));
      }
      for (Parameter parameter : net.parameters().all()) {
        numbers.add(HostValues.get(device, parameter.value()));
        if (parameter.isTrainable()) {
          numbers.add(HostValues.get(device, parameter.gradient()));
        }
      }
      assertTrue(numbers.stream().flatMapToDouble(Arrays::stream).allMatch(Double::isFinite));
    }
    assertEquals(0, device.memory().liveBytes());
    return new Run(numbers, launches);
  }
}
