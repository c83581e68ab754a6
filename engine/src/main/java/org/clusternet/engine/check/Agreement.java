package org.clusternet.engine.check;

import java.util.List;
import java.util.Optional;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.op.family.SampleValues;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;

/** Outputs and gradients of a sample on two devices, or in two runs. Integers agree exactly. */
public final class Agreement {
  private Agreement() {}

  /** The types in which a sample is run: BF16 only where an input has the type under test. */
  public static List<DType> types(Sample sample) {
    boolean activations =
        sample.inputs().stream().anyMatch(input -> input.role() == Sample.Role.ACTIVATION);
    return activations ? List.of(DType.F32, DType.BF16) : List.of(DType.F32);
  }

  /**
   * Compares a device with the oracle, which computes in F64 on the same numbers.
   *
   * @return the first difference beyond the bound; empty if they agree
   * @throws IllegalStateException if a device leaves memory behind
   */
  public static Optional<String> difference(
      Device oracle, Device device, Sample sample, DType dtype, Bound bound) {
    SampleValues values = new SampleValues(sample, dtype);
    SampleRun.Result actual = new SampleRun(device, sample, values, dtype).run();
    SampleRun.Result expected = new SampleRun(oracle, sample, values, DType.F64).run();
    return difference(expected, actual, bound);
  }

  private static Optional<String> difference(
      SampleRun.Result expected, SampleRun.Result actual, Bound bound) {
    for (int k = 0; k < expected.outputs().size(); k++) {
      double[] e = expected.outputs().get(k);
      double[] a = actual.outputs().get(k);
      Optional<String> difference =
          actual.types().get(k).isFloating()
              ? bound.violation(e, a)
              : Closeness.difference(e, a, 0, 0);
      if (difference.isPresent()) {
        return Optional.of("output " + k + ": " + difference.get());
      }
    }
    for (int i = 0; i < expected.gradients().size(); i++) {
      double[] e = expected.gradients().get(i);
      if (e != null) {
        Optional<String> difference = bound.violation(e, actual.gradients().get(i));
        if (difference.isPresent()) {
          return Optional.of("gradient of input " + i + ": " + difference.get());
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Runs a sample twice on a device.
   *
   * @return the first element whose bits differ; empty if there is none
   */
  public static Optional<String> repetition(Device device, Sample sample, DType dtype) {
    SampleRun run = new SampleRun(device, sample, new SampleValues(sample, dtype), dtype);
    SampleRun.Result first = run.run();
    SampleRun.Result second = run.run();
    for (int k = 0; k < first.outputs().size(); k++) {
      Optional<String> difference =
          Closeness.bitDifference(first.outputs().get(k), second.outputs().get(k));
      if (difference.isPresent()) {
        return Optional.of("output " + k + ": " + difference.get());
      }
    }
    for (int i = 0; i < first.gradients().size(); i++) {
      double[] gradient = first.gradients().get(i);
      if (gradient != null) {
        Optional<String> difference = Closeness.bitDifference(gradient, second.gradients().get(i));
        if (difference.isPresent()) {
          return Optional.of("gradient of input " + i + ": " + difference.get());
        }
      }
    }
    return Optional.empty();
  }
}
