package org.clusternet.predict;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.clusternet.data.image.SkyFrame;
import org.clusternet.engine.region.Box;
import org.clusternet.inference.Prediction;

/**
 * The box as a region file of DS9 (SAOImage DS9 reference manual, "Regions"): the four corners in
 * the sky as a polygon where the projection is known, else a box in image coordinates, which DS9
 * counts as FITS does.
 */
final class RegionFile {
  private static final int FK4_BEFORE = 1984;

  private RegionFile() {}

  /**
   * The text of the file.
   *
   * @param prediction a prediction with a box
   * @param grid the positions of the box's pixels
   */
  static String text(Prediction prediction, InputGrid grid) {
    Box box = prediction.box().orElseThrow();
    String label =
        String.format(
            Locale.ROOT,
            "# color=cyan width=2 text={%s %.3f}",
            prediction.coreType(),
            prediction.probability(prediction.coreType()));
    Optional<List<double[]>> corners = grid.corners(box);
    String shape =
        corners.isPresent()
            ? system(grid.sky().orElseThrow()) + "\n" + polygon(corners.get())
            : "image\n" + rectangle(grid.edges(box));
    return "# Region file format: DS9 version 4.1\n" + shape + " " + label + "\n";
  }

  private static String polygon(List<double[]> corners) {
    StringBuilder text = new StringBuilder("polygon(");
    for (double[] corner : corners) {
      text.append(text.charAt(text.length() - 1) == '(' ? "" : ",");
      text.append(String.format(Locale.ROOT, "%.7f,%.7f", corner[0], corner[1]));
    }
    return text.append(')').toString();
  }

  private static String rectangle(double[] edges) {
    return String.format(
        Locale.ROOT,
        "box(%.3f,%.3f,%.3f,%.3f,0)",
        (edges[0] + edges[2]) / 2 + 0.5,
        (edges[1] + edges[3]) / 2 + 0.5,
        edges[2] - edges[0],
        edges[3] - edges[1]);
  }

  /** DS9's name of the celestial system; without one ICRS, by its equinox FK4 or FK5. */
  static String system(SkyFrame frame) {
    String axis = Objects.requireNonNull(frame.carried().get("CTYPE1")).toString();
    if (axis.startsWith("GLON")) {
      return "galactic";
    }
    if (axis.startsWith("ELON")) {
      return "ecliptic";
    }
    Object named = frame.carried().get("RADESYS");
    Object equinox = frame.carried().get("EQUINOX");
    if (named != null) {
      String system = named.toString().toLowerCase(Locale.ROOT);
      return system.startsWith("fk4") ? "fk4" : system.equals("icrs") ? "icrs" : "fk5";
    }
    if (equinox instanceof Number year) {
      return year.doubleValue() < FK4_BEFORE ? "fk4" : "fk5";
    }
    return "icrs";
  }
}
