package org.clusternet.data.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.sky.CelestialSystem;
import org.junit.jupiter.api.Test;

/**
 * Every projection, spelling and celestial system in both directions, against wcslib and astropy:
 * {@code make_sky.py} beside the resources wrote their values.
 */
class SkyPositionsTest {
  /** In pixels; the fixtures have 1e-13 degrees, and steps of 0.01 degrees or more a pixel. */
  private static final double CLOSE = 1e-6;

  /** A pixel from 0 and its place: in the header's system, and in ICRS. */
  private record Place(String header, double x, double y, double[] own, double[] icrs) {}

  private static List<String> lines(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(SkyPositionsTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static Map<String, FitsKeywords> headers() throws IOException {
    Map<String, Map<String, Object>> headers = new LinkedHashMap<>();
    Map<String, Object> cards = new LinkedHashMap<>();
    for (String line : lines("headers.txt")) {
      if (line.startsWith("[")) {
        cards = new LinkedHashMap<>();
        headers.put(line.substring(1, line.length() - 1), cards);
      } else if (!line.isEmpty()) {
        String[] parts = line.split(" = ", 2);
        boolean text = parts[1].startsWith("'");
        cards.put(
            parts[0],
            text ? parts[1].substring(1, parts[1].length() - 1) : Double.valueOf(parts[1]));
      }
    }
    Map<String, FitsKeywords> keywords = new LinkedHashMap<>();
    headers.forEach((name, values) -> keywords.put(name, new FitsKeywords(values)));
    return keywords;
  }

  private static List<Place> places() throws IOException {
    List<Place> places = new ArrayList<>();
    for (String line : lines("places.csv").stream().skip(1).toList()) {
      String[] cells = line.split(",");
      double[] v = new double[6];
      for (int i = 0; i < v.length; i++) {
        v[i] = Double.parseDouble(cells[i + 1]);
      }
      double[] own = {v[2], v[3]};
      double[] icrs = {v[4], v[5]};
      places.add(new Place(cells[0], v[0] - 1, v[1] - 1, own, icrs));
    }
    return places;
  }

  private static double distance(double[] a, double[] b) {
    double half = Math.toRadians((a[0] - b[0]) / 2);
    double up = Math.toRadians((a[1] - b[1]) / 2);
    double cos = Math.cos(Math.toRadians(a[1])) * Math.cos(Math.toRadians(b[1]));
    double h = Math.sin(up) * Math.sin(up) + cos * Math.sin(half) * Math.sin(half);
    return Math.toDegrees(2 * Math.asin(Math.sqrt(h)));
  }

  private static void collect(List<String> wrong, String what, Place place, double off) {
    if (!(off < CLOSE)) {
      wrong.add(what + " " + place.header() + " x=" + place.x() + " y=" + place.y() + ": " + off);
    }
  }

  private static void check(Map<String, SkyFrame> frames) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Place p : places()) {
      SkyFrame frame = Objects.requireNonNull(frames.get(p.header()));
      double degrees = frame.arcsecPerPixel() / 3600;
      double[] sky = frame.skyOf(p.x(), p.y()).orElse(new double[] {Double.NaN, Double.NaN});
      collect(wrong, "sky of", p, distance(sky, p.own()) / degrees);
      double[] none = {Double.NaN, Double.NaN};
      double[] pixel = frame.pixelOf(p.own()[0], p.own()[1]).orElse(none);
      collect(wrong, "pixel of", p, Math.hypot(pixel[0] - p.x(), pixel[1] - p.y()));
      double[] icrs = frame.system().orElseThrow().toIcrs(p.own()[0], p.own()[1]);
      collect(wrong, "ICRS of", p, distance(icrs, p.icrs()) / degrees);
      pixel = frame.pixelOf(CelestialSystem.ICRS, p.icrs()[0], p.icrs()[1]).orElse(none);
      collect(wrong, "pixel of ICRS", p, Math.hypot(pixel[0] - p.x(), pixel[1] - p.y()));
    }
    assertTrue(wrong.isEmpty(), () -> wrong.size() + " wrong:\n" + String.join("\n", wrong));
  }

  @Test
  void positionsAreThoseOfWcslibAndAstropy() throws IOException {
    Map<String, SkyFrame> frames = new LinkedHashMap<>();
    headers()
        .forEach(
            (name, header) ->
                frames.put(name, SkyFrame.of(header).orElseThrow(() -> new AssertionError(name))));
    assertEquals(places().stream().map(Place::header).collect(Collectors.toSet()), frames.keySet());
    check(frames);
  }

  @Test
  void writtenCoordinatesAreTheSame() throws IOException {
    Map<String, SkyFrame> frames = new LinkedHashMap<>();
    headers()
        .forEach(
            (name, header) -> {
              Map<String, Object> written = new LinkedHashMap<>();
              for (Card card : SkyFrame.of(header).orElseThrow().cards()) {
                written.put(card.key(), card.value());
              }
              frames.put(name, SkyFrame.of(new FitsKeywords(written)).orElseThrow());
            });
    check(frames);
  }
}
