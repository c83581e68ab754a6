package org.clusternet.nn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.nn.parameter.Parameter;
import org.clusternet.nn.testing.Training;
import org.junit.jupiter.api.Test;

/**
 * The whole network's gradient in F64: for every parameter tensor, the derivative of the loss along
 * a random direction d against central differences.
 *
 * <p>The loss is of order 1, so its rounding error is about 1e-16 and that of the difference
 * quotient 1e-16 / eps; its truncation error is of order eps^2. With |d| = 1 and eps = 1e-5 both
 * are near 1e-10. ReLU and max-pool have kinks; the seed is one for which none lies within eps.
 */
class ResNetGradientTest {
  private static final double EPSILON = 1e-5;

  @Test
  void directionalDerivativesAgreeWithCentralDifferences() {
    try (Device device = Devices.plainCpu(1);
        Training training = new Training(device, DType.F64, 11, 3, 3, 49, 37)) {
      double loss = training.backward();
      assertEquals(loss, loss(device, training), "the running statistics have moved the loss");
      Random random = new Random(23);
      for (Parameter p : training.parameters().all()) {
        if (p.isTrainable()) {
          check(device, training, p, direction(random, p));
        }
      }
    }
  }

  private static void check(Device device, Training training, Parameter p, double[] direction) {
    double[] gradient = HostValues.get(device, p.gradient());
    double[] value = HostValues.get(device, p.value());
    double analytic = 0;
    for (int i = 0; i < gradient.length; i++) {
      analytic += gradient[i] * direction[i];
    }
    double above = lossAt(device, training, p, value, direction, EPSILON);
    double below = lossAt(device, training, p, value, direction, -EPSILON);
    HostValues.set(device, p.value(), value);
    double numeric = (above - below) / (2 * EPSILON);
    double tolerance = 1e-6 * Math.abs(numeric) + 1e-9;
    assertTrue(
        Math.abs(analytic - numeric) <= tolerance,
        "%s: analytic=%.12g, numeric=%.12g".formatted(p.key(), analytic, numeric));
    assertTrue(Math.abs(numeric) > 1e-5, p.key() + ": the check is empty, numeric=" + numeric);
  }

  private static double[] direction(Random random, Parameter p) {
    double[] d = random.doubles(p.shape().elements()).map(x -> random.nextGaussian()).toArray();
    double norm = 0;
    for (double x : d) {
      norm += x * x;
    }
    for (int i = 0; i < d.length; i++) {
      d[i] /= Math.sqrt(norm);
    }
    return d;
  }

  private static double lossAt(
      Device device, Training training, Parameter p, double[] value, double[] d, double epsilon) {
    double[] moved = new double[value.length];
    for (int i = 0; i < value.length; i++) {
      moved[i] = value[i] + epsilon * d[i];
    }
    HostValues.set(device, p.value(), moved);
    return loss(device, training);
  }

  private static double loss(Device device, Training training) {
    try (Scope scope = device.scope()) {
      return HostValues.get(device, training.loss(new Eager(device, scope)))[0];
    }
  }
}
