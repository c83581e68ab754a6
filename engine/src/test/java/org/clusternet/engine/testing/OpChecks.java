package org.clusternet.engine.testing;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.engine.check.Agreement;
import org.clusternet.engine.check.Bound;
import org.clusternet.engine.check.SampleRun;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.op.family.SampleValues;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;

/**
 * The generic checks of one sample as assertions: analytic gradients against central differences,
 * fan-out, and one device and type against the F64 oracle, forward and backward.
 */
public final class OpChecks {
  private static final double EPSILON = 1e-6;
  private static final double FINITE_DIFFERENCE_ABSOLUTE = 1e-5;
  private static final double FINITE_DIFFERENCE_RELATIVE = 1e-6;
  private static final int PROBES = 200;

  private OpChecks() {}

  /** Gradients of every floating-point input in F64 against central differences. */
  public static void gradient(Device oracle, Sample sample) {
    SampleValues values = new SampleValues(sample, DType.F64);
    SampleRun.Result result = new SampleRun(oracle, sample, values, DType.F64).run();
    double[] upstream = SampleRun.upstream(result.outputs().get(0).length, DType.F64);
    for (int i = 0; i < values.count(); i++) {
      if (values.type(i, DType.F64).dtype().isFloating()) {
        probe(oracle, sample, values, i, upstream, result.gradients().get(i));
      }
    }
  }

  private static void probe(
      Device oracle,
      Sample sample,
      SampleValues values,
      int input,
      double[] upstream,
      double[] gradient) {
    double[] x = values.values(input);
    int step = Math.max(1, x.length / PROBES);
    List<Double> expected = new ArrayList<>();
    List<Double> actual = new ArrayList<>();
    for (int i = 0; i < x.length; i += step) {
      double before = x[i];
      x[i] = before + EPSILON;
      double above = weighted(oracle, sample, values, upstream);
      x[i] = before - EPSILON;
      double below = weighted(oracle, sample, values, upstream);
      x[i] = before;
      expected.add((above - below) / (2 * EPSILON));
      actual.add(gradient[i]);
    }
    Closeness.assertClose(
        sample.op() + ", " + sample.name() + ": gradient of input " + input,
        array(expected),
        array(actual),
        FINITE_DIFFERENCE_RELATIVE,
        FINITE_DIFFERENCE_ABSOLUTE);
  }

  private static double[] array(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double weighted(
      Device oracle, Sample sample, SampleValues values, double[] upstream) {
    try (Scope scope = oracle.scope()) {
      Tensor[] inputs = new Tensor[values.count()];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = Tensors.of(oracle, scope, values.type(i, DType.F64), values.values(i));
      }
      Tensor y = new Eager(oracle, scope).apply(sample.op(), inputs);
      double[] outputs = Tensors.values(oracle, y);
      double sum = 0;
      for (int i = 0; i < outputs.length; i++) {
        sum += outputs[i] * upstream[i];
      }
      return sum;
    }
  }

  /**
   * Outputs and gradients on a device in a type against the oracle's; integers exactly, BF16 in the
   * norm, other types relative to the largest magnitude.
   */
  public static void agreement(
      Device oracle, Device device, Sample sample, DType dtype, double relative) {
    Bound.Measure measure = dtype == DType.BF16 ? Bound.Measure.NORM : Bound.Measure.LARGEST;
    Agreement.difference(oracle, device, sample, dtype, new Bound(measure, relative))
        .ifPresent(
            difference -> {
              throw new AssertionError(
                  sample.op() + ", " + sample.name() + " in " + dtype + ": " + difference);
            });
  }

  /** The gradient of {@code op(x) + op(x)} is twice that of {@code op(x)}. */
  public static void fanOut(Device oracle, Sample sample) {
    SampleRun run = new SampleRun(oracle, sample, new SampleValues(sample, DType.F64), DType.F64);
    List<double[]> once = run.run(1).gradients();
    List<double[]> twice = run.run(2).gradients();
    for (int i = 0; i < once.size(); i++) {
      if (once.get(i) != null) {
        double[] doubled = once.get(i).clone();
        for (int j = 0; j < doubled.length; j++) {
          doubled[j] *= 2;
        }
        String what = sample.op() + ": gradient of input " + i + " used twice";
        Closeness.assertClose(what, doubled, twice.get(i), 1e-12, 1e-30);
      }
    }
  }
}
