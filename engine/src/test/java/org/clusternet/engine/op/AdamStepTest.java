package org.clusternet.engine.op;

import static org.clusternet.engine.testing.Calls.assertRefused;
import static org.clusternet.engine.testing.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Random;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.junit.jupiter.api.Test;

/** Ten steps against algorithm 1 of Kingma and Ba written down once more, and in-place writing. */
class AdamStepTest {
  private static final int LENGTH = 70_003;
  private static final int STEPS = 10;
  private static final double RATE = 1e-2;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** The state after {@link #STEPS} steps, in the words of the paper: theta, m, v. */
  private static double[][] reference(double[] theta, double[][] gradients) {
    double[] m = new double[theta.length];
    double[] v = new double[theta.length];
    for (int t = 1; t <= gradients.length; t++) {
      for (int i = 0; i < theta.length; i++) {
        double g = gradients[t - 1][i];
        m[i] = BETA1 * m[i] + (1 - BETA1) * g;
        v[i] = BETA2 * v[i] + (1 - BETA2) * g * g;
        double mHat = m[i] / (1 - Math.pow(BETA1, t));
        double vHat = v[i] / (1 - Math.pow(BETA2, t));
        theta[i] = theta[i] - RATE * mHat / (Math.sqrt(vHat) + EPSILON);
      }
    }
    return new double[][] {theta, m, v};
  }

  /** Gradients over many orders of magnitude, down to where epsilon counts, with zeros. */
  private static double[][] gradients(DType dtype) {
    Random random = new Random(11);
    double[][] gradients = new double[STEPS][LENGTH];
    for (double[] g : gradients) {
      for (int i = 0; i < LENGTH; i++) {
        double value = i % 97 == 0 ? 0 : random.nextGaussian() * Math.pow(10, -(i % 10));
        g[i] = dtype == DType.F32 ? (float) value : value;
      }
    }
    return gradients;
  }

  private static void compare(Device device, DType dtype, double relative) {
    double[][] gradients = gradients(dtype);
    double[] start = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      start[i] = (i % 21 - 10) / 16.0;
    }
    double[][] expected = reference(start.clone(), gradients);
    TensorType type = TensorType.of(dtype, LENGTH);
    AdamStep op = new AdamStep(BETA1, BETA2, EPSILON);
    try (Scope scope = device.scope()) {
      Tensor p = HostValues.of(device, scope, type, start);
      Tensor m = HostValues.of(device, scope, type, new double[LENGTH]);
      Tensor v = HostValues.of(device, scope, type, new double[LENGTH]);
      for (int t = 1; t <= STEPS; t++) {
        Tensor g = HostValues.of(device, scope, type, gradients[t - 1]);
        Tensor schedule =
            HostValues.of(
                device,
                scope,
                TensorType.of(dtype, 3),
                RATE,
                1 - Math.pow(BETA1, t),
                1 - Math.pow(BETA2, t));
        Tensor[] outputs = new Eager(device, scope).run(op, p, g, m, v, schedule);
        assertSame(p, outputs[0]);
        assertSame(m, outputs[1]);
        assertSame(v, outputs[2]);
        assertClose("gradients stay", gradients[t - 1], HostValues.get(device, g), 0, 0);
      }
      // What was learnt, not where it started: the difference is the smaller number.
      assertClose("p", difference(expected[0], start), difference(p, device, start), relative, 0);
      assertClose("m", expected[1], HostValues.get(device, m), relative, 0);
      assertClose("v", expected[2], HostValues.get(device, v), relative, 0);
    }
  }

  private static double[] difference(Tensor p, Device device, double[] start) {
    return difference(HostValues.get(device, p), start);
  }

  private static double[] difference(double[] values, double[] start) {
    double[] difference = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      difference[i] = values[i] - start[i];
    }
    return difference;
  }

  @Test
  void tenStepsInF64() {
    try (Device device = Devices.cpu(2)) {
      compare(device, DType.F64, 1e-13);
    }
  }

  @Test
  void tenStepsInF32() {
    try (Device device = Devices.cpu(2)) {
      compare(device, DType.F32, 5e-6);
    }
  }

  @Test
  void anErrorNamesTheOperandThatDoesNotFit() {
    TensorType flat = TensorType.of(DType.F32, 10);
    TensorType schedule = TensorType.of(DType.F32, 3);
    AdamStep op = new AdamStep(0.9, 0.999, 1e-8);
    String name = "AdamStep[beta1=0.9, beta2=0.999, epsilon=1.0E-8]";
    assertRefused(
        name + " of F32(10), F32(9), F32(10), F32(10), F32(3): operand 1 must have shape (10)",
        op,
        flat,
        TensorType.of(DType.F32, 9),
        flat,
        flat,
        schedule);
    assertRefused(
        name + " of F32(10), F32(10), F32(10), F32(10), F64(3): operand 4 must be F32",
        op,
        flat,
        flat,
        flat,
        flat,
        schedule.as(DType.F64));
    assertRefused(
        name + " of F32(10), F32(10), F32(10), F32(10): operands=4; it takes 5 to 6",
        op,
        flat,
        flat,
        flat,
        flat);
    assertRefused(
        "AdamStep[beta1=1.0, beta2=0.999, epsilon=1.0E-8] of F32(10), F32(10), F32(10), F32(10),"
            + " F32(3): beta1 must be in [0, 1)",
        new AdamStep(1, 0.999, 1e-8),
        flat,
        flat,
        flat,
        flat,
        schedule);
  }
}
