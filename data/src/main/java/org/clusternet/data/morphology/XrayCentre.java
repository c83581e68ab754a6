package org.clusternet.data.morphology;

import org.clusternet.data.image.GaussianSmoothing;
import org.clusternet.data.image.Image;

/**
 * The position of a cluster in its image: the X-ray peak, and the centroid of its light.
 *
 * <p>The peak is the brightest pixel of the image smoothed by a Gaussian of {@value #SMOOTHING_KPC}
 * kpc (our choice: below the cooling radius of any cool core, above single bright pixels of photon
 * noise), the first in row-major order where several are equal, moved to the vertex of the parabola
 * through its neighbours along either axis. So a cluster centred between four pixels is found there
 * and not in one of them. Unobserved pixels are excluded: smoothing is normalised by the weight
 * that was observed.
 */
public final class XrayCentre {
  /** Standard deviation of the Gaussian that finds the peak, in kpc. */
  public static final double SMOOTHING_KPC = 8;

  private static final int MAX_ITERATIONS = 100;
  private static final double STILL = 1e-3;

  private XrayCentre() {}

  /**
   * The X-ray peak of the whole image.
   *
   * @param scaled the image
   * @return the peak; the middle of the image if no pixel was observed
   */
  public static Position peak(ScaledImage scaled) {
    return peak(scaled, SMOOTHING_KPC, Double.POSITIVE_INFINITY);
  }

  /**
   * The X-ray peak near the middle of the image.
   *
   * @param scaled the image
   * @param smoothing standard deviation of the Gaussian in kpc, 0 for none
   * @param within largest distance from the middle of the image, in kpc
   * @return the peak; the middle of the image if no pixel was observed
   * @throws IllegalArgumentException if the smoothing or the radius is negative
   */
  public static Position peak(ScaledImage scaled, double smoothing, double within) {
    if (!(smoothing >= 0 && within >= 0) || Double.isInfinite(smoothing)) {
      throw new IllegalArgumentException(
          "peak: smoothing="
              + smoothing
              + " within="
              + within
              + " kpc; neither may be negative or NaN, smoothing must be finite");
    }
    Image image = scaled.image();
    double[] smooth = GaussianSmoothing.observed(image, smoothing / scaled.kpcPerPixel());
    Position middle = scaled.centre();
    double radius = Math.max(1, within / scaled.kpcPerPixel());
    int best = -1;
    for (int i = 0; i < smooth.length; i++) {
      int row = i / image.width();
      int column = i % image.width();
      if (Double.isFinite(smooth[i])
          && (best < 0 || smooth[i] > smooth[best])
          && new Position(column, row).distance(middle) <= radius) {
        best = i;
      }
    }
    if (best < 0) {
      return middle;
    }
    int x = best % image.width();
    int y = best / image.width();
    return new Position(
        x + vertex(smooth, best, 1, x, image.width()),
        y + vertex(smooth, best, image.width(), y, image.height()));
  }

  /** The vertex of the parabola through three pixels, relative to the middle one. */
  private static double vertex(double[] smooth, int at, int step, int index, int length) {
    if (index == 0 || index == length - 1) {
      return 0;
    }
    double below = smooth[at - step];
    double above = smooth[at + step];
    double bend = below - 2 * smooth[at] + above;
    double shift = bend < 0 ? (below - above) / (2 * bend) : 0;
    return Math.abs(shift) <= 0.5 ? shift : 0;
  }

  /**
   * The centroid of the light within a circle that is moved onto the centroid until it stays (Mohr,
   * Fabricant and Geller 1993, ApJ 413, 492).
   *
   * @param scaled the image; unobserved pixels are left out
   * @param start first centre of the circle, usually the peak
   * @param radius radius of the circle in kpc; reduced where the circle would leave the image
   * @return the centroid; the start where the circle holds no flux
   */
  public static Position centroid(ScaledImage scaled, Position start, double radius) {
    Position at = start;
    for (int i = 0; i < MAX_ITERATIONS; i++) {
      Position next = meanPosition(scaled.image(), at, radius / scaled.kpcPerPixel());
      double moved = next.distance(at);
      at = next;
      if (moved < STILL) {
        break;
      }
    }
    return at;
  }

  private static Position meanPosition(Image image, Position centre, double asked) {
    double edge =
        Math.min(
            Math.min(centre.x() + 0.5, image.width() - 0.5 - centre.x()),
            Math.min(centre.y() + 0.5, image.height() - 0.5 - centre.y()));
    double radius = Math.min(asked, edge);
    double sum = 0;
    double sumX = 0;
    double sumY = 0;
    int top = (int) Math.max(0, Math.floor(centre.y() - radius));
    int bottom = (int) Math.min(image.height() - 1.0, Math.ceil(centre.y() + radius));
    int left = (int) Math.max(0, Math.floor(centre.x() - radius));
    int right = (int) Math.min(image.width() - 1.0, Math.ceil(centre.x() + radius));
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double value = image.pixels()[y * image.width() + x];
        if (Double.isFinite(value)) {
          double dx = x - centre.x();
          double dy = y - centre.y();
          double flux = CircleOverlap.share(dx, dy, radius) * value;
          sum += flux;
          sumX += flux * dx;
          sumY += flux * dy;
        }
      }
    }
    if (!(sum > 0) || Math.abs(sumX / sum) > radius || Math.abs(sumY / sum) > radius) {
      return centre;
    }
    return new Position(centre.x() + sumX / sum, centre.y() + sumY / sum);
  }
}
