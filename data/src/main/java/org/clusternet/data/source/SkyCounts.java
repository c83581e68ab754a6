package org.clusternet.data.source;

import org.clusternet.data.image.Image;

/**
 * Photons and exposure of an image, summed over discs and rings by running sums along the rows.
 * Pixels without a value have neither.
 */
final class SkyCounts {
  private final int width;
  private final int height;
  private final double[] photons;
  private final double[] exposure;

  /**
   * Photons and exposure of a part of the image.
   *
   * @param photons their number
   * @param exposure sum of the exposures of its pixels
   */
  record Sum(double photons, double exposure) {}

  SkyCounts(Image counts, Image exposures) {
    width = counts.width();
    height = counts.height();
    photons = new double[(width + 1) * height];
    exposure = new double[photons.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * (width + 1) + x;
        double value = counts.at(x, y);
        boolean observed = Double.isFinite(value);
        photons[at + 1] = photons[at] + (observed ? value : 0);
        exposure[at + 1] = exposure[at] + (observed ? exposures.at(x, y) : 0);
      }
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The pixels within a radius. */
  Sum disc(int x, int y, double radius) {
    double[] sums = new double[2];
    int reach = (int) radius;
    for (int dy = -reach; dy <= reach; dy++) {
      int half = (int) Math.sqrt(radius * radius - dy * dy);
      add(sums, y + dy, x - half, x + half);
    }
    return new Sum(sums[0], sums[1]);
  }

  /** The pixels beyond an inner and within an outer radius. */
  Sum ring(int x, int y, double inner, double outer) {
    Sum disc = disc(x, y, inner);
    Sum all = disc(x, y, outer);
    return new Sum(all.photons() - disc.photons(), all.exposure() - disc.exposure());
  }

  /** The halves of a ring to the left, right, bottom and top, without the axis between them. */
  Sum[] halves(int x, int y, double inner, double outer) {
    double[][] sums = new double[4][2];
    int reach = (int) outer;
    for (int dy = -reach; dy <= reach; dy++) {
      int far = (int) Math.sqrt(outer * outer - dy * dy);
      boolean crosses = Math.abs(dy) <= inner;
      int near = crosses ? (int) Math.sqrt(inner * inner - dy * dy) : 0;
      add(sums[0], y + dy, x - far, x - near - 1);
      add(sums[1], y + dy, x + near + 1, x + far);
      if (dy != 0) {
        double[] half = sums[dy < 0 ? 2 : 3];
        add(half, y + dy, x - far, x - near - (crosses ? 1 : 0));
        add(half, y + dy, x + near + 1, x + far);
      }
    }
    Sum[] halves = new Sum[4];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = new Sum(sums[i][0], sums[i][1]);
    }
    return halves;
  }

  private void add(double[] sums, int y, int first, int last) {
    int left = Math.max(0, first);
    int right = Math.min(width - 1, last);
    if (y >= 0 && y < height && left <= right) {
      int row = y * (width + 1);
      sums[0] += photons[row + right + 1] - photons[row + left];
      sums[1] += exposure[row + right + 1] - exposure[row + left];
    }
  }
}
