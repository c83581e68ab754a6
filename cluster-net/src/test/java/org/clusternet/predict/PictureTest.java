package org.clusternet.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.clusternet.engine.region.Box;
import org.clusternet.inference.Prediction;
import org.clusternet.render.ColorMap;
import org.clusternet.render.Lettering;
import org.clusternet.render.Raster;
import org.junit.jupiter.api.Test;

/** Pictures are decoded by the JDK's own reader and looked at pixel by pixel. */
class PictureTest {
  private static final int RGB = 0xFFFFFF;

  /** 3 x 2 pixels, brightest at x = 2, y = 0; the mask holds the row y = 1. */
  private static Explanation small() {
    double[] input = {0, 0.2, 1, 0.4, 0.6, 0.8};
    double[] mask = {0, 0, 0, 1, 1, 1};
    return new Explanation(
        new Prediction(List.of(0.125, 0.75, 0.125), Optional.of(new Box(0, 1, 2, 1))),
        new Plane(3, 2, input),
        new Plane(3, 2, input),
        new Plane(3, 2, input),
        new Plane(3, 2, mask),
        new Plane(3, 2, input));
  }

  private static BufferedImage decode(Raster raster) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(raster.png()));
  }

  @Test
  void fitsImagesHaveTheirFirstRowAtTheBottom() throws IOException {
    BufferedImage up = decode(Panels.of(small(), true).get(0).raster());
    assertEquals(3, up.getWidth());
    assertEquals(2, up.getHeight());
    assertEquals(ColorMap.INFERNO.rgb(1), up.getRGB(2, 1) & RGB);
    assertEquals(ColorMap.INFERNO.rgb(0.4), up.getRGB(0, 0) & RGB);
    BufferedImage down = decode(Panels.of(small(), false).get(0).raster());
    assertEquals(ColorMap.INFERNO.rgb(1), down.getRGB(2, 0) & RGB);
    assertTrue(Panels.isUpwards("a.fits.gz"));
    assertTrue(!Panels.isUpwards("a.PNG") && !Panels.isUpwards("b.npy"));
  }

  @Test
  void theBoxTurnsWithTheImage() {
    assertEquals(new Box(0, 0, 2, 0), Panels.of(small(), true).get(3).box());
    assertEquals(new Box(0, 1, 2, 1), Panels.of(small(), false).get(3).box());
  }

  @Test
  void outsideTheMaskItIsDimmed() throws IOException {
    BufferedImage region = decode(Panels.of(small(), true).get(3).raster());
    assertEquals(ColorMap.INFERNO.rgb(0.8), region.getRGB(2, 0) & RGB);
    int bright = ColorMap.INFERNO.rgb(1);
    int dark = region.getRGB(2, 1) & RGB;
    for (int shift = 0; shift <= 16; shift += 8) {
      assertEquals(0.35 * (bright >> shift & 0xFF), dark >> shift & 0xFF, 1);
    }
  }

  @Test
  void aVariantShowsTheMapsThatItHas() {
    Explanation all = small();
    Prediction plain = new Prediction(all.prediction().probabilities(), Optional.empty());
    Explanation baseline = new Explanation(plain, all.input(), null, null, null, null);
    assertEquals(List.of("input"), names(baseline));
    Explanation gaussian =
        new Explanation(
            all.prediction(), all.input(), null, all.gaussian(), all.mask(), all.crop());
    assertEquals(List.of("input", "Gaussian", "mask and box", "crop"), names(gaussian));
    assertEquals(List.of("input", "CAM", "Gaussian", "masks and box", "crop"), names(all));
    assertTrue(RowPicture.draw("baseline", baseline, true).width() > 700, "room for the text");
  }

  private static List<String> names(Explanation explanation) {
    return Panels.of(explanation, true).stream().map(Panels.Panel::name).toList();
  }

  /** A bar's length is its probability; panels are drawn pixel by pixel. */
  @Test
  void theRowShowsPanelsAndProbabilities() throws IOException {
    BufferedImage row = decode(RowPicture.draw("title", small(), true));
    int orange = 0xE69F00;
    int most = 0;
    for (int y = 0; y < row.getHeight(); y++) {
      int count = 0;
      for (int x = 0; x < row.getWidth(); x++) {
        count += (row.getRGB(x, y) & RGB) == orange ? 1 : 0;
      }
      most = Math.max(most, count);
    }
    assertEquals(0.75 * 240, most, 0.5);
  }

  /** An L of 5 x 7 dots, dots of 2 x 2 pixels. */
  @Test
  void lettersAreDots() {
    Raster picture = new Raster(12, 16);
    Lettering.draw(picture, "L", 0, 1, 2, 0);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 12; x++) {
        boolean stem = x < 2 && y >= 1 && y < 15;
        boolean foot = x < 10 && y >= 13 && y < 15;
        assertEquals(stem || foot ? 0 : RGB, picture.get(x, y), "x=" + x + " y=" + y);
      }
    }
  }
}
