package org.clusternet.data.image;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.clusternet.data.sky.CelestialSystem;
import org.clusternet.data.sky.Projection;
import org.clusternet.data.sky.SkyProjection;

/**
 * What the keywords of a celestial frame mean: system, projection and reference values (FITS
 * Standard 4.0, sections 8.2 and 8.3).
 *
 * @param carried the keywords, angles in degrees
 */
record SkyKeywords(Map<String, Object> carried) {
  /**
   * The keywords that go unchanged to a resampled image, in the order in which they are written.
   */
  static final List<String> CARRIED =
      Stream.of(
              Stream.of(
                  "CTYPE1", "CTYPE2", "CRVAL1", "CRVAL2", "RADESYS", "EQUINOX", "LONPOLE",
                  "LATPOLE"),
              parameters(1),
              parameters(2))
          .flatMap(keys -> keys)
          .toList();

  private static final int FK4_BEFORE = 1984;
  private static final String CELESTIAL = "(RA|DEC|[A-Z]LON|[A-Z]LAT)(-.*)?";
  private static final String LATITUDE = "(DEC|[A-Z]LAT)(-.*)?";

  private static Stream<String> parameters(int axis) {
    return IntStream.range(0, Projection.PARAMETERS).mapToObj(m -> "PV" + axis + "_" + m);
  }

  private static String type(FitsKeywords keywords, int axis) {
    return keywords.text("CTYPE" + axis).orElse("").toUpperCase(Locale.ROOT);
  }

  /** Whether the axes are a celestial longitude and latitude, in either order. */
  static boolean isCelestial(FitsKeywords keywords) {
    String first = type(keywords, 1);
    String second = type(keywords, 2);
    return first.matches(CELESTIAL)
        && second.matches(CELESTIAL)
        && first.matches(LATITUDE) != second.matches(LATITUDE);
  }

  /** The axis whose CROTA counts: that of the latitude. */
  static int turnedAxis(FitsKeywords keywords) {
    return type(keywords, 1).matches(LATITUDE) ? 1 : 2;
  }

  /** The keywords of a header that are carried. */
  static Map<String, Object> carried(FitsKeywords keywords) {
    boolean polynomial = type(keywords, 1).contains("-TPV");
    Map<String, Object> carried = new LinkedHashMap<>();
    for (String key : CARRIED) {
      if (keywords.values().containsKey(key) && !(polynomial && key.startsWith("PV"))) {
        carried.put(key, keywords.values().get(key));
      }
    }
    for (int axis = 1; axis <= 2; axis++) {
      double unit = AxisKeywords.degrees(keywords, axis);
      OptionalDouble value = keywords.number("CRVAL" + axis);
      if (unit != 1 && value.isPresent()) {
        carried.put("CRVAL" + axis, value.getAsDouble() * unit);
      }
      carried.put("CTYPE" + axis, Distortion.plain(type(keywords, axis)));
    }
    keywords
        .text("RADESYS")
        .or(() -> keywords.text("RADECSYS"))
        .ifPresent(name -> carried.put("RADESYS", name));
    OptionalDouble equinox = AxisKeywords.equinox(keywords);
    if (equinox.isPresent()) {
      carried.put("EQUINOX", equinox.getAsDouble());
    } else {
      carried.remove("EQUINOX");
    }
    return carried;
  }

  /** The axis of the longitude, 1 or 2. */
  int longitudeAxis() {
    return text("CTYPE1").matches(LATITUDE) ? 2 : 1;
  }

  private String longitudeType() {
    return text("CTYPE" + longitudeAxis());
  }

  /** The celestial system; empty if it has no fixed place among the stars or is not known. */
  Optional<CelestialSystem> system() {
    String named = text("RADESYS").toUpperCase(Locale.ROOT);
    double year = number("EQUINOX", Double.NaN);
    if (longitudeType().startsWith("RA")) {
      String standard = Double.isNaN(year) ? "ICRS" : year < FK4_BEFORE ? "FK4" : "FK5";
      return CelestialSystem.named(named.isEmpty() ? standard : named)
          .filter(s -> s.kind().isEquatorial())
          .map(s -> s.at(year));
    }
    return switch (longitudeType().charAt(0)) {
      case 'G' -> CelestialSystem.named("galactic");
      case 'S' -> CelestialSystem.named("supergalactic");
      case 'E' ->
          CelestialSystem.named("ecliptic")
              .filter(s -> !named.startsWith("FK4"))
              .map(s -> s.at(year));
      default -> Optional.empty();
    };
  }

  /** The keywords that name the system. */
  String named() {
    String axis = "CTYPE=" + longitudeType();
    return text("RADESYS").isEmpty() ? axis : axis + " RADESYS=" + text("RADESYS");
  }

  /** The projection's letters. */
  String code() {
    String first = code(longitudeType());
    String second = code(text("CTYPE" + (3 - longitudeAxis())));
    return first.equals(second) ? first : first + " and " + second;
  }

  private static String code(String type) {
    String code = type.length() > 5 ? type.substring(5).replace("-", "").strip() : "";
    return code.isEmpty() ? "none" : code;
  }

  /**
   * The projection with its place in the sky.
   *
   * @return empty if the reference values contradict each other
   * @throws IllegalArgumentException if the projection is not known or its parameters are
   *     impossible
   */
  Optional<SkyProjection> projection() {
    int axis = longitudeAxis();
    int other = 3 - axis;
    double latitude = number("CRVAL" + other, 0);
    double[] parameters = parameters(other).mapToDouble(key -> number(key, Double.NaN)).toArray();
    Projection projection =
        Projection.of(code(), parameters, latitude)
            .orElseThrow(() -> new IllegalArgumentException("projection=" + code()));
    String own = "PV" + axis + "_";
    return SkyProjection.of(
        projection,
        new SkyProjection.Reference(
            number("CRVAL" + axis, 0),
            latitude,
            number(own + 3, number("LONPOLE", Double.NaN)),
            number(own + 4, number("LATPOLE", Double.NaN)),
            number(own + 1, Double.NaN),
            number(own + 2, Double.NaN),
            number(own + 0, 0) != 0));
  }

  /** CRVAL of the longitude and of the latitude, in degrees. */
  double[] reference() {
    int axis = longitudeAxis();
    return new double[] {number("CRVAL" + axis, 0), number("CRVAL" + (3 - axis), 0)};
  }

  private double number(String key, double standard) {
    return carried.get(key) instanceof Number number ? number.doubleValue() : standard;
  }

  private String text(String key) {
    return carried.get(key) instanceof String text ? text : "";
  }
}
