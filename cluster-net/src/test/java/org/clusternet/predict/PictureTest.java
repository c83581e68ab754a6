package org.clusternet.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.clusternet.data.morphology.Position;
import org.clusternet.engine.region.Box;
import org.clusternet.inference.Prediction;
import org.clusternet.render.ColorMap;
import org.clusternet.render.Png;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

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

  private static BufferedImage decode(Panel panel) throws IOException {
    byte[] png = Png.of(panel.width(), panel.height(), panel.pixels());
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  @Test
  void fitsImagesHaveTheirFirstRowAtTheBottom() throws IOException {
    BufferedImage up = decode(Panels.of(small(), true).get(0));
    assertEquals(3, up.getWidth());
    assertEquals(2, up.getHeight());
    assertEquals(ColorMap.INFERNO.rgb(1), up.getRGB(2, 1) & RGB);
    assertEquals(ColorMap.INFERNO.rgb(0.4), up.getRGB(0, 0) & RGB);
    BufferedImage down = decode(Panels.of(small(), false).get(0));
    assertEquals(ColorMap.INFERNO.rgb(1), down.getRGB(2, 0) & RGB);
    assertTrue(Panels.isUpwards("a.fits.gz"));
    assertTrue(!Panels.isUpwards("a.PNG") && !Panels.isUpwards("b.npy"));
  }

  /** Of 64 x 64 pixels, a cross from 2 to 6 pixels off its middle, which stays free. */
  @Test
  void theXrayPeakIsACross() throws IOException {
    Panel black = new Panel("input", 64, 64, (x, y) -> 0, null);
    BufferedImage up = decode(Panels.crossed(black, new Position(20.2, 9.9), true));
    assertEquals(0x00FF00, up.getRGB(20 + 2, 53) & RGB);
    assertEquals(0x00FF00, up.getRGB(20, 53 - 6) & RGB);
    assertEquals(0, up.getRGB(20, 53) & RGB);
    assertEquals(0, up.getRGB(20 + 1, 53) & RGB);
    assertEquals(0, up.getRGB(20 - 7, 53) & RGB);
    BufferedImage down = decode(Panels.crossed(black, new Position(20.2, 9.9), false));
    assertEquals(0x00FF00, down.getRGB(20 - 6, 10) & RGB);
    String svg =
        new ExplanationFigure("t", small(), true, null, Optional.of(new Position(1, 1))).svg();
    assertTrue(svg.contains("input, X-ray peak"), svg);
  }

  @Test
  void boxIsFlippedWithTheImage() {
    assertEquals(new Box(0, 0, 2, 0), Panels.of(small(), true).get(3).box());
    assertEquals(new Box(0, 1, 2, 1), Panels.of(small(), false).get(3).box());
  }

  @Test
  void pixelsOutsideTheMaskAreDimmed() throws IOException {
    BufferedImage region = decode(Panels.of(small(), true).get(3));
    assertEquals(ColorMap.INFERNO.rgb(0.8), region.getRGB(2, 0) & RGB);
    int bright = ColorMap.INFERNO.rgb(1);
    int dark = region.getRGB(2, 1) & RGB;
    for (int shift = 0; shift <= 16; shift += 8) {
      assertEquals(0.35 * (bright >> shift & 0xFF), dark >> shift & 0xFF, 1);
    }
  }

  /** A masked square of 3 x 3 pixels: its outline is cyan, the pixel within is the input's. */
  @Test
  void maskedSourcesAreOutlined() throws IOException {
    double[] input = new double[25];
    double[] masked = new double[25];
    for (int i = 0; i < 25; i++) {
      input[i] = i / 25.0;
      masked[i] = i % 5 < 3 && i / 5 >= 2 ? 1 : 0;
    }
    Explanation explanation =
        new Explanation(small().prediction(), new Plane(5, 5, input), null, null, null, null);
    Panel panel = Panels.of(explanation, true, new Plane(5, 5, masked)).get(0);
    assertEquals("input, sources masked", panel.name());
    BufferedImage picture = decode(panel);
    for (int i = 0; i < 25; i++) {
      int x = i % 5;
      int y = i / 5;
      boolean outline = masked[i] == 1 && !(x == 1 && y == 3);
      int expected = outline ? 0x00FFFF : ColorMap.INFERNO.rgb(input[i]);
      assertEquals(expected, picture.getRGB(x, 4 - y) & RGB, "x=" + x + " y=" + y);
    }
  }

  @Test
  void panelsAreThoseOfTheVariant() {
    Explanation all = small();
    Prediction plain = new Prediction(all.prediction().probabilities(), Optional.empty());
    Explanation baseline = new Explanation(plain, all.input(), null, null, null, null);
    assertEquals(List.of("input"), names(baseline));
    Explanation gaussian =
        new Explanation(
            all.prediction(), all.input(), null, all.gaussian(), all.mask(), all.crop());
    assertEquals(List.of("input", "Gaussian", "mask and box", "crop"), names(gaussian));
    assertEquals(List.of("input", "CAM", "Gaussian", "masks and box", "crop"), names(all));
    String svg = new ExplanationFigure("baseline", baseline, true, null).svg();
    assertTrue(svg.contains("width=\"776\""), "room for three panels: the text below needs it");
  }

  private static List<String> names(Explanation explanation) {
    return Panels.of(explanation, true).stream().map(Panel::name).toList();
  }

  private static List<Element> elements(String svg, String tag) throws Exception {
    NodeList nodes =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
            .getElementsByTagName(tag);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void barsAreAsLongAsTheirProbability() throws Exception {
    String svg = new ExplanationFigure("title", small(), true, null).svg();
    List<Double> widths =
        elements(svg, "rect").stream()
            .filter(r -> r.getAttribute("fill").equals("#E69F00"))
            .map(r -> number(r, "width"))
            .toList();
    assertEquals(List.of(0.75 * 240), widths, "WCC, orange");
  }

  @Test
  void figureNamesImagePanelsAndBox() throws Exception {
    String svg = new ExplanationFigure("a < b & c", small(), true, null).svg();
    List<String> texts = elements(svg, "text").stream().map(Element::getTextContent).toList();
    assertTrue(
        texts.containsAll(
            List.of("a < b & c", "input", "CAM", "Gaussian", "masks and box", "crop")),
        texts::toString);
    assertTrue(texts.containsAll(List.of("0.750 predicted", "box x 0-2 y 1-1")), texts::toString);
    String cut = new ExplanationFigure("x".repeat(500) + ".fits", small(), true, null).svg();
    String title = elements(cut, "text").get(0).getTextContent();
    assertTrue(title.length() < 200 && title.contains("...") && title.endsWith(".fits"), title);
  }

  /** The box is the upper one of two rows, over the panel that is drawn in its place. */
  @Test
  void boxLiesOverItsPanel() throws Exception {
    String svg = new ExplanationFigure("title", small(), true, null).svg();
    Element panel = elements(svg, "image").get(3);
    Element box =
        elements(svg, "rect").stream()
            .filter(r -> r.getAttribute("fill").equals("none"))
            .findFirst()
            .orElseThrow();
    assertEquals(number(panel, "x"), number(box, "x"));
    assertEquals(number(panel, "y"), number(box, "y"));
    assertEquals(number(panel, "width"), number(box, "width"));
    assertEquals(number(panel, "height") / 2, number(box, "height"));
  }

  @Test
  void pngHasThePanelsSideBySideWithTheBox() throws IOException {
    byte[] png = new ExplanationFigure("title", small(), true, null).png();
    BufferedImage row = ImageIO.read(new ByteArrayInputStream(png));
    assertEquals(5 * 240 + 4 * 12, row.getWidth());
    assertEquals(240, row.getHeight());
    assertEquals(ColorMap.INFERNO.rgb(1), row.getRGB(239, 239) & RGB, "input, x = 2, y = 0");
    assertEquals(ColorMap.VIRIDIS.rgb(0.4), row.getRGB(252, 0) & RGB, "CAM, x = 0, y = 1");
    assertEquals(RGB, row.getRGB(245, 100) & RGB, "white between panels");
    int left = 3 * 252;
    for (int[] at : new int[][] {{0, 0}, {239, 119}, {1, 60}, {100, 118}}) {
      assertEquals(0x56B4E9, row.getRGB(left + at[0], at[1]) & RGB, "outline");
    }
    assertEquals(ColorMap.INFERNO.rgb(0.6), row.getRGB(left + 100, 60) & RGB, "within the box");
  }
}
