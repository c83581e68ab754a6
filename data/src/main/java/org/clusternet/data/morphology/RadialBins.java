package org.clusternet.data.morphology;

import java.util.Arrays;
import org.clusternet.data.image.Image;

/**
 * The azimuthally averaged surface brightness in rings around a centre.
 *
 * <p>Pixels on the edge of a ring are weighted by the exact part within it. Pixels without a value,
 * and the area outside the image, are excluded from the mean; a ring of which less than {@value
 * #LEAST_COVERAGE} was observed has brightness NaN.
 *
 * @param edges radii in kpc, one more than there are rings, ascending from 0 or more
 * @param brightness mean of each ring, in the image's unit
 * @param coverage the part of each ring's area that was observed, from 0 to 1
 */
public record RadialBins(double[] edges, double[] brightness, double[] coverage) {
  /** The least part of a ring that must be observed for its mean to stand for all of it. */
  public static final double LEAST_COVERAGE = 0.1;

  /**
   * Measures a profile.
   *
   * @param scaled the image
   * @param centre centre of the rings
   * @param edges radii in kpc, at least two, ascending from 0 or more
   * @return the profile
   * @throws IllegalArgumentException if the edges do not ascend
   */
  public static RadialBins measure(ScaledImage scaled, Position centre, double... edges) {
    requireAscending(edges);
    double[] radii = Arrays.stream(edges).map(r -> r / scaled.kpcPerPixel()).toArray();
    int rings = edges.length - 1;
    double[] sum = new double[rings];
    double[] area = new double[rings];
    collect(scaled.image(), centre, radii, sum, area);
    double[] coverage = new double[rings];
    for (int i = 0; i < rings; i++) {
      double whole = Math.PI * (radii[i + 1] * radii[i + 1] - radii[i] * radii[i]);
      coverage[i] = Math.min(1, area[i] / whole);
      sum[i] = coverage[i] >= LEAST_COVERAGE ? sum[i] / area[i] : Double.NaN;
    }
    return new RadialBins(edges.clone(), sum, coverage);
  }

  private static void collect(
      Image image, Position centre, double[] radii, double[] sum, double[] area) {
    double last = radii[radii.length - 1] + 1;
    int top = (int) Math.max(0, Math.ceil(centre.y() - last));
    int bottom = (int) Math.min(image.height() - 1.0, Math.floor(centre.y() + last));
    int left = (int) Math.max(0, Math.ceil(centre.x() - last));
    int right = (int) Math.min(image.width() - 1.0, Math.floor(centre.x() + last));
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double value = image.pixels()[y * image.width() + x];
        if (Double.isFinite(value)) {
          share(x - centre.x(), y - centre.y(), value, radii, sum, area);
        }
      }
    }
  }

  /** Distributes a pixel over the rings that it touches. */
  private static void share(
      double dx, double dy, double value, double[] radii, double[] sum, double[] area) {
    double distance = Math.sqrt(dx * dx + dy * dy);
    int found = Arrays.binarySearch(radii, distance - 1);
    int ring = Math.max(0, found >= 0 ? found : -found - 2);
    double inner = CircleOverlap.share(dx, dy, radii[ring]);
    for (; ring < sum.length && inner < 1 && radii[ring] < distance + 1; ring++) {
      double outer = CircleOverlap.share(dx, dy, radii[ring + 1]);
      sum[ring] += (outer - inner) * value;
      area[ring] += outer - inner;
      inner = outer;
    }
  }

  private static void requireAscending(double[] edges) {
    boolean ascending = edges.length >= 2 && edges[0] >= 0;
    for (int i = 1; i < edges.length; i++) {
      ascending &= edges[i] > edges[i - 1] && edges[i] < Double.POSITIVE_INFINITY;
    }
    if (!ascending) {
      throw new IllegalArgumentException(
          "radial bins: edges="
              + Arrays.toString(edges)
              + " kpc; at least two are needed, ascending from 0 or more");
    }
  }

  /**
   * The number of rings.
   *
   * @return at least 1
   */
  public int size() {
    return brightness.length;
  }

  /**
   * The whole area of a ring, observed or not.
   *
   * @param ring from 0
   * @return in kpc^2
   */
  public double area(int ring) {
    return Math.PI * (edges[ring + 1] * edges[ring + 1] - edges[ring] * edges[ring]);
  }

  /**
   * The radius that stands for a ring: the geometric mean of its edges, half the outer one for a
   * disc.
   *
   * @param ring from 0
   * @return in kpc
   */
  public double radius(int ring) {
    return edges[ring] == 0 ? edges[1] / 2 : Math.sqrt(edges[ring] * edges[ring + 1]);
  }
}
