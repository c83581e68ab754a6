package org.clusternet.selftest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
import org.jspecify.annotations.Nullable;

/**
 * A small version of the three-headed network on a device: one step against the F64 oracle, steps
 * that give the same bits twice, and replayed steps that give the bits of steps op by op.
 */
final class StepCheck {
  private static final BlobBatch BATCH = new BlobBatch(6, 64);
  private static final BlobBatch PEAKED = new BlobBatch(BATCH.size(), BATCH.side(), true);
  private static final long SEED = 4;
  private static final int STEPS = 3;
  private static final double RATE = 1e-3;

  /** Allowed error as a multiple of that of exact arithmetic with BF16 activations; seen: 1.8. */
  private static final double ROUNDING = 3;

  private final Supplier<Device> oracle;
  private @Nullable Map<String, double[]> exact;

  /** Checks against a device that computes in F64. */
  StepCheck(Supplier<Device> oracle) {
    this.oracle = oracle;
  }

  private static NetworkConfig config(DType compute) {
    ResNetConfig branch =
        new ResNetConfig(3, List.of(8, 16, 24, 32), List.of(1, 1, 1, 1), NetworkConfig.CLASSES);
    return new NetworkConfig(Variant.ALL, CropConfig.paper(BATCH.side()), branch, compute);
  }

  private static BatchTraining training(Device device, DType compute, BlobBatch batch) {
    return new BatchTraining(device, config(compute), SEED, batch);
  }

  /**
   * Losses and all gradients of one step against the oracle's.
   *
   * @param label name of the arithmetic in the report
   * @param compute type of the activations
   * @param bound bound of each gradient, and of the terms of the loss
   */
  Outcome agreement(String label, Supplier<Device> opening, DType compute, Bound bound) {
    return compare(label, numbers(opening, compute), what -> bound);
  }

  /**
   * The same for activations in BF16. The effect of their rounding on a gradient depends on the
   * layer: a few thousandths at the heads, a third in the first layers, where ReLUs have switched.
   * So the bound is three times the effect of the same rounding in exact arithmetic, plus the bound
   * of a single op in BF16.
   */
  Outcome agreementInBf16(String label, Supplier<Device> opening) {
    Map<String, double[]> rounded = numbers(oracle, DType.BF16);
    Function<String, Bound> bounds =
        what -> {
          double off = Closeness.relativeError(value(exact(), what), value(rounded, what));
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
                    .violation(expected, value(actual, what))
                    .ifPresent(difference -> failures.add(what + ": " + difference)));
    return new Outcome("step in " + label, exact().size(), failures);
  }

  private Map<String, double[]> exact() {
    Map<String, double[]> found = exact;
    if (found == null) {
      found = numbers(oracle, DType.F64);
      exact = found;
    }
    return found;
  }

  private static double[] value(Map<String, double[]> numbers, String name) {
    return Objects.requireNonNull(numbers.get(name), name);
  }

  /** The terms of the loss, and every gradient, of one step. */
  private static Map<String, double[]> numbers(Supplier<Device> opening, DType compute) {
    Map<String, double[]> numbers = new LinkedHashMap<>();
    try (Device device = opening.get();
        BatchTraining training = training(device, compute, BATCH)) {
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
   * Some steps on images of which some have a peak, twice, and once replayed, on deterministic
   * devices: all three give the same weights, bit for bit, and release all memory.
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
      try (BatchTraining training = training(device, compute, PEAKED)) {
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
        failures.add("bytes=" + left + " of the device are not released");
      }
      return weights;
    }
  }
}
