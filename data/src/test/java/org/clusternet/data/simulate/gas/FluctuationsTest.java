package org.clusternet.data.simulate.gas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;
import org.clusternet.data.random.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FluctuationsTest {
  private static final int POINTS = 512;
  private static final double STEP = 4;
  private static final double LARGEST = 512;

  private static Fluctuations field(double slope, int octaves) {
    return new Fluctuations(
        new PowerLawNoise(slope), LARGEST, octaves, new CounterRandom(5, "test"));
  }

  /**
   * The spectrum along lines of an isotropic field of P(k) ~ k^-p is the integral of k P(k) from k
   * on, ~ k^-(p-2) less the same at the shortest wave; measured with a Hann window.
   */
  @ParameterizedTest
  @ValueSource(doubles = {11.0 / 3, 3.3, 4.2})
  void powerSpectrumHasTheGivenSlope(double slope) {
    double[] power = new double[POINTS / 2];
    Fluctuations field = field(slope, 6);
    CounterRandom random = new CounterRandom(9, "lines");
    for (int line = 0; line < 600; line++) {
      Vector3D along = Directions.random(random);
      Vector3D from = Directions.random(random).scalarMultiply(3000 * random.nextDouble());
      double[][] values = new double[2][POINTS];
      for (int i = 0; i < POINTS; i++) {
        Vector3D at = from.add(along.scalarMultiply(i * STEP));
        double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / POINTS);
        values[0][i] = window * field.at(at.getX(), at.getY(), at.getZ(), 1e-3);
      }
      FastFourierTransformer.transformInPlace(
          values, DftNormalization.STANDARD, TransformType.FORWARD);
      for (int k = 0; k < power.length; k++) {
        power[k] += values[0][k] * values[0][k] + values[1][k] * values[1][k];
      }
    }
    double shortest = POINTS * STEP / (LARGEST / 64);
    SimpleRegression fit = new SimpleRegression();
    for (int k = 6; k <= 60; k++) {
      double lines = Math.pow(k, 2 - slope) - Math.pow(shortest, 2 - slope);
      fit.addData(Math.log(k), Math.log(power[k] / lines));
    }
    assertEquals(0, fit.getSlope(), 0.15, "measured less set slope, of the spectrum along lines");
  }

  @Test
  void varianceIsOneAndMeanIsZero() {
    Fluctuations field = field(11.0 / 3, 6);
    CounterRandom random = new CounterRandom(1, "points");
    double sum = 0;
    double squares = 0;
    int count = 200_000;
    for (int i = 0; i < count; i++) {
      double value =
          field.at(
              20_000 * random.nextDouble(),
              20_000 * random.nextDouble(),
              20_000 * random.nextDouble(),
              1e-3);
      sum += value;
      squares += value * value;
    }
    assertEquals(0, sum / count, 0.03);
    // Interpolation takes some off.
    assertEquals(1, squares / count, 0.12);
  }

  @Test
  void wavesShorterThanTwoCellsAreOmitted() {
    Fluctuations field = field(11.0 / 3, 6);
    Fluctuations one = field(11.0 / 3, 1);
    assertEquals(0, field.at(1, 2, 3, 200));
    assertTrue(one.at(1, 2, 3, 128) != 0);
    assertEquals(0, one.at(1, 2, 3, 129));
  }

  @Test
  void refusesInvalidSpectra() {
    assertEquals(
        "gas fluctuations: slope=3.0 of the spectrum must be finite and above 3",
        assertThrows(IllegalArgumentException.class, () -> new PowerLawNoise(3)).getMessage());
    PowerLawNoise noise = new PowerLawNoise(4);
    CounterRandom random = new CounterRandom(1, "x");
    assertThrows(IllegalArgumentException.class, () -> new Fluctuations(noise, 0, 2, random));
    assertThrows(IllegalArgumentException.class, () -> new Fluctuations(noise, 9, 0, random));
  }
}
