package org.clusternet.data.observation;

import java.util.Optional;
import org.clusternet.data.image.SkyFrame;

/**
 * The areas that the pixels of one image share with those of another, whatever their scale, shift
 * and turn.
 *
 * <p>A pixel's corners go to the other image by way of the sky, and the quadrilateral between them
 * is cut at its pixels' edges (Sutherland and Hodgman 1974), as in drizzling with whole pixels
 * (Fruchter and Hook 2002, PASP 114, 144): counts that are divided by these areas keep their sum.
 * Projections are computed at every 16th corner and interpolated between, which is exact to far
 * below a thousandth of a pixel.
 */
final class PixelOverlap {
  private static final int KNOTS = 16;
  private static final double ON_EDGE = 1e-6;
  private static final double LEAST = 1e-12;

  /** Receives what two pixels share. */
  interface Share {
    /**
     * Two pixels that overlap.
     *
     * @param from index of the pixel in the one image
     * @param to index of the pixel in the other image
     * @param part share of the one pixel, from 0 to 1
     * @param area share of the other pixel, from 0 to 1
     */
    void between(int from, int to, double part, double area);
  }

  private final int width;
  private final int height;
  private final int otherWidth;
  private final int otherHeight;
  private final double[][] knotsX;
  private final double[][] knotsY;
  // Corners of a polygon that is being cut: x and y in turns.
  private final double[] polygon = new double[32];
  private final double[] cut = new double[32];

  /**
   * The overlap of an image of this size and frame with another one.
   *
   * @param from frame of the one image
   * @param size its width and height
   * @param to frame of the other image
   * @param otherSize its width and height
   */
  PixelOverlap(SkyFrame from, int[] size, SkyFrame to, int[] otherSize) {
    width = size[0];
    height = size[1];
    otherWidth = otherSize[0];
    otherHeight = otherSize[1];
    int columns = (width + KNOTS - 1) / KNOTS + 1;
    int rows = (height + KNOTS - 1) / KNOTS + 1;
    knotsX = new double[rows][columns];
    knotsY = new double[rows][columns];
    for (int j = 0; j < rows; j++) {
      for (int i = 0; i < columns; i++) {
        Optional<double[]> place = across(from, i * KNOTS - 0.5, j * KNOTS - 0.5, to);
        knotsX[j][i] = place.map(p -> p[0] + 0.5).orElse(Double.NaN);
        knotsY[j][i] = place.map(p -> p[1] + 0.5).orElse(Double.NaN);
      }
    }
  }

  private static Optional<double[]> across(SkyFrame from, double x, double y, SkyFrame to) {
    return from.skyOf(x, y)
        .flatMap(sky -> from.system().flatMap(s -> to.pixelOf(s, sky[0], sky[1])));
  }

  private static double at(double[][] knots, int x, int y) {
    int i = Math.min(x / KNOTS, knots[0].length - 2);
    int j = Math.min(y / KNOTS, knots.length - 2);
    double u = (double) (x - i * KNOTS) / KNOTS;
    double v = (double) (y - j * KNOTS) / KNOTS;
    double low = knots[j][i] + u * (knots[j][i + 1] - knots[j][i]);
    double high = knots[j + 1][i] + u * (knots[j + 1][i + 1] - knots[j + 1][i]);
    double value = low + v * (high - low);
    double whole = Math.rint(value);
    return Math.abs(value - whole) < ON_EDGE ? whole : value;
  }

  /** Tells of all pairs of pixels that overlap. */
  void forEach(Share share) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        share(x, y, share);
      }
    }
  }

  private void share(int x, int y, Share share) {
    double[] quad = new double[8];
    int[] dx = {0, 1, 1, 0};
    int[] dy = {0, 0, 1, 1};
    double minX = Double.POSITIVE_INFINITY;
    double maxX = Double.NEGATIVE_INFINITY;
    double minY = minX;
    double maxY = maxX;
    for (int k = 0; k < 4; k++) {
      quad[2 * k] = at(knotsX, x + dx[k], y + dy[k]);
      quad[2 * k + 1] = at(knotsY, x + dx[k], y + dy[k]);
      minX = Math.min(minX, quad[2 * k]);
      maxX = Math.max(maxX, quad[2 * k]);
      minY = Math.min(minY, quad[2 * k + 1]);
      maxY = Math.max(maxY, quad[2 * k + 1]);
    }
    double area = area(quad, 4);
    if (!(area > 0)) {
      return; // Outside of the projected sky.
    }
    int lastX = (int) Math.min(otherWidth - 1, Math.ceil(maxX) - 1);
    int lastY = (int) Math.min(otherHeight - 1, Math.ceil(maxY) - 1);
    for (int row = (int) Math.max(0, Math.floor(minY)); row <= lastY; row++) {
      for (int column = (int) Math.max(0, Math.floor(minX)); column <= lastX; column++) {
        double common = common(quad, column, row);
        if (common > LEAST) {
          share.between(y * width + x, row * otherWidth + column, common / area, common);
        }
      }
    }
  }

  /** The area of a quadrilateral within a pixel. */
  private double common(double[] quad, int column, int row) {
    System.arraycopy(quad, 0, polygon, 0, 8);
    int corners = 4;
    for (int side = 0; side < 4 && corners > 0; side++) {
      int axis = side / 2;
      double edge = (axis == 0 ? column : row) + side % 2;
      corners = clip(corners, axis, edge, side % 2 == 0 ? 1 : -1);
    }
    return corners < 3 ? 0 : area(polygon, corners);
  }

  /** Keeps the part of the polygon on one side of a line; returns its number of corners. */
  private int clip(int corners, int axis, double edge, int sign) {
    int kept = 0;
    for (int k = 0; k < corners; k++) {
      int a = 2 * k;
      int b = 2 * ((k + 1) % corners);
      double fromEdge = sign * (polygon[a + axis] - edge);
      double nextFromEdge = sign * (polygon[b + axis] - edge);
      if (fromEdge >= 0) {
        cut[2 * kept] = polygon[a];
        cut[2 * kept++ + 1] = polygon[a + 1];
      }
      if (fromEdge >= 0 != nextFromEdge >= 0) {
        double t = fromEdge / (fromEdge - nextFromEdge);
        cut[2 * kept] = polygon[a] + t * (polygon[b] - polygon[a]);
        cut[2 * kept++ + 1] = polygon[a + 1] + t * (polygon[b + 1] - polygon[a + 1]);
      }
    }
    System.arraycopy(cut, 0, polygon, 0, 2 * kept);
    return kept;
  }

  private static double area(double[] corners, int count) {
    double twice = 0;
    for (int k = 0; k < count; k++) {
      int a = 2 * k;
      int b = 2 * ((k + 1) % count);
      twice += corners[a] * corners[b + 1] - corners[b] * corners[a + 1];
    }
    return Math.abs(twice) / 2;
  }
}
