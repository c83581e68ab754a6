package org.clusternet.data.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.image.Image;
import org.junit.jupiter.api.Test;

class SkyGridTest {
  private static final Ellipse TILTED = new Ellipse(1.3, 0.4, 0.9, 1.7);

  /**
   * S = (1 + m^2/rc^2)^-1.5: within an ellipse m &lt; M the flux is 2 pi rc^2 (1 -
   * 1/sqrt(1+M^2/rc^2)).
   */
  private static double beta(double radius, double core) {
    return Math.pow(1 + radius * radius / (core * core), -1.5);
  }

  private static double sum(Image image) {
    double sum = 0;
    for (double pixel : image.pixels()) {
      sum += pixel;
    }
    return sum;
  }

  /** Cores from a tenth of a pixel to fifty. */
  @Test
  void fluxIsConserved() {
    for (double core : new double[] {0.4, 2, 20, 200}) {
      SkyGrid grid = new SkyGrid(512, 4);
      double flux = 16 * sum(grid.draw(Ellipse.CIRCLE, r -> beta(r, core)));
      // The square |x|, |y| < H holds 4 rc^2 atan(H^2 / (rc sqrt(rc^2 + 2 H^2))).
      double half = 1024;
      double expected =
          4
              * core
              * core
              * Math.atan(half * half / (core * Math.sqrt(core * core + 2 * half * half)));
      assertEquals(expected, flux, (core < 1 ? 2e-2 : 3e-4) * expected, "core=" + core);
    }
  }

  @Test
  void pixelsAreMeansOverTheirArea() {
    SkyGrid grid = new SkyGrid(32, 2);
    RadialProfile profile = r -> Math.pow(r + 0.5, -2);
    Image image = grid.draw(TILTED, profile);
    for (int[] at : new int[][] {{15, 15}, {16, 14}, {19, 12}, {25, 20}, {0, 31}}) {
      double mean = 0;
      int n = 200;
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
          double x = (at[0] - 16 + (i + 0.5) / n) * 2;
          double y = (at[1] - 16 + (j + 0.5) / n) * 2;
          mean += 1.7 * profile.at(TILTED.radius(x, y)) / (n * n);
        }
      }
      assertEquals(mean, image.at(at[0], at[1]), 2e-3 * mean, at[0] + "," + at[1]);
    }
  }

  @Test
  void imagesAreSymmetricUnderHalfATurn() {
    for (int size : new int[] {1, 2, 7, 16}) {
      double[] pixels = new SkyGrid(size, 3).draw(TILTED, r -> Math.exp(-r)).pixels();
      for (int k = 0; k < pixels.length; k++) {
        assertEquals(pixels[k], pixels[pixels.length - 1 - k], 0);
      }
    }
  }

  @Test
  void ellipsesAreOrientedByTheirQuadraticForm() {
    // Long along x: the same value is farther out along x than along y.
    Image image = new SkyGrid(65, 1).draw(new Ellipse(0.25, 0, 1, 1), r -> Math.exp(-r / 10));
    assertEquals(image.at(32 + 20, 32), image.at(32, 32 + 10), 1e-3);
    // A positive cross term shortens the diagonal x = y.
    Image tilted = new SkyGrid(65, 1).draw(TILTED, r -> Math.exp(-r / 10));
    assertEquals(true, tilted.at(42, 42) < tilted.at(42, 22));
  }

  @Test
  void largestRadiusIsThatOfACorner() {
    SkyGrid grid = new SkyGrid(10, 2);
    assertEquals(Math.sqrt(200), grid.maxRadius(Ellipse.CIRCLE), 1e-12);
    assertEquals(TILTED.radius(10, 10), grid.maxRadius(TILTED), 1e-12);
    assertEquals(TILTED.radius(10, 10), grid.maxRadius(new Ellipse(1.3, -0.4, 0.9, 1)), 1e-12);
  }

  @Test
  void headersContainTheScale() {
    SkyGrid grid = new SkyGrid(256, 4);
    List<Card> linear = SkyHeader.linear(grid);
    assertEquals("erg s-1 cm-2", value(linear, "BUNIT"));
    assertEquals(4.0, value(linear, "PIXKPC"));
    assertEquals("kpc", value(linear, "CUNIT2"));
    assertEquals(128.5, value(linear, "CRPIX1"));
    List<Card> celestial = SkyHeader.celestial(grid, 150, -20, 2);
    // 4 kpc at 2 kpc per arcsec are 2 arcsec; east is left.
    assertEquals(-2.0 / 3600, (double) value(celestial, "CDELT1"), 1e-15);
    assertEquals(2.0 / 3600, (double) value(celestial, "CDELT2"), 1e-15);
    assertEquals("DEC--TAN", value(celestial, "CTYPE2"));
    assertEquals(-20.0, value(celestial, "CRVAL2"));
  }

  private static Object value(List<Card> cards, String key) {
    return cards.stream().filter(card -> card.key().equals(key)).findFirst().orElseThrow().value();
  }

  @Test
  void refusesInvalidGrids() {
    assertThrows(IllegalArgumentException.class, () -> new SkyGrid(0, 4));
    assertThrows(IllegalArgumentException.class, () -> new SkyGrid(20000, 4));
    assertThrows(IllegalArgumentException.class, () -> new SkyGrid(256, 0));
    assertThrows(IllegalArgumentException.class, () -> new SkyGrid(256, Double.NaN));
  }
}
