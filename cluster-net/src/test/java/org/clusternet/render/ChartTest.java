package org.clusternet.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.clusternet.metrics.Reliability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Charts are read back by an XML parser: marks must lie where their numbers say. */
class ChartTest {

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> all(Document document, String tag) {
    NodeList nodes = document.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static List<String> texts(Document document) {
    return all(document, "text").stream().map(Element::getTextContent).toList();
  }

  private static double at(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  /** The place of a tick's label, by its text. */
  private static double place(Document document, String tick, String anchor, String attribute) {
    return all(document, "text").stream()
        .filter(
            t -> t.getTextContent().equals(tick) && t.getAttribute("text-anchor").equals(anchor))
        .mapToDouble(t -> at(t, attribute))
        .findFirst()
        .orElseThrow();
  }

  /** Between two ticks a mark lies in proportion, whatever the margins are. */
  @Test
  void pointsLieWhereTheTicksSay() throws Exception {
    Document svg =
        parse(
            new Chart("title", "what it shows")
                .x("epoch", Scale.linear(0, 10))
                .y("loss", Scale.log(0.01, 1))
                .line("train", new double[] {2.5, 5, Double.NaN}, new double[] {0.1, 0, 0.5})
                .document());
    List<Element> dots = all(svg, "circle");
    assertEquals(1, dots.size(), "neither the logarithm of 0 nor NaN has a place");
    double zero = place(svg, "0", "middle", "x");
    double ten = place(svg, "10", "middle", "x");
    assertEquals(zero + (ten - zero) / 4, at(dots.get(0), "cx"), 0.02);
    double low = place(svg, "0.01", "end", "y") - 4;
    double high = place(svg, "1", "end", "y") - 4;
    assertEquals((low + high) / 2, at(dots.get(0), "cy"), 0.02);
    assertEquals("train: 2.5, 0.1", dots.get(0).getTextContent());
  }

  @Test
  void rangesOfSamplesStandSideBySideInTheirClass() throws Exception {
    double nan = Double.NaN;
    Document svg =
        parse(
            new ClassRanges("t", "d", "core type", List.of("CC", "WCC"))
                .y("c", Scale.linear(0, 10))
                .sample("one", new double[] {2, nan}, new double[] {5, nan}, new double[] {6, nan})
                .sample("two", new double[] {1, 2}, new double[] {2, 5}, new double[] {3, 8})
                .document());
    List<String> tips = all(svg, "title").stream().skip(1).map(Element::getTextContent).toList();
    assertTrue(tips.contains("one, CC: 5 (2 to 6)"), tips::toString);
    assertTrue(tips.contains("two, WCC: 5 (2 to 8)"), tips::toString);
    assertEquals(2 + 3, tips.size(), "two of the legend, three medians: " + tips);
    double cc = place(svg, "CC", "middle", "x");
    List<Element> circles = all(svg, "circle");
    assertTrue(at(circles.get(1), "cx") < cc, "the first sample is left of the second");
  }

  @Test
  void matrixShowsFractionsOfRowsAndCounts() throws Exception {
    Document svg =
        parse(
            new MatrixChart(
                    "m", List.of("CC", "WCC", "NCC"), new int[][] {{3, 1, 0}, {0, 0, 0}, {1, 2, 4}})
                .document());
    List<String> texts = texts(svg);
    assertTrue(texts.containsAll(List.of("0.75", "0.25", "0.14", "0.57", "n = 4", "n = 0")));
    assertEquals(3, texts.stream().filter("\u2013"::equals).count(), "a class that does not occur");
    assertTrue(
        all(svg, "title").stream()
            .anyMatch(t -> t.getTextContent().equals("true NCC, predicted WCC: 2 of 7")));
  }

  @Test
  void reliabilityDrawsBarsAndDots() throws Exception {
    Document svg =
        parse(
            new ReliabilityChart(
                    "r",
                    new Reliability(
                        0.125,
                        0.7,
                        0.5,
                        List.of(
                            new Reliability.Bin(0, 0.5, 0, 0, 0),
                            new Reliability.Bin(0.5, 1, 8, 0.75, 0.5))))
                .document());
    assertTrue(texts(svg).contains("ECE 0.125"));
    List<Element> dots = all(svg, "circle");
    assertEquals(1, dots.size());
    double zero = place(svg, "0", "middle", "x");
    double one = place(svg, "1", "middle", "x");
    assertEquals(zero + 0.75 * (one - zero), at(dots.get(0), "cx"), 0.02);
    double bottom = place(svg, "0", "end", "y") - 4;
    double top = place(svg, "1", "end", "y") - 4;
    assertEquals((bottom + top) / 2, at(dots.get(0), "cy"), 0.02);
  }

  @Test
  void textIsEscapedAndTheChartHasTitleAndDescription() throws Exception {
    String hostile = "a < b & \"c\" <script>alert('\u0001')</script>";
    Document svg =
        parse(
            new Chart(hostile, hostile)
                .x(hostile, Scale.linear(0, 1))
                .line(hostile, new double[] {0.5}, new double[] {0.5})
                .document());
    String shown = hostile.replace('\u0001', '\uFFFD');
    assertEquals(shown, all(svg, "title").get(0).getTextContent());
    assertEquals(shown, all(svg, "desc").get(0).getTextContent());
    assertEquals("img", svg.getDocumentElement().getAttribute("role"));
    assertEquals(0, all(svg, "script").size());
  }

  @Test
  void seriesOfUnequalLengthAreRefused() {
    Chart chart = new Chart("t", "d");
    assertEquals(
        "chart: series=a has values=2 and 1; there must be as many",
        assertThrows(
                IllegalArgumentException.class,
                () -> chart.line("a", new double[] {1, 2}, new double[] {1}))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, '[0.0, 0.2, 0.4, 0.6, 0.8, 1.0]'",
    "0, 0.7, '[0.0, 0.2, 0.4, 0.6]'",
    "-3, 12, '[0.0, 5.0, 10.0]'",
    "1, 30, '[10.0, 20.0, 30.0]'",
    "0.04, 0.06, '[0.04, 0.045, 0.05, 0.055, 0.06]'",
  })
  void linearTicksAreRound(double low, double high, String expected) {
    assertEquals(expected, Scale.linear(low, high).ticks().toString());
  }

  /** As for epochs: no tick lies between two integers, and there are twelve at most. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, '[1.0]'",
    "1, 2, '[1.0, 2.0]'",
    "1, 12, '[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0]'",
    "1, 30, '[5.0, 10.0, 15.0, 20.0, 25.0, 30.0]'",
    "1, 100, '[10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0]'",
  })
  void integerTicksAreIntegers(int first, int last, String expected) {
    assertEquals(expected, Scale.integers(first, last).ticks().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "1e-5, 1e-1, '[1.0E-5, 1.0E-4, 0.001, 0.01, 0.1]'",
    "0.01, 1, '[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0]'",
    "0.3, 3, '[0.5, 1.0, 2.0]'",
  })
  void logarithmicTicksArePowersOfTen(double low, double high, String expected) {
    assertEquals(expected, Scale.log(low, high).ticks().toString());
  }

  @ParameterizedTest
  @CsvSource({"0.30000000000000004, 0.3", "-2, \u22122", "1e-5, 1e-5", "25000000, 2.5e7", "0, 0"})
  void tickLabelsAreShort(double tick, String expected) {
    assertEquals(expected, Scale.label(tick));
  }

  @Test
  void emptyOrNonFiniteScalesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Scale.linear(1, 1));
    assertThrows(IllegalArgumentException.class, () -> Scale.log(0, 1));
    assertThrows(IllegalArgumentException.class, () -> Scale.linear(0, Double.NaN));
    assertEquals(List.of(2.0, 2.5, 3.0, 3.5, 4.0), Scale.linearOver(2.1, 3.7).ticks());
    assertEquals(0.5, Scale.linearOver(0, 0, 0).at(0), 1e-12);
  }

  /** In grey the order of values is the order of lightness. */
  @ParameterizedTest
  @EnumSource
  void lightnessOfColourMapsRises(ColorMap map) {
    double before = -1;
    for (int i = 0; i <= 200; i++) {
      double now = ColorMap.luminance(map.rgb(i / 200.0));
      assertTrue(now >= before, map + " at " + i);
      before = now;
    }
    assertEquals(map.rgb(0), map.rgb(Double.NaN));
    assertEquals(map.rgb(1), map.rgb(7));
  }
}
