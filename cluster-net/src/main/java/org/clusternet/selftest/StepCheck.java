package org.clusternet.selftest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.clusternet.engine.check.Bound;
import org.clusternet.engine.check.Closeness;
import org.clusternet.engine.check.Outcome;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.network.CropConfig;
import org.clusternet.network.NetworkConfig;
import org.clusternet.network.Variant;
import org.clusternet.nn.model.ResNetConfig;
import org.clusternet.nn.parameter.Parameter;
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

  /** How much further off than exact arithmetic that rounds alike; 1.8 was seen on a CPU. */
  private static final double ROUNDING = 3;

  private final Supplier<Device> oracle;
  private Map<String, double[]> exact;

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
    return compare(label, numbers(opening, compute), what -> bound);
  }

  /**
   * As {@link #agreement} for activations in BF16. What their rounding alone does to a gradient
   * depends on how far back it lies: a few thousandths at the heads, a third in front, where ReLUs
   * have fallen on their other sides. So the measure is what the same rounding does in exact
   * arithmetic: three times that, and what a single op in BF16 may be off.
   */
  Outcome agreementInBf16(String label, Supplier<Device> opening) {
    Map<String, double[]> rounded = numbers(oracle, DType.BF16);
    Function<String, Bound> bounds =
        what -> {
          double off = Closeness.relativeError(exact().get(what), rounded.get(what));
          return new Bound(Bound.Measure.NORM, ROUNDING * off + Bound.BF16.relative());
        };
    return compare(label, numbers(opening, DType.BF16), bounds);
  }

  private Outcome compare(
      String label, Map<String, double[]> actual, Function<String, Bound> bounds) {
    List<String> failures = new ArrayList<>();
    exact()
        .forEach(
            (what, expected) ->
                bounds
                    .apply(what)
                    .violation(expected, actual.get(what))
                    .ifPresent(difference -> failures.add(what + ": " + difference)));
    return new Outcome("step in " + label, exact().size(), failures);
  }

  private Map<String, double[]> exact() {
    if (exact == null) {
      exact = numbers(oracle, DType.F64);
    }
    return exact;
  }

  /** The parts of the loss, and every gradient, of one step. */
  private static Map<String, double[]> numbers(Supplier<Device> opening, DType compute) {
    Map<String, double[]> numbers = new LinkedHashMap<>();
    try (Device device = opening.get();
        BatchTraining training = training(device, compute)) {
      training.backward();
      numbers.put("losses", parts(training.losses()));
      for (Parameter parameter : training.parameters().all()) {
        if (parameter.isTrainable()) {
          double[] gradient = HostValues.get(device, parameter.gradient());
          numbers.put("gradient of " + parameter.key(), gradient);
        }
      }
    }
    return numbers;
  }

  private static double[] parts(LossValues loss) {
    return new double[] {
      loss.total(), loss.primary(), loss.auxiliary(), loss.fusion(), loss.regression()
    };
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
