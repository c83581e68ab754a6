package org.clusternet.data.simulate.gas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.commons.math3.geometry.euclidean.threed.Rotation;
import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.clusternet.data.physics.Plasma;
import org.clusternet.data.projection.Ellipse;
import org.clusternet.data.projection.Ellipsoid;
import org.clusternet.data.random.CounterRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GasFieldTest {
  private static GasSample at(GasField field, double x, double y, double z) {
    GasSample sample = new GasSample();
    field.sampler().at(x, y, z, 0.5, sample);
    return sample;
  }

  private static GasField with(
      @Nullable Sloshing sloshing, List<Cavity> cavities, List<Shock> shocks) {
    return new GasField(
        Uniform.cluster(), sloshing, null, null, cavities, shocks, List.of(), List.of());
  }

  /** The tables against the profiles themselves. */
  @Test
  void undisturbedGasFollowsTheProfile() {
    Ellipsoid shape = Ellipsoid.of(0.8, 0.6, new Rotation(1, 2, 3, 4, true));
    GasBody body = new GasBody(Uniform.cluster().gas(), shape, new Vector3D(3, -2, 5));
    GasField field = GasField.of(body);
    GasField.Sampler sampler = field.sampler();
    GasSample sample = new GasSample();
    CounterRandom random = new CounterRandom(3, "points");
    for (int i = 0; i < 2000; i++) {
      Vector3D p =
          Directions.random(random).scalarMultiply(Math.pow(10, 3.3 * random.nextDouble()));
      double m = shape.radius(p.getX() - 3, p.getY() + 2, p.getZ() - 5);
      sampler.at(p.getX(), p.getY(), p.getZ(), 1, sample);
      assertEquals(1, sample.density() / body.gas().electronDensity(m), 5e-4, "m=" + m);
      assertEquals(1, sample.temperature() / body.gas().temperature(m), 5e-4, "m=" + m);
      assertEquals(1, sample.emissivity() / body.gas().emissivity(m), 1e-3, "m=" + m);
      assertEquals(1, sample.undisturbed() / body.gas().emissivity(m), 1e-3, "m=" + m);
    }
    assertTrue(field.isUndisturbed());
  }

  /** Across the front, going out: density falls, temperature rises, pressure stays. */
  @Test
  void sloshingMakesAColdFront() {
    Sloshing sloshing = new Sloshing(new Vector3D(0, 0, 1), 0.4, 100, 0.8, 3, 0);
    GasField field = with(sloshing, List.of(), List.of());
    double pressureBefore = 0;
    double steepest = 0;
    double jump = 0;
    Vector3D[] frame = Directions.frame(Vector3D.PLUS_K);
    for (double r = 60; r < 170; r += 2) {
      Vector3D in = frame[0].scalarMultiply(r);
      Vector3D out = frame[0].scalarMultiply(r + 8);
      GasSample near = at(field, in.getX(), in.getY(), in.getZ());
      double density = near.density();
      double temperature = near.temperature();
      double smooth = field.body().gas().electronDensity(r);
      GasSample far = at(field, out.getX(), out.getY(), out.getZ());
      double fall = density / far.density() * field.body().gas().electronDensity(r + 8) / smooth;
      if (fall > steepest) {
        steepest = fall;
        jump = far.temperature() / temperature;
      }
      double pressure = density * temperature;
      assertEquals(1, pressure / field.body().gas().pressure().at(r), 5e-4);
      assertTrue(pressureBefore == 0 || pressure < pressureBefore);
      pressureBefore = pressure;
    }
    assertTrue(steepest > 1.15, "density falls by a further " + steepest);
    assertTrue(jump > 1.15, "temperature rises by " + jump);
    // The poles are left as they are.
    GasSample pole = at(field, 0, 0, 100);
    assertEquals(1, pole.density() / field.body().gas().electronDensity(100), 1e-3);
  }

  @Test
  void cavitiesAreEmptyInsideAndBrightAround() {
    Cavity cavity = new Cavity(new Vector3D(60, 0, 0), 20, 0.1, 1.3);
    GasField field = with(null, List.of(cavity), List.of());
    double inside = field.body().gas().electronDensity(60);
    assertEquals(0.1 * inside, at(field, 60, 0, 0).density(), 1e-3 * inside);
    assertEquals(
        1.3, at(field, 60, 25, 0).density() / field.body().gas().electronDensity(65), 1e-3);
    assertEquals(1, at(field, 0, 60, 0).density() / inside, 1e-3);
    GasSample sample = at(field, 60, 25, 0);
    assertEquals(
        1,
        sample.density() * sample.temperature() / field.body().gas().pressure().at(65),
        1e-3,
        "pressure");
  }

  /** Rankine and Hugoniot for Mach 2: n by 16/7, P by 19/4. */
  @Test
  void shocksObeyTheJumpConditions() {
    Shock shock = new Shock(Vector3D.ZERO, new Vector3D(1, 0, 0), 300, 100, 0.5, 2);
    assertEquals(16.0 / 7, shock.compression(), 1e-12);
    assertEquals(19.0 / 4, shock.compression() * shock.heating(), 1e-12);
    GasField field = with(null, List.of(), List.of(shock));
    GasSample behind = at(field, 299.999, 0, 0);
    double density = behind.density();
    double pressure = density * behind.temperature();
    GasSample ahead = at(field, 300.001, 0, 0);
    assertEquals(16.0 / 7, density / ahead.density(), 1e-3);
    assertEquals(19.0 / 4, pressure / (ahead.density() * ahead.temperature()), 2e-3);
    double smooth = field.body().gas().electronDensity(250);
    assertEquals(1, at(field, -250, 0, 0).density() / smooth, 1e-3, "the other side");
    assertEquals(1, at(field, 0, 250, 0).density() / smooth, 1e-3, "beside the cap");
  }

  /** ln n has the mean and the standard deviation that are set; pressure is left alone. */
  @Test
  void fluctuationsAreIsobaricAndOfTheGivenStrength() {
    GasField field =
        new GasField(
            Uniform.body(),
            null,
            new Fluctuations(new PowerLawNoise(11.0 / 3), 100, 5, new CounterRandom(2, "t")),
            new GasField.Roughness(0.3, 0, 1, 1000),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    GasField.Sampler sampler = field.sampler();
    GasSample sample = new GasSample();
    CounterRandom random = new CounterRandom(4, "points");
    double smooth = field.body().gas().electronDensity(100);
    double pressure = field.body().gas().pressure().at(100);
    double mean = 0;
    double squares = 0;
    int count = 50_000;
    for (int i = 0; i < count; i++) {
      Vector3D p = Directions.random(random).scalarMultiply(3000 * Math.cbrt(random.nextDouble()));
      sampler.at(p.getX(), p.getY(), p.getZ(), 0.1, sample);
      assertEquals(1, sample.density() * sample.temperature() / pressure, 1e-3);
      double log = Math.log(sample.density() / smooth);
      mean += log / count;
      squares += log * log / count;
    }
    assertEquals(-0.045, mean, 0.02);
    assertEquals(0.3, Math.sqrt(squares - mean * mean), 0.025);
  }

  /** 4 pi int s^2 e ds and int e dl, by the midpoint rule. */
  @Test
  void clumpsHaveTheirLuminosityAndTemperature() {
    Clump clump = new Clump(Vector3D.ZERO, Uniform.sphere(), 30, 1e43, 2);
    double luminosity = 0;
    double column = 0;
    double kpc = 3.0856775814913673e21;
    for (double s = 0.05; s < 3000; s += 0.1) {
      luminosity += 4 * Math.PI * s * s * clump.emissivity(s, 0, 0) * 0.1 * kpc * kpc * kpc;
      column += 2 * clump.emissivity(0, 40, s) * 0.1 * kpc;
    }
    assertEquals(1, luminosity / 1e43, 1e-4);
    assertEquals(1, column / clump.face(Ellipse.CIRCLE).at(40, 0), 1e-4);
    double density = clump.density(1e-27);
    assertEquals(
        1e-27, Plasma.emissivity(density, Plasma.coolingFunction(2)), 1e-30, "n_e of the clump");
  }

  @Test
  void refusesInvalidFeatures() {
    assertThrows(IllegalArgumentException.class, () -> new Cavity(Vector3D.ZERO, 0, 0.1, 1.2));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Sloshing(new Vector3D(0, 0, 1), 1, 100, 0.8, 3, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Shock(Vector3D.ZERO, new Vector3D(0, 0, 1), 100, 200, 0.5, 2));
    assertThrows(
        IllegalArgumentException.class, () -> new Clump(Vector3D.ZERO, Uniform.sphere(), 0, 1, 1));
  }
}
