package org.clusternet.predict;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.clusternet.data.image.SkyFrame;
import org.clusternet.data.sky.CelestialSystem.Kind;
import org.clusternet.engine.region.Box;
import org.clusternet.inference.Prediction;

/**
 * The box as a region file of DS9 (SAOImage DS9 reference manual, "Regions"): the four corners in
 * the sky as a polygon where the projection is known and DS9 has a name for the celestial system,
 * else a box in image coordinates, which DS9 counts as FITS does. Its names mean one equinox each:
 * fk5 and ecliptic J2000, fk4 B1950.
 */
final class RegionFile {
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
    Optional<String> system = grid.sky().flatMap(RegionFile::system);
    Optional<List<double[]>> corners = system.flatMap(name -> grid.corners(box));
    String shape =
        corners.isPresent()
            ? system.orElseThrow() + "\n" + polygon(corners.get())
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

  /** DS9's name of the celestial system; empty if it has none for the system or its equinox. */
  static Optional<String> system(SkyFrame frame) {
    return frame
        .system()
        .filter(s -> s.isStandard() && s.kind() != Kind.SUPERGALACTIC && s.kind() != Kind.FK4_NO_E)
        .map(s -> s.kind().name().toLowerCase(Locale.ROOT));
  }
}
