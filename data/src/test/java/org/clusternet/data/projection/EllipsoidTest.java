package org.clusternet.data.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.apache.commons.math3.geometry.euclidean.threed.Rotation;
import org.clusternet.data.random.CounterRandom;
import org.junit.jupiter.api.Test;

class EllipsoidTest {
  private static Rotation turned(int n) {
    CounterRandom random = new CounterRandom(7, "ellipsoid test", n);
    return new Rotation(
        random.nextGaussian(),
        random.nextGaussian(),
        random.nextGaussian(),
        random.nextGaussian(),
        true);
  }

  @Test
  void alignedBodyShowsItsAxes() {
    Ellipsoid body = Ellipsoid.of(0.9, 0.6, Rotation.IDENTITY);
    assertEquals(0.6 / 0.9, body.alongAxis(0).axisRatio(), 1e-12);
    assertEquals(0.6, body.alongAxis(1).axisRatio(), 1e-12);
    assertEquals(0.9, body.alongAxis(2).axisRatio(), 1e-12);
    // The longest axis lies along x: seen along x the body is deepest.
    double a = 1 / Math.cbrt(0.9 * 0.6);
    assertEquals(a, body.alongAxis(0).depth(), 1e-12);
    assertEquals(1, body.radius(a, 0, 0), 1e-12);
    assertEquals(1, body.radius(0, 0.9 * a, 0), 1e-12);
    assertEquals(1, body.radius(0, 0, 0.6 * a), 1e-12);
  }

  @Test
  void imageAxesFollowTheCycle() {
    Ellipsoid body = Ellipsoid.of(0.9, 0.6, Rotation.IDENTITY);
    // Along y the image's first axis is z, where the body is shortest.
    Ellipse view = body.alongAxis(1);
    assertEquals(body.radius(0, 0, 1), view.radius(1, 0), 1e-12);
    assertEquals(body.radius(1, 0, 0), view.radius(0, 1), 1e-12);
  }

  @Test
  void sphereProjectsToACircle() {
    for (int axis = 0; axis < 3; axis++) {
      Ellipse view = Ellipsoid.of(1, 1, turned(1)).alongAxis(axis);
      assertEquals(1, view.axisRatio(), 1e-7);
      assertEquals(1, view.depth(), 1e-12);
      assertEquals(5, view.radius(3, 4), 1e-12);
    }
  }

  /** The line-of-sight integral through the rotated body, step by step, against the reduction. */
  @Test
  void projectionAgreesWithDirectQuadrature() {
    LineOfSight sphere = new LineOfSight(EllipsoidTest::emissivity, 1e-3, 500);
    IterativeLegendreGaussIntegrator rule = new IterativeLegendreGaussIntegrator(32, 1e-9, 1e-300);
    for (int n = 0; n < 6; n++) {
      Ellipsoid body = Ellipsoid.of(0.85, 0.55, turned(n));
      for (int axis = 0; axis < 3; axis++) {
        Ellipse view = body.alongAxis(axis);
        double[] p = {0, 0, 0};
        p[(axis + 1) % 3] = 40 + 10 * n;
        p[(axis + 2) % 3] = -70;
        int along = axis;
        double length =
            org.clusternet.data.physics.Units.KPC_CM
                * rule.integrate(
                    1_000_000,
                    t -> {
                      double[] q = p.clone();
                      q[along] = 100 * Math.sinh(t);
                      return emissivity(body.radius(q[0], q[1], q[2])) * 100 * Math.cosh(t);
                    },
                    -7,
                    7);
        double reduced =
            view.depth() * sphere.at(view.radius(p[(axis + 1) % 3], p[(axis + 2) % 3]));
        assertEquals(length, reduced, 1e-5 * length, "body " + n + " axis " + axis);
      }
    }
  }

  private static double emissivity(double r) {
    return Math.pow(1 + r * r / 2500, -2);
  }

  /** Every direction shows the same luminosity: depth times the area of the unit ellipse is pi. */
  @Test
  void luminosityDoesNotDependOnTheDirection() {
    for (int n = 0; n < 20; n++) {
      Ellipsoid body = Ellipsoid.of(0.7, 0.5, turned(n));
      for (int axis = 0; axis < 3; axis++) {
        Ellipse view = body.alongAxis(axis);
        double area = 1 / Math.sqrt(view.xx() * view.yy() - view.xy() * view.xy());
        assertEquals(1, view.depth() * area, 1e-12);
      }
    }
  }

  @Test
  void refusesInvalidAxisRatios() {
    assertThrows(IllegalArgumentException.class, () -> Ellipsoid.of(0.5, 0.6, Rotation.IDENTITY));
    assertThrows(IllegalArgumentException.class, () -> Ellipsoid.of(1.1, 0.6, Rotation.IDENTITY));
    assertThrows(IllegalArgumentException.class, () -> Ellipsoid.of(1, 0, Rotation.IDENTITY));
    assertThrows(IllegalArgumentException.class, () -> new Ellipse(1, 2, 1, 1));
  }
}
