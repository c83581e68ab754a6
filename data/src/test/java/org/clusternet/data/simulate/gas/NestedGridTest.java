package org.clusternet.data.simulate.gas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.geometry.euclidean.threed.Rotation;
import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.clusternet.data.image.Image;
import org.clusternet.data.physics.Units;
import org.clusternet.data.projection.Ellipsoid;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.random.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NestedGridTest {
  private static final double DEPTH = 4096;

  private static GasField disturbed() {
    Ellipsoid shape = Ellipsoid.of(0.85, 0.7, new Rotation(1, -2, 0.5, 4, true));
    GasBody body = new GasBody(Uniform.cluster().gas(), shape, new Vector3D(4, 2, -3));
    return new GasField(
        body,
        new Sloshing(new Vector3D(0, 0.6, 0.8), 0.3, 90, 0.8, 3, 1),
        new Fluctuations(new PowerLawNoise(11.0 / 3), 500, 6, new CounterRandom(2, "t")),
        new GasField.Roughness(0.1, 0.3, 0.7, 1000),
        List.of(new Cavity(new Vector3D(35, 0, 5), 14, 0.1, 1.3)),
        List.of(new Shock(Vector3D.ZERO, new Vector3D(0, 1, 0), 400, 150, 0.4, 2)),
        List.of(),
        List.of(
            new Clump(new Vector3D(500, 100, -200), shape, 40, 3e42, 2),
            new Clump(new Vector3D(-100, 300, 900), shape, 60, 6e42, 2)));
  }

  /** An undisturbed field is its exact projection, sampled or not. */
  @Test
  void withoutDisturbanceTheImageIsTheExactProjection() {
    Ellipsoid shape = Ellipsoid.of(0.85, 0.7, new Rotation(1, -2, 0.5, 4, true));
    GasField field = GasField.of(new GasBody(Uniform.cluster().gas(), shape, Vector3D.ZERO));
    SkyGrid sky = new SkyGrid(128, 8);
    Image[] plain = FieldImage.along(field, null, sky);
    Image[] sampled = FieldImage.along(field, NestedGrid.sample(field, 128, 8), sky);
    for (int axis = 0; axis < 3; axis++) {
      double[] exact = sky.draw(shape.alongAxis(axis), field.body().profile(1200)).pixels();
      for (int i = 0; i < exact.length; i++) {
        assertEquals(1, plain[axis].pixels()[i] / exact[i], 1e-6);
        assertEquals(1, sampled[axis].pixels()[i] / exact[i], 1e-3);
      }
    }
  }

  /**
   * A cavity in uniform gas takes the chord 2 sqrt(b^2 - p^2) out of a line of sight. The smooth
   * edge of half width w leaves int t^4 (3 - 2t)^2 dt = 13/35 of n^2 where a sharp one leaves half.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void cavityInUniformGasRemovesTheEmissionOfItsChord(int axis) {
    double radius = 40;
    Vector3D centre = new Vector3D(70, -50, 30);
    Cavity cavity = new Cavity(centre, radius, 0.02, 1);
    GasField field =
        new GasField(
            Uniform.body(), null, null, null, List.of(cavity), List.of(), List.of(), List.of());
    NestedGrid grid = NestedGrid.sample(field, 512, 4, 96);
    double effective = radius * (1 + 2 * Cavity.EDGE * (0.5 - 13.0 / 35));
    double u = centre.toArray()[(axis + 1) % 3];
    double v = centre.toArray()[(axis + 2) % 3];
    for (double p : new double[] {0, 10, 20}) {
      double chord = 2 * Math.sqrt(effective * effective - p * p);
      double missing = (1 - grid.ratio(axis, u + p, v, 4)) * DEPTH;
      assertEquals(chord, missing, 0.04 * chord, "p=" + p);
    }
    double volume = 0;
    for (double y = -60; y <= 60; y += 2) {
      for (double x = -60; x <= 60; x += 2) {
        volume += (1 - grid.ratio(axis, u + x, v + y, 4)) * DEPTH * 4;
      }
    }
    double sphere = 4 * Math.PI / 3 * effective * effective * effective;
    assertEquals(sphere, volume, 0.04 * sphere);
  }

  /** The light of an image is that of the gas, whichever way one looks. */
  @Test
  void projectionConservesLuminosity() {
    GasField field = disturbed();
    NestedGrid grid = NestedGrid.sample(field, 512, 8, 64);
    double luminosity = new Enclosed(field, grid.sums()).luminosity(3000);
    double pixel = 8 * Units.KPC_CM;
    for (Image image : FieldImage.along(field, grid, new SkyGrid(512, 8))) {
      double sum = Arrays.stream(image.pixels()).sum() * pixel * pixel;
      assertEquals(1, sum / luminosity, 0.01);
    }
  }

  /** With finer cells images approach one another: what is drawn is the field, not the grid. */
  @Test
  void imagesConvergeWithTheNumberOfCells() {
    double[] fine = image(96);
    double coarse = difference(image(24), fine);
    double finer = difference(image(48), fine);
    assertTrue(finer < 0.7 * coarse, finer + " of " + coarse);
    assertTrue(finer < 0.05, "rms of ln: " + finer);
  }

  private static double[] image(int cells) {
    GasField field = disturbed();
    NestedGrid grid = NestedGrid.sample(field, 128, 8, cells);
    return FieldImage.along(field, grid, new SkyGrid(128, 8), 0).pixels();
  }

  private static double difference(double[] a, double[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += Math.pow(Math.log(a[i] / b[i]), 2);
    }
    return Math.sqrt(squares / a.length);
  }

  @Test
  void samplingIsRepeatable() {
    SkyGrid sky = new SkyGrid(64, 16);
    Image[] once = FieldImage.along(disturbed(), NestedGrid.sample(disturbed(), 64, 16), sky);
    Image[] again = FieldImage.along(disturbed(), NestedGrid.sample(disturbed(), 64, 16), sky);
    for (int axis = 0; axis < 3; axis++) {
      assertArrayEquals(once[axis].pixels(), again[axis].pixels());
    }
  }
}
