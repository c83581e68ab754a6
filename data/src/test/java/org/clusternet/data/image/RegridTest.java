package org.clusternet.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.clusternet.data.Refused;
import org.clusternet.data.random.CounterRandom;
import org.junit.jupiter.api.Test;

class RegridTest {
  private static Image noise(int width, int height) {
    CounterRandom random = new CounterRandom(8, "regrid");
    return new Image(width, height, random.doubles((long) width * height).toArray());
  }

  private static double sum(Image image) {
    return Arrays.stream(image.pixels()).sum();
  }

  @Test
  void largerPixelsConserveFlux() {
    Image image = noise(30, 20);
    for (double factor : new double[] {1, 2, 2.5, 10.0 / 3}) {
      int width = (int) Math.round(30 / factor);
      int height = (int) Math.round(20 / factor);
      Image coarse = new Regrid(factor, 0, 0, width, height).apply(image);
      assertEquals(sum(image), sum(coarse) * factor * factor, 1e-9);
    }
    Image halves = new Regrid(2, 0, 0, 15, 10).apply(image);
    double mean = (image.at(4, 6) + image.at(5, 6) + image.at(4, 7) + image.at(5, 7)) / 4;
    assertEquals(mean, halves.at(2, 3), 1e-15);
  }

  @Test
  void equalPixelsAreCopied() {
    Image image = noise(9, 7);
    Image cut = Regrid.around(1, 5, 3, 3, 3).apply(image);
    for (int i = 0; i < 9; i++) {
      int row = i / 3;
      assertEquals(image.at(4 + i % 3, 2 + row), cut.pixels()[i], 0);
    }
  }

  @Test
  void smallerPixelsReproduceAPlane() {
    double[] plane = new double[100];
    for (int i = 0; i < 100; i++) {
      int row = i / 10;
      plane[i] = 3.0 * (i % 10) - 2.0 * row;
    }
    Image fine = new Regrid(0.4, 2, 2, 15, 15).apply(new Image(10, 10, plane));
    for (int y = 0; y < 15; y++) {
      for (int x = 0; x < 15; x++) {
        double px = 2 + 0.4 * (x + 0.5) - 0.5;
        double py = 2 + 0.4 * (y + 0.5) - 0.5;
        assertEquals(3 * px - 2 * py, fine.at(x, y), 1e-12);
      }
    }
  }

  @Test
  void unobservedPixelsAreExcluded() {
    Image image = new Image(4, 2, new double[] {1, Double.NaN, 5, 5, 3, Double.NaN, 5, 5});
    Image coarse = new Regrid(2, 0, 0, 3, 1).apply(image);
    assertArrayEquals(new double[] {2, 5, Double.NaN}, coarse.pixels(), 0);
    Image shifted = new Regrid(2, -3, 0, 2, 1).apply(image);
    assertArrayEquals(new double[] {Double.NaN, 2}, shifted.pixels(), 0);
    Image fine = new Regrid(0.5, -1, 0, 4, 1).apply(image);
    assertTrue(Double.isNaN(fine.at(0, 0)) && Double.isNaN(fine.at(1, 0)));
    assertEquals(1, fine.at(2, 0), 0);
  }

  @Test
  void invalidArgumentsAreNamed() {
    String message = Refused.message(() -> new Regrid(0, 0, 0, 1, 1));
    assertTrue(message.contains("factor=0.0"), message);
    message = Refused.message(() -> new Regrid(1, 0, 0, 70000, 70000));
    assertTrue(message.contains("more than 2^31 pixels"), message);
  }
}
