package org.clusternet.engine.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.clusternet.engine.autograd.Tape;
import org.clusternet.engine.op.Binary;
import org.clusternet.engine.op.BinaryFunction;
import org.clusternet.engine.op.Sample;
import org.clusternet.engine.op.SampleValues;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Differentiable;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;

/**
 * The generic checks of one sample: analytic gradients against central differences, and one device
 * and type against the F64 oracle, forward and backward.
 */
public final class OpChecks {
  private static final double EPSILON = 1e-6;
  private static final double FINITE_DIFFERENCE_ABSOLUTE = 1e-5;
  private static final double FINITE_DIFFERENCE_RELATIVE = 1e-6;
  private static final int PROBES = 200;

  private OpChecks() {}

  /** What one call gave: all outputs, and one gradient per floating-point input. */
  private record Result(List<double[]> outputs, List<double[]> gradients, List<DType> types) {}

  /** Gradients of every floating-point input in F64 against central differences. */
  public static void gradient(Device oracle, Sample sample) {
    SampleValues values = new SampleValues(sample, DType.F64);
    Result result = run(oracle, sample, values, DType.F64, 1);
    double[] upstream = upstream(result.outputs().get(0).length, DType.F64);
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
      Tensor[] inputs = tensors(oracle, scope, values, DType.F64);
      Tensor y = new Eager(oracle, scope).apply(sample.op(), inputs);
      double[] outputs = Tensors.values(oracle, y);
      double sum = 0;
      for (int i = 0; i < outputs.length; i++) {
        sum += outputs[i] * upstream[i];
      }
      return sum;
    }
  }

  /** Outputs and gradients on a device in a type against the oracle's; integers exactly. */
  public static void agreement(
      Device oracle, Device device, Sample sample, DType dtype, double relative) {
    SampleValues values = new SampleValues(sample, dtype);
    Result expected = run(oracle, sample, values, DType.F64, 1);
    Result actual = run(device, sample, values, dtype, 1);
    String what = sample.op() + ", " + sample.name() + " in " + dtype;
    for (int k = 0; k < expected.outputs().size(); k++) {
      double[] e = expected.outputs().get(k);
      double[] a = actual.outputs().get(k);
      if (actual.types().get(k).isFloating()) {
        assertClose(what + ": output " + k, dtype, e, a, relative);
      } else {
        assertArrayEquals(e, a, what + ": output " + k);
      }
    }
    for (int i = 0; i < expected.gradients().size(); i++) {
      double[] e = expected.gradients().get(i);
      if (e != null) {
        double[] a = actual.gradients().get(i);
        assertClose(what + ": gradient of input " + i, dtype, e, a, relative);
      }
    }
  }

  private static void assertClose(
      String what, DType dtype, double[] expected, double[] actual, double relative) {
    if (dtype == DType.BF16) {
      Closeness.assertNormClose(what, expected, actual, relative);
    } else {
      Closeness.assertClose(what, expected, actual, relative, 1e-30);
    }
  }

  /** The gradient of {@code op(x) + op(x)} is twice that of {@code op(x)}. */
  public static void fanOut(Device oracle, Sample sample) {
    SampleValues values = new SampleValues(sample, DType.F64);
    Result once = run(oracle, sample, values, DType.F64, 1);
    Result twice = run(oracle, sample, values, DType.F64, 2);
    for (int i = 0; i < once.gradients().size(); i++) {
      if (once.gradients().get(i) != null) {
        double[] doubled = once.gradients().get(i).clone();
        for (int j = 0; j < doubled.length; j++) {
          doubled[j] *= 2;
        }
        String what = sample.op() + ": gradient of input " + i + " used twice";
        Closeness.assertClose(what, doubled, twice.gradients().get(i), 1e-12, 1e-30);
      }
    }
  }

  private static Result run(
      Device device, Sample sample, SampleValues values, DType dtype, int times) {
    long before = device.memory().liveBytes();
    Result result = runInScope(device, sample, values, dtype, times);
    assertEquals(before, device.memory().liveBytes(), sample.op() + " leaves memory behind");
    return result;
  }

  private static Result runInScope(
      Device device, Sample sample, SampleValues values, DType dtype, int times) {
    List<double[]> outputs = new ArrayList<>();
    List<double[]> gradients = new ArrayList<>();
    List<DType> types = new ArrayList<>();
    try (Scope scope = device.scope();
        Tape tape = new Tape(device)) {
      Tensor[] inputs = tensors(device, scope, values, dtype);
      boolean differentiable = sample.op() instanceof Differentiable;
      boolean watched = false;
      for (Tensor input : inputs) {
        if (differentiable && input.dtype().isFloating()) {
          tape.watch(input);
          watched = true;
        }
      }
      Tensor[] results = tape.run(sample.op(), inputs);
      for (Tensor result : results) {
        outputs.add(Tensors.values(device, result));
        types.add(result.dtype());
      }
      Tensor y = results[0];
      for (int k = 1; k < times; k++) {
        y = tape.apply(new Binary(BinaryFunction.ADD), y, tape.apply(sample.op(), inputs));
      }
      if (watched) {
        double[] upstream = upstream(outputs.get(0).length, dtype);
        Tensor u = Tensors.of(device, scope, y.type(), upstream);
        tape.backward(y, u);
      }
      for (Tensor input : inputs) {
        boolean wanted = watched && input.dtype().isFloating();
        gradients.add(wanted ? gradient(device, tape, input) : null);
      }
    }
    return new Result(outputs, gradients, types);
  }

  private static double[] gradient(Device device, Tape tape, Tensor input) {
    Tensor gradient = tape.gradient(input);
    assertTrue(gradient.type().equals(input.type()), "gradient " + gradient + " of input " + input);
    return Tensors.values(device, gradient);
  }

  private static Tensor[] tensors(Device device, Scope scope, SampleValues values, DType dtype) {
    Tensor[] tensors = new Tensor[values.count()];
    for (int i = 0; i < tensors.length; i++) {
      tensors[i] = Tensors.of(device, scope, values.type(i, dtype), values.values(i));
    }
    return tensors;
  }

  private static double[] upstream(int length, DType dtype) {
    Random random = new Random(7);
    double[] upstream = new double[length];
    for (int i = 0; i < length; i++) {
      upstream[i] = SampleValues.rounded(random.nextGaussian(), dtype);
    }
    return upstream;
  }
}
