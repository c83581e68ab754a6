package org.clusternet.data.projection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.analysis.integration.SimpsonIntegrator;
import org.clusternet.data.Refused;
import org.clusternet.data.image.Image;
import org.clusternet.data.physics.Units;
import org.clusternet.data.random.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellDepositTest {

  /** The volume of a cell whose kernel ends at a radius. */
  private static double volume(double kernelRadius) {
    double radius = kernelRadius / 2.5;
    return 4 * Math.PI / 3 * radius * radius * radius;
  }

  /** Monaghan and Lattanzio's spline of unit mass that ends at 1. */
  private static double spline(double q) {
    if (q >= 1) {
      return 0;
    }
    return 8 / Math.PI * (q < 0.5 ? 1 - 6 * q * q + 6 * q * q * q : 2 * Math.pow(1 - q, 3));
  }

  private static double projected(double p) {
    return p >= 1
        ? 0
        : 2
            * new SimpsonIntegrator(1e-9, 1e-12, 8, 40)
                .integrate(10_000_000, l -> spline(Math.hypot(p, l)), 0, Math.sqrt(1 - p * p));
  }

  private static double sum(CellDeposit deposit, SkyGrid grid) {
    double side = grid.pixel() * Units.KPC_CM;
    return Arrays.stream(deposit.image().pixels()).sum() * side * side;
  }

  @Test
  void kernelHasUnitMassAndTheSplinesCentre() {
    double sum = 0;
    int n = 200_000;
    for (int i = 0; i < n; i++) {
      sum += Math.PI / n * ProjectedSpline.at((i + 0.5) / n);
    }
    assertEquals(1, sum, 1e-9);
    // 2 * 8/pi (1/2 - 1/4 + 3/32 + 1/32).
    double centre = 6 / Math.PI;
    assertEquals(centre, ProjectedSpline.at(0), 1.1e-4 * centre);
    for (int i = 0; i < 200; i++) {
      double p = (i + 0.5) / 200;
      double value = ProjectedSpline.at(p * p);
      assertEquals(projected(p), value, 1.1e-4 * centre, "p=" + p);
      assertTrue(value > 0, "p=" + p);
    }
    assertEquals(0, ProjectedSpline.at(1), 0);
    assertEquals(0, ProjectedSpline.at(4), 0);
  }

  /** From far below a pixel to far above the image, inside, over the edge and outside. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.01, 0.04, 0.3, 1, 3.99, 4.01, 12, 60, 255, 257, 700})
  void luminosityIsConserved(double pixels) {
    SkyGrid grid = new SkyGrid(64, 2.5);
    CellDeposit deposit = new CellDeposit(grid);
    CounterRandom random = new CounterRandom(1, "places");
    double total = 0;
    for (int i = 0; i < 60; i++) {
      double luminosity = 1e40 * (1 + random.nextDouble());
      deposit.add(
          200 * (random.nextDouble() - 0.5),
          200 * (random.nextDouble() - 0.5),
          volume(pixels * grid.pixel()),
          luminosity);
      total += luminosity;
    }
    assertEquals(total, deposit.total(), 1e-12 * total);
    assertEquals(total, sum(deposit, grid) + deposit.beyond(), 1e-9 * total);
    assertTrue(deposit.beyond() > 0.05 * total, "some lie outside");
  }

  /** Where a kernel ends within the image nothing is lost, whichever way it is drawn. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.02, 0.7, 5, 100, 255.9, 256.1, 300})
  void kernelWithinTheImageLosesNoLight(double radius) {
    SkyGrid grid = new SkyGrid(700, 1);
    CellDeposit deposit = new CellDeposit(grid);
    deposit.add(0.21, -0.37, volume(radius), 1e42);
    assertEquals(1e42, sum(deposit, grid), 1e-6 * 1e42);
    assertEquals(0, deposit.beyond(), 1e-6 * 1e42);
  }

  /** What an image shows of the sky does not depend on where it ends. */
  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.5, 3, 9, 40, 300})
  void smallImageEqualsTheMiddleOfALargeOne(double radius) {
    CellDeposit small = new CellDeposit(new SkyGrid(32, 2));
    CellDeposit large = new CellDeposit(new SkyGrid(96, 2));
    CounterRandom random = new CounterRandom(2, "places");
    for (int i = 0; i < 50; i++) {
      double x = 160 * (random.nextDouble() - 0.5);
      double y = 160 * (random.nextDouble() - 0.5);
      small.add(x, y, volume(2 * radius), 1e40 * (i + 1));
      large.add(x, y, volume(2 * radius), 1e40 * (i + 1));
    }
    Image part = small.image();
    Image whole = large.image();
    double brightest = Arrays.stream(whole.pixels()).max().orElseThrow();
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        assertEquals(whole.at(x + 32, y + 32), part.at(x, y), 1e-12 * brightest);
      }
    }
    double outside = sum(large, new SkyGrid(96, 2)) - sum(small, new SkyGrid(32, 2));
    assertEquals(outside + large.beyond(), small.beyond(), 1e-9 * small.total());
  }

  @Test
  void aLargeCellIsTheProjectedSplineOfItsVolume() {
    SkyGrid grid = new SkyGrid(64, 3);
    CellDeposit deposit = new CellDeposit(grid);
    // A sphere of 20 kpc, so that the kernel ends at 50 kpc.
    deposit.add(7.1, -4.3, 4 * Math.PI / 3 * 8000, 1e42);
    Image image = deposit.image();
    double peak = 1e42 / Math.pow(50 * Units.KPC_CM, 2) * 6 / Math.PI;
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        double p = Math.hypot((x - 31.5) * 3 - 7.1, (y - 31.5) * 3 + 4.3) / 50;
        double expected = peak * projected(p) / (6 / Math.PI);
        assertEquals(expected, image.at(x, y), 2e-4 * peak, x + "," + y);
      }
    }
  }

  /** Pixels hold the kernel's integral over their area, not its value in the middle. */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.4, 1.3, 3.2})
  void aSmallCellIsSharedAmongPixelsByArea(double radius) {
    SkyGrid grid = new SkyGrid(12, 1);
    CellDeposit deposit = new CellDeposit(grid);
    double column = 6.13;
    double row = 5.91;
    deposit.add(column - 6, row - 6, volume(radius), 1);
    double[] expected = new double[144];
    int n = 400;
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        double dx = ((i + 0.5) / n - 0.5) * 2;
        double dy = ((j + 0.5) / n - 0.5) * 2;
        int line = (int) (row + dy * radius);
        int pixel = 12 * line + (int) (column + dx * radius);
        expected[pixel] += ProjectedSpline.at(dx * dx + dy * dy) * 4 / (n * n);
      }
    }
    double area = Units.KPC_CM * Units.KPC_CM;
    double[] pixels = deposit.image().pixels();
    for (int k = 0; k < 144; k++) {
      assertEquals(expected[k], pixels[k] * area, 0.03, "pixel " + k);
    }
  }

  /**
   * A beta model, e(r) = (1 + r^2/rc^2)^-2, whose projection is (pi/2) rc (1 + R^2/rc^2)^-1.5, in
   * cells thrown at random.
   */
  @Test
  void cellsOfABetaModelShowItsProjection() {
    double core = 100;
    double far = 3000;
    int cells = 200_000;
    SkyGrid grid = new SkyGrid(128, 8);
    CellDeposit deposit = new CellDeposit(grid);
    CounterRandom random = new CounterRandom(3, "beta model");
    double cubicCm = Math.pow(Units.KPC_CM, 3);
    for (int i = 0; i < cells; i++) {
      double radius = far * (i + random.nextDouble()) / cells;
      double cosine = 2 * random.nextDouble() - 1;
      double azimuth = 2 * Math.PI * random.nextDouble();
      double across = radius * Math.sqrt(1 - cosine * cosine);
      double volume = 4 * Math.PI * radius * radius * far / cells;
      double emissivity = 1e-27 * Math.pow(1 + radius * radius / (core * core), -2);
      deposit.add(
          across * Math.cos(azimuth),
          across * Math.sin(azimuth),
          // Cells far smaller than the profile's features: the kernel is to blur nothing.
          volume / 1000,
          emissivity * volume * cubicCm);
    }
    double[] sums = new double[10];
    double[] expected = new double[10];
    Image image = deposit.image();
    for (int y = 0; y < 128; y++) {
      for (int x = 0; x < 128; x++) {
        double radius = 8 * Math.hypot(x - 63.5, y - 63.5);
        if (radius < 500) {
          int ring = (int) (radius / 50);
          sums[ring] += image.at(x, y);
          expected[ring] += 1e-27 * Units.KPC_CM * beta(radius, core);
        }
      }
    }
    for (int ring = 0; ring < 10; ring++) {
      // Some thousand cells a ring: three standard deviations are below 5 %.
      assertEquals(1, sums[ring] / expected[ring], 0.05, "ring " + ring);
    }
  }

  private static double beta(double radius, double core) {
    return Math.PI / 2 * core * Math.pow(1 + radius * radius / (core * core), -1.5);
  }

  @Test
  void sumOfDepositsIsTheDepositOfAllCells() {
    SkyGrid grid = new SkyGrid(16, 1);
    CellDeposit first = new CellDeposit(grid);
    CellDeposit second = new CellDeposit(grid);
    first.add(1, 2, 30, 1e40);
    second.add(-6, 7, 900, 2e40);
    CellDeposit both = new CellDeposit(grid);
    both.add(first);
    both.add(second);
    double[] one = first.image().pixels();
    double[] two = second.image().pixels();
    double[] sums = new double[256];
    Arrays.setAll(sums, i -> one[i] + two[i]);
    assertArrayEquals(sums, both.image().pixels(), 1e-12 * Arrays.stream(sums).max().orElseThrow());
    assertEquals(3e40, both.total(), 1e30);
    assertEquals(first.beyond() + second.beyond(), both.beyond(), 1e28);
    assertEquals(
        "cell deposit: grid=SkyGrid[size=8, pixel=1.0] cannot be added to grid=SkyGrid[size=16, pixel=1.0]",
        Refused.message(() -> first.add(new CellDeposit(new SkyGrid(8, 1)))));
  }

  @Test
  void refusesInvalidCells() {
    CellDeposit deposit = new CellDeposit(new SkyGrid(8, 1));
    double[][] bad = {
      {Double.NaN, 0, 1, 1},
      {0, Double.POSITIVE_INFINITY, 1, 1},
      {0, 0, 0, 1},
      {0, 0, -1, 1},
      {0, 0, 1, -1},
      {0, 0, 1, Double.NaN},
      {0, 0, Double.POSITIVE_INFINITY, 1}
    };
    for (double[] cell : bad) {
      String message = Refused.message(() -> deposit.add(cell[0], cell[1], cell[2], cell[3]));
      assertTrue(message.startsWith("cell deposit: x=" + cell[0] + " y="), message);
    }
    assertEquals(0, deposit.total(), 0);
  }
}
