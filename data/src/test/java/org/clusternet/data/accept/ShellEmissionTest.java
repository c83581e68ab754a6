package org.clusternet.data.accept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.clusternet.data.image.Image;
import org.clusternet.data.physics.Units;
import org.clusternet.data.projection.Ellipse;
import org.clusternet.data.projection.SkyGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellEmissionTest {
  private static final IterativeLegendreGaussIntegrator RULE =
      new IterativeLegendreGaussIntegrator(24, 1e-10, 1e-300);

  /** Shells of 10 kpc whose emissivity at the middle is r^-slope. */
  private static AcceptCluster powerLaw(double slope, int shells) {
    List<AcceptShell> list = new ArrayList<>();
    for (int i = 0; i < shells; i++) {
      double density = 1e-2 * Math.pow(i + 0.5, -slope / 2);
      list.add(new AcceptShell(10 * i, 10 * (i + 1), density, 5, 2e-23, 1));
    }
    return new AcceptCluster("power law", list);
  }

  /** A line of sight cut at every shell's border and integrated over the emissivity itself. */
  private static double direct(ShellEmission emission, double radius, int shells) {
    double sum = 0;
    for (int i = 0; i < shells; i++) {
      double from = Math.sqrt(Math.max(0, 100.0 * i * i - radius * radius));
      double to = Math.sqrt(Math.max(0, 100.0 * (i + 1) * (i + 1) - radius * radius));
      sum += (to - from) * emission.emissivity(10 * i + 5);
    }
    double edge = 10.0 * shells;
    double start = Math.sqrt(Math.max(0, edge * edge - radius * radius));
    sum +=
        RULE.integrate(
            10_000_000,
            t -> {
              double l = start + 100 * t / (1 - t);
              double r = Math.max(edge, Math.hypot(radius, l));
              return emission.emissivity(r) * 100 / ((1 - t) * (1 - t));
            },
            0,
            1 - 1e-9);
    return 2 * sum * Units.KPC_CM;
  }

  /** Shallow tails (with a core), the canonical one, steep ones and the steepest allowed. */
  @ParameterizedTest
  @CsvSource({"0.1", "1.5", "3", "4", "5.3", "8"})
  void chordsAndTailAgreeWithDirectQuadrature(double slope) {
    ShellEmission emission = new ShellEmission(powerLaw(slope, 20));
    for (double radius : new double[] {0, 1e-6, 3, 10, 47, 113, 199, 200, 201, 300, 720}) {
      double expected = direct(emission, radius, 20);
      assertEquals(expected, emission.at(radius), 2e-6 * expected, "R=" + radius);
    }
  }

  /** A shell alone: a uniform sphere's chord, 2 sqrt(r^2 - R^2), and the tail's closed form. */
  @Test
  void uniformSphereHasItsAnalyticSurfaceBrightness() {
    AcceptShell inner = new AcceptShell(0, 100, 1e-2, 5, 2.4e-23, 1);
    List<AcceptShell> shells = List.of(inner, new AcceptShell(100, 200, 1e-2, 5, 2.4e-23, 1));
    ShellEmission emission = new ShellEmission(new AcceptCluster("sphere", shells));
    // e = 1e-4 / 1.2 * 2.4e-23 = 2e-27. The fit is flat, so the core radius is its limit, 200 kpc,
    // beta 2/3: e(r) = 4 e / (1 + (r / 200)^2)^2, and through the centre from r_L on
    // int_200^inf = 4 e * 200 * (pi / 8 - 1 / 4).
    double expected = 2 * 2e-27 * Units.KPC_CM * (200 + 800 * (Math.PI / 8 - 0.25));
    assertEquals(expected, emission.at(0), 1e-7 * expected);
  }

  @Test
  void tailContinuesTheFittedSlope() {
    for (double slope : new double[] {2.2, 3, 3.9, 4.5, 5.5}) {
      BetaTail tail = BetaTail.fit(powerLaw(slope, 20).shells());
      double e = 1e-4;
      double local =
          -Math.log(tail.emissivity(200 * (1 + e)) / tail.emissivity(200)) / Math.log(1 + e);
      assertEquals(slope, local, 2e-3, "slope at the last shell");
      double far = -Math.log(tail.emissivity(2e5) / tail.emissivity(1e5)) / Math.log(2);
      assertEquals(Math.max(4, slope), far, 1e-3, "slope far out");
      double mean = 1e-4 / 1.2 * 2e-23 * Math.pow(20, -slope);
      assertEquals(mean, tail.emissivity(200), 1e-6 * mean, "value at the last shell");
    }
  }

  @Test
  void slopeOfTheTailIsLimited() {
    BetaTail steep = BetaTail.fit(powerLaw(9, 20).shells());
    assertEquals(6, Math.log(steep.emissivity(200) / steep.emissivity(400)) / Math.log(2), 1e-9);
    // Emission that rises outwards: a core of 200 kpc.
    BetaTail rising = BetaTail.fit(powerLaw(-1, 20).shells());
    assertEquals(4, rising.emissivity(200) / rising.emissivity(Math.sqrt(120_000)), 1e-9);
  }

  @Test
  void gapsBetweenShellsAreFilledFromBothSides() {
    List<AcceptShell> shells = new ArrayList<>(powerLaw(2, 20).shells());
    shells.remove(5);
    shells.remove(0);
    ShellEmission emission = new ShellEmission(new AcceptCluster("holes", shells));
    ShellEmission whole = new ShellEmission(powerLaw(2, 20));
    assertEquals(whole.emissivity(45), emission.emissivity(54), 0);
    assertEquals(whole.emissivity(65), emission.emissivity(56), 0);
    assertEquals(whole.emissivity(15), emission.emissivity(1), 0);
  }

  /** The image's flux within a circle against the volume that a cylinder cuts from the shells. */
  @Test
  void luminosityIsConserved() {
    for (AcceptCluster cluster : List.of(powerLaw(2.5, 30), powerLaw(4.5, 12))) {
      ShellEmission emission = new ShellEmission(cluster);
      SkyGrid grid = new SkyGrid(256, 4);
      double radius = 500;
      double expected = cylinder(cluster, emission, radius);
      double flux = circle(grid.draw(Ellipse.CIRCLE, emission), radius, 4);
      assertEquals(expected, flux, 5e-4 * expected);
    }
  }

  @Test
  void luminosityOfRealClustersIsConserved() {
    List<AcceptCluster> archive = AcceptProfilesTest.archive(new ArrayList<>());
    SkyGrid grid = new SkyGrid(256, 4);
    for (int i = 0; i < archive.size(); i += 24) {
      AcceptCluster cluster = archive.get(i);
      ShellEmission emission = new ShellEmission(cluster);
      double expected = cylinder(cluster, emission, 500);
      double flux = circle(grid.draw(Ellipse.CIRCLE, emission), 500, 4);
      assertEquals(expected, flux, 2e-3 * expected, cluster.name());
      assertTrue(flux > 0);
    }
  }

  /** Sum of pixels, those on the rim by the share of their area within, in erg/s. */
  private static double circle(Image image, double radius, double pixel) {
    double sum = 0;
    int n = 8 * image.width();
    double step = pixel / 8;
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        double x = (i + 0.5 - n / 2.0) * step;
        double y = (j + 0.5 - n / 2.0) * step;
        sum += x * x + y * y < radius * radius ? image.at(i / 8, j / 8) : 0;
      }
    }
    return sum * step * step * Units.KPC_CM * Units.KPC_CM;
  }

  /** Each shell's emissivity times the volume of it that lies in a cylinder, and the tail's. */
  private static double cylinder(AcceptCluster cluster, ShellEmission emission, double radius) {
    double sum = 0;
    double inner = 0;
    for (int i = 0; i < cluster.shells().size(); i++) {
      AcceptShell shell = cluster.shells().get(i);
      double outer =
          i + 1 < cluster.shells().size()
              ? (shell.outer() + cluster.shells().get(i + 1).inner()) / 2
              : shell.outer();
      sum +=
          shell.emissivity() * (sphereInCylinder(outer, radius) - sphereInCylinder(inner, radius));
      inner = outer;
    }
    return (sum + tailInCylinder(emission, inner, radius))
        * (Units.KPC_CM * Units.KPC_CM * Units.KPC_CM);
  }

  /** Whole spheres up to the cylinder's radius R, then two caps a sphere, with r = R / sin(a). */
  private static double tailInCylinder(ShellEmission emission, double edge, double radius) {
    double sum = 0;
    if (edge < radius) {
      sum =
          RULE.integrate(
              10_000_000, r -> 4 * Math.PI * r * r * emission.emissivity(r), edge, radius);
    }
    return sum
        + RULE.integrate(
            10_000_000,
            a -> {
              double r = radius / Math.sin(a);
              double caps = 4 * Math.PI * r * r * (1 - Math.cos(a));
              return emission.emissivity(r) * caps * r / Math.tan(a);
            },
            1e-6,
            Math.asin(Math.min(1, radius / edge)));
  }

  private static double sphereInCylinder(double sphere, double cylinder) {
    double rest = Math.max(0, sphere * sphere - cylinder * cylinder);
    return 4 * Math.PI / 3 * (sphere * sphere * sphere - rest * Math.sqrt(rest));
  }
}
