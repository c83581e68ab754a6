package org.clusternet.data.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.clusternet.data.Refused;
import org.clusternet.data.image.Image;
import org.junit.jupiter.api.Test;

/** Filled values worked out by hand. */
class MaskedPixelsTest {
  private static final int SIDE = 21;

  private static boolean[] disc(double x, double y, double radius) {
    boolean[] mask = new boolean[SIDE * SIDE];
    for (int i = 0; i < mask.length; i++) {
      int row = i / SIDE;
      mask[i] = Math.hypot(i % SIDE - x, row - y) <= radius;
    }
    return mask;
  }

  private static Image flat(double value) {
    double[] pixels = new double[SIDE * SIDE];
    Arrays.fill(pixels, value);
    return new Image(SIDE, SIDE, pixels);
  }

  private static Image fill(boolean[] mask, Image light, Image exposure) {
    return new MaskedPixels(mask, SIDE, SIDE).fill(light, exposure);
  }

  /** A slope of 2 a column and 3 a row: the mean of a round ring is the value at its centre. */
  @Test
  void sourceOnASlopeGetsTheValueOfItsPlace() {
    boolean[] mask = disc(10, 9, 3);
    double[] pixels = new double[SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 100 + 2 * (i % SIDE) + 3 * (i / SIDE) + (mask[i] ? 5000 : 0);
    }
    Image filled = fill(mask, new Image(SIDE, SIDE, pixels), flat(1));
    for (int i = 0; i < pixels.length; i++) {
      double expected = mask[i] ? 100 + 2 * 10 + 3 * 9 : pixels[i];
      assertEquals(expected, filled.pixels()[i], 1e-9);
    }
  }

  /** Surface brightness 3 everywhere, so that light is three times the exposure. */
  @Test
  void fillIsWeightedByExposure() {
    boolean[] mask = disc(5, 14, 2);
    double[] time = new double[SIDE * SIDE];
    double[] light = new double[time.length];
    for (int i = 0; i < time.length; i++) {
      time[i] = 1 + i % SIDE * 0.5;
      light[i] = mask[i] ? 777 : 3 * time[i];
    }
    double[] filled =
        fill(mask, new Image(SIDE, SIDE, light), new Image(SIDE, SIDE, time)).pixels();
    for (int i = 0; i < time.length; i++) {
      assertEquals(3 * time[i], filled[i], 1e-9);
    }
  }

  @Test
  void pixelsWithoutAValueStayAndDoNotCount() {
    boolean[] mask = disc(0, 0, 2);
    double[] light = flat(4).pixels();
    light[1] = Double.NaN;
    light[4] = Double.NaN;
    double[] expected = light.clone();
    light[0] = 90;
    assertArrayEquals(expected, fill(mask, new Image(SIDE, SIDE, light), flat(1)).pixels(), 1e-12);
  }

  /** Two sources side by side: neither's light is in the other's surroundings. */
  @Test
  void neighboursAreFilledApart() {
    boolean[] mask = disc(6, 10, 2);
    boolean[] other = disc(12, 10, 2);
    double[] light = flat(1).pixels();
    for (int i = 0; i < mask.length; i++) {
      light[i] += mask[i] ? 500 : other[i] ? 900 : 0;
      mask[i] |= other[i];
    }
    MaskedPixels pixels = new MaskedPixels(mask, SIDE, SIDE);
    assertEquals(2, pixels.groups().size());
    double[] filled = pixels.fill(new Image(SIDE, SIDE, light), flat(1)).pixels();
    assertArrayEquals(flat(1).pixels(), filled, 1e-12);
  }

  @Test
  void maskOverEverythingIsRefused() {
    String message = Refused.message(() -> fill(disc(0, 0, 100), flat(1), flat(1)));
    assertTrue(message.contains("covers every pixel"), message);
  }
}
