package org.clusternet.data.region;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.clusternet.data.region.RegionNumber.Unit;
import org.clusternet.data.sky.CelestialSystem;

/**
 * A shape of a region file, before it is laid on an image.
 *
 * @param command where it stands
 * @param excluded whether it takes pixels out of the other regions
 * @param name such as circle, in lower case
 * @param arguments the texts between the brackets
 * @param system name of its coordinate system, empty where the file has not named one
 */
record RegionShape(
    RegionCommand command, boolean excluded, String name, List<String> arguments, String system) {
  private static final Pattern TEXT =
      Pattern.compile("([+!-]?)\\s*([A-Za-z]+)\\s*(?:\\(([^()]*)\\)|\\s([^()]*))\\s*(?:\\|\\|)?");
  private static final String KNOWN =
      "circle, ellipse, box, polygon and annulus (with any number of rings), rotbox and rectangle"
          + " are read";

  /**
   * Parses a shape.
   *
   * @throws IllegalArgumentException if it is none, or one that is not read
   */
  static RegionShape of(RegionCommand command, String system, boolean included) {
    Matcher matcher = TEXT.matcher(command.text());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + command.text() + "\" is no region; " + KNOWN);
    }
    String inside = matcher.group(3) == null ? matcher.group(4) : matcher.group(3);
    List<String> arguments = new ArrayList<>();
    for (String argument : inside.strip().split("\\s*,\\s*|\\s+")) {
      if (!argument.isEmpty()) {
        arguments.add(argument);
      }
    }
    String sign = matcher.group(1);
    boolean excluded = sign.equals("-") || sign.equals("!") || (sign.isEmpty() && !included);
    String name = matcher.group(2).toLowerCase(Locale.ROOT);
    return new RegionShape(command, excluded, name, arguments, system);
  }

  /**
   * The area on an image.
   *
   * @return empty if it lies in a part of the sky that the image's projection does not show
   * @throws IllegalArgumentException if its numbers are wrong or the image lacks what they need
   */
  Optional<RegionArea> on(RegionGrid grid) {
    return switch (name) {
      case "circle" -> rings(grid, 1, 0, false);
      case "annulus" -> rings(grid, 1, 0, false);
      case "ellipse" -> rings(grid, 2, 1, false);
      case "box", "rotbox" -> rings(grid, 2, 1, true);
      case "polygon" -> polygon(grid);
      case "rectangle" -> rectangle(grid);
      default -> throw new IllegalArgumentException("shape=" + name + " is not known; " + KNOWN);
    };
  }

  private IllegalArgumentException count(String wanted) {
    return new IllegalArgumentException(
        "%s has %d numbers; it needs %s".formatted(name, arguments.size(), wanted));
  }

  private Optional<RegionArea> polygon(RegionGrid grid) {
    int corners = arguments.size() / 2;
    if (corners < 3 || arguments.size() % 2 != 0) {
      throw count("x,y of at least three corners");
    }
    double[] x = new double[corners];
    double[] y = new double[corners];
    for (int i = 0; i < corners; i++) {
      Optional<double[]> place = new Place(2 * i).on(grid);
      if (place.isEmpty()) {
        return Optional.empty();
      }
      x[i] = place.get()[0];
      y[i] = place.get()[1];
    }
    return Optional.of(new RegionArea.Polygon(x, y));
  }

  /** CIAO's rectangle, by two opposite corners. */
  private Optional<RegionArea> rectangle(RegionGrid grid) {
    if (arguments.size() != 4) {
      throw count("x,y of two opposite corners");
    }
    Optional<double[]> first = new Place(0).on(grid);
    Optional<double[]> second = new Place(2).on(grid);
    if (first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    double[] a = first.get();
    double[] b = second.get();
    return Optional.of(
        new RegionArea.Polygon(
            new double[] {a[0], b[0], b[0], a[0]}, new double[] {a[1], a[1], b[1], b[1]}));
  }

  private Optional<RegionArea> rings(RegionGrid grid, int perRing, int angles, boolean box) {
    List<String> numbers = new ArrayList<>(arguments);
    int given = numbers.size() - 2;
    boolean divided = given > 1 && numbers.get(given + 1).toLowerCase(Locale.ROOT).startsWith("n=");
    if (divided) {
      numbers.remove(given + 1);
      given--;
    }
    int turned = given % perRing == 0 ? 0 : angles;
    int rings = (given - turned) / perRing;
    boolean complete = given > 0 && rings > 0 && rings * perRing + turned == given;
    boolean solid = name.equals("circle") || name.equals("rotbox");
    if (!complete || (solid && rings != 1) || (name.equals("annulus") && rings < 2)) {
      throw count(name.equals("annulus") ? "x,y and two radii or more" : "x,y, its size and angle");
    }
    Place place = new Place(0);
    Optional<double[]> centre = place.on(grid);
    if (centre.isEmpty()) {
      return Optional.empty();
    }
    double[] inner = rings == 1 ? new double[2] : ring(grid, place, numbers, 0, perRing, box);
    double[] outer = ring(grid, place, numbers, rings - 1, perRing, box);
    double angle = turned == 0 ? 0 : RegionNumber.of(numbers.get(1 + given), false).value();
    return Optional.of(
        new RegionArea.Rings(centre.get(), place.axes(grid), angle, inner, outer, box));
  }

  private static double[] ring(
      RegionGrid grid, Place place, List<String> numbers, int ring, int perRing, boolean box) {
    double[] half = new double[2];
    for (int i = 0; i < 2; i++) {
      String text = numbers.get(2 + ring * perRing + Math.min(i, perRing - 1));
      double size = place.size(grid, RegionNumber.of(text, false));
      if (!(size >= 0)) {
        throw new IllegalArgumentException("size=" + text + " is negative");
      }
      half[i] = box ? size / 2 : size;
    }
    return half;
  }

  /**
   * Two of the arguments as a position, which also says what sizes and angles of the shape mean.
   */
  private final class Place {
    private final RegionNumber x;
    private final RegionNumber y;
    private final Unit unit;
    private final Optional<CelestialSystem> sky;

    Place(int index) {
      if (arguments.size() < index + 2) {
        throw count("a position");
      }
      Optional<CelestialSystem> named = CelestialSystem.named(system);
      boolean hours = named.map(s -> s.kind().isEquatorial()).orElse(true);
      x = RegionNumber.of(arguments.get(index), hours);
      y = RegionNumber.of(arguments.get(index + 1), false);
      if (x.unit() != y.unit()) {
        throw new IllegalArgumentException(
            "x=%s y=%s have different units"
                .formatted(arguments.get(index), arguments.get(index + 1)));
      }
      Unit own =
          named.isPresent() ? Unit.DEGREES : system.equals("image") ? Unit.IMAGE : Unit.PHYSICAL;
      if (x.unit() == Unit.DEGREES && named.isEmpty() && !system.isEmpty()) {
        throw new IllegalArgumentException(
            "x=%s is an angle, but the coordinates are %s".formatted(arguments.get(index), system));
      }
      unit = x.unit() == Unit.OWN ? own : x.unit();
      // CIAO writes angles without naming a system: J2000.
      sky = unit == Unit.DEGREES ? named.or(() -> CelestialSystem.named("fk5")) : Optional.empty();
    }

    Optional<double[]> on(RegionGrid grid) {
      if (sky.isPresent()) {
        return grid.fromSky(sky.get(), x.value(), y.value());
      }
      return Optional.of(
          unit == Unit.IMAGE
              ? RegionGrid.fromImage(x.value(), y.value())
              : grid.fromPhysical(x.value(), y.value()));
    }

    double[] axes(RegionGrid grid) {
      if (sky.isPresent()) {
        return grid.skyAxes(sky.get(), x.value(), y.value());
      }
      return unit == Unit.IMAGE ? new double[] {1, 0, 0, 1} : grid.physicalAxes();
    }

    /** A size in the units of the axes. */
    double size(RegionGrid grid, RegionNumber number) {
      Unit given = number.unit() == Unit.OWN ? unit : number.unit();
      if (given == unit) {
        return number.value();
      }
      return number.value() * perPixel(grid, unit) / perPixel(grid, given);
    }

    private double perPixel(RegionGrid grid, Unit wanted) {
      return switch (wanted) {
        case DEGREES -> grid.degreesPerPixel();
        case PHYSICAL -> Math.sqrt(grid.physicalAxes()[0] * grid.physicalAxes()[3]);
        default -> 1;
      };
    }
  }
}
