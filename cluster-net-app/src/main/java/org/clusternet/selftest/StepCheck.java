package org.clusternet.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.clusternet.engine.check.Bound;
import org.clusternet.engine.check.Closeness;
import org.clusternet.engine.check.Outcome;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.network.CropConfig;
import org.clusternet.network.NetworkConfig;
import org.clusternet.network.Variant;
import org.clusternet.nn.HostValues;
import org.clusternet.nn.Parameter;
import org.clusternet.nn.model.ResNetConfig;
import org.clusternet.training.BatchTraining;
import org.clusternet.training.BlobBatch;
import org.clusternet.training.LossValues;

/**
 * The whole three-headed network, made small, on a device: one step against the F64 oracle, steps
 * that give the same bits twice, and replayed steps that give the bits of steps op by op.
 */
final class StepCheck {
  private static final BlobBatch BATCH = new BlobBatch(6, 64);
  private static final long SEED = 4;
  private static final int STEPS = 3;
  private static final double RATE = 1e-3;

  private final Supplier<Device> oracle;

  /** Checks against a device that computes in F64. */
  StepCheck(Supplier<Device> oracle) {
    this.oracle = oracle;
  }

  private static NetworkConfig config(DType compute) {
    ResNetConfig branch =
        new ResNetConfig(3, List.of(8, 16, 24, 32), List.of(1, 1, 1, 1), NetworkConfig.CLASSES);
    return new NetworkConfig(Variant.ALL, CropConfig.paper(BATCH.side()), branch, compute);
  }

  private static BatchTraining training(Device device, DType compute) {
    return new BatchTraining(device, config(compute), SEED, BATCH);
  }

  /**
   * Losses and all gradients of one step against the oracle's.
   *
   * @param label of the arithmetic, for people
   * @param compute type of the activations
   * @param bound of a gradient and, as a number of its own, of each part of the loss
   */
  Outcome agreement(String label, Supplier<Device> opening, DType compute, Bound bound) {
    List<String> failures = new ArrayList<>();
    int compared = 0;
    try (Device exact = oracle.get();
        BatchTraining expected = training(exact, DType.F64);
        Device device = opening.get();
        BatchTraining actual = training(device, compute)) {
      expected.backward();
      actual.backward();
      double[] losses = parts(actual.losses());
      double[] exactLosses = parts(expected.losses());
      compare("losses", bound, exactLosses, losses).ifPresent(failures::add);
      compared++;
      for (int i = 0; i < expected.parameters().all().size(); i++) {
        Parameter e = expected.parameters().all().get(i);
        if (e.isTrainable()) {
          double[] gradient = HostValues.get(exact, e.gradient());
          Parameter a = actual.parameters().all().get(i);
          compare("gradient of " + e.key(), bound, gradient, HostValues.get(device, a.gradient()))
              .ifPresent(failures::add);
          compared++;
        }
      }
    }
    return new Outcome("step in " + label, compared, failures);
  }

  private static double[] parts(LossValues loss) {
    return new double[] {
      loss.total(), loss.primary(), loss.auxiliary(), loss.fusion(), loss.regression()
    };
  }

  private static Optional<String> compare(
      String what, Bound bound, double[] expected, double[] actual) {
    return bound.violation(expected, actual).map(difference -> what + ": " + difference);
  }

  /**
   * Some steps twice, and once replayed, on devices that are deterministic: all three give the same
   * weights, to the last bit, and leave no memory behind.
   */
  Outcome sameBits(String label, Supplier<Device> opening, DType compute) {
    List<String> failures = new ArrayList<>();
    double[] first = weights(opening, compute, false, failures);
    double[] second = weights(opening, compute, false, failures);
    double[] replayed = weights(opening, compute, true, failures);
    Closeness.bitDifference(first, second)
        .ifPresent(difference -> failures.add("weights after steps run twice: " + difference));
    Closeness.bitDifference(first, replayed)
        .ifPresent(difference -> failures.add("weights after replayed steps: " + difference));
    return new Outcome(
        "same bits in " + label,
        3,
        failures,
        String.format(Locale.ROOT, "%d weights after %d steps", first.length, STEPS));
  }

  private static double[] weights(
      Supplier<Device> opening, DType compute, boolean replay, List<String> failures) {
    try (Device device = opening.get()) {
      double[] weights;
      try (BatchTraining training = training(device, compute)) {
        for (int step = 0; step < STEPS; step++) {
          if (replay) {
            training.step(RATE);
          } else {
            training.stepEagerly(RATE);
          }
        }
        weights = HostValues.get(device, training.parameters().values());
      }
      long left = device.memory().liveBytes();
      if (left != 0) {
        failures.add("bytes=" + left + " of the device are left behind");
      }
      return weights;
    }
  }
}
