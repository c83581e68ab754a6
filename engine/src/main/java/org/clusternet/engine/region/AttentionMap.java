package org.clusternet.engine.region;

import java.util.Arrays;

/**
 * The mask that {@code ResizeBilinear}, {@code MinMaxNormalise} and {@code Threshold} make of a
 * small map in F32, bit for bit, without the maps of the image's size.
 *
 * <p>The samples between the same four values of the map form a cell. Within it the resized map is
 * bilinear, so but for rounding its extremes lie at the corner samples of the cell, and those of a
 * row or column at its ends. Only where these come within {@link #slack} of what is looked for are
 * others looked at; the result is exact all the same. {@code region.cuh} does the same on CUDA.
 */
public final class AttentionMap {
  /** Twice the rounding error of a sample, which is below 16 * 2^-24 of the largest magnitude. */
  private static final float ROUNDING = 0x1p-18f;

  /** Beyond this, differences might overflow, and nothing is said of rounding. */
  private static final float LARGE = 1e37f;

  private final float[] map;
  private final Interpolation rows;
  private final Interpolation columns;
  private final int[] rowEdges;
  private final int[] columnEdges;
  private final float slack;
  private final ThresholdLevel level;
  private float least = Float.POSITIVE_INFINITY;
  private float largest = Float.NEGATIVE_INFINITY;

  /**
   * The mask of a map at the size of the image.
   *
   * @param map (h, w)
   * @param rows interpolation from h to the image's height
   * @param columns interpolation from w to the image's width
   * @param bound bound of the threshold
   */
  public AttentionMap(float[] map, Interpolation rows, Interpolation columns, double bound) {
    this.map = map;
    this.rows = rows;
    this.columns = columns;
    this.rowEdges = edges(rows);
    this.columnEdges = edges(columns);
    this.slack = slack(map);
    findExtremes();
    this.level = ThresholdLevel.of(least, largest, bound);
  }

  private static float slack(float[] map) {
    float magnitude = 0;
    for (float v : map) {
      if (!(Math.abs(v) <= LARGE)) {
        return Float.POSITIVE_INFINITY;
      }
      magnitude = Math.max(magnitude, Math.abs(v));
    }
    return magnitude * ROUNDING + 1 / LARGE;
  }

  /** For each cell its first sample and its last; empty cells are left out. */
  private static int[] edges(Interpolation axis) {
    int[] begin = axis.begin();
    int[] edges = new int[2 * (begin.length - 1)];
    int count = 0;
    for (int c = 0; c + 1 < begin.length; c++) {
      if (begin[c] < begin[c + 1]) {
        edges[count++] = begin[c];
        edges[count++] = begin[c + 1] - 1;
      }
    }
    return Arrays.copyOf(edges, count);
  }

  private int height() {
    return rows.lower().length;
  }

  private int width() {
    return columns.lower().length;
  }

  /** The resized map, in the arithmetic of {@code BilinearRows}. */
  float at(int y, int x) {
    int w = columns.begin().length - 1;
    int left = columns.lower()[x];
    int right = columns.upper()[x];
    float along = columns.weight()[x];
    float above = mix(map, rows.lower()[y] * w, left, right, along);
    float down = rows.weight()[y];
    if (down == 0) {
      return above;
    }
    return above + down * (mix(map, rows.upper()[y] * w, left, right, along) - above);
  }

  private static float mix(float[] map, int row, int left, int right, float along) {
    float a = map[row + left];
    return a + along * (map[row + right] - a);
  }

  private void findExtremes() {
    if (slack == Float.POSITIVE_INFINITY) {
      lookAt(0, height() - 1, 0, width() - 1);
      return;
    }
    for (int y : rowEdges) {
      for (int x : columnEdges) {
        take(at(y, x));
      }
    }
    float low = least + slack;
    float high = largest - slack;
    for (int r = 0; r < rowEdges.length; r += 2) {
      for (int c = 0; c < columnEdges.length; c += 2) {
        if (mayExceed(
            rowEdges[r], rowEdges[r + 1], columnEdges[c], columnEdges[c + 1], low, high)) {
          lookAt(rowEdges[r], rowEdges[r + 1], columnEdges[c], columnEdges[c + 1]);
        }
      }
    }
  }

  /** Whether a cell comes near the extremes without being constant. */
  private boolean mayExceed(int top, int bottom, int left, int right, float low, float high) {
    float a = at(top, left);
    float b = at(top, right);
    float c = at(bottom, left);
    float d = at(bottom, right);
    boolean near =
        Math.min(Math.min(a, b), Math.min(c, d)) <= low
            || Math.max(Math.max(a, b), Math.max(c, d)) >= high;
    return near && !isConstant(top, left);
  }

  private boolean isConstant(int y, int x) {
    int w = columns.begin().length - 1;
    int row = rows.lower()[y] * w;
    int next = rows.upper()[y] * w;
    int right = columns.upper()[x];
    float value = map[row + columns.lower()[x]];
    return map[row + right] == value
        && map[next + columns.lower()[x]] == value
        && map[next + right] == value;
  }

  private void lookAt(int top, int bottom, int left, int right) {
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        take(at(y, x));
      }
    }
  }

  private void take(float v) {
    least = v < least ? v : least;
    largest = v > largest ? v : largest;
  }

  /** Covers the mask: its first and last rows and columns are searched from outside. */
  public void cover(Extent extent) {
    int top = 0;
    while (top < height() && !isRowSet(top)) {
      top++;
    }
    if (top == height()) {
      return;
    }
    int bottom = height() - 1;
    while (!isRowSet(bottom)) {
      bottom--;
    }
    int left = 0;
    while (!isColumnSet(left)) {
      left++;
    }
    int right = width() - 1;
    while (!isColumnSet(right)) {
      right--;
    }
    extent.coverRows(top, bottom);
    extent.coverColumns(left, right);
  }

  private boolean isRowSet(int y) {
    float highest = Float.NEGATIVE_INFINITY;
    for (int x : columnEdges) {
      float v = at(y, x);
      if (level.holds(v)) {
        return true;
      }
      highest = Math.max(highest, v);
    }
    if (highest + slack < level.near()) {
      return false;
    }
    for (int x = 0; x < width(); x++) {
      if (level.holds(at(y, x))) {
        return true;
      }
    }
    return false;
  }

  private boolean isColumnSet(int x) {
    float highest = Float.NEGATIVE_INFINITY;
    for (int y : rowEdges) {
      float v = at(y, x);
      if (level.holds(v)) {
        return true;
      }
      highest = Math.max(highest, v);
    }
    if (highest + slack < level.near()) {
      return false;
    }
    for (int y = 0; y < height(); y++) {
      if (level.holds(at(y, x))) {
        return true;
      }
    }
    return false;
  }

  /** Covers the pixels that this mask and the Gaussian one both set. */
  public void coverWithin(GaussianMask gaussian, Extent extent) {
    Extent reach = new Extent();
    gaussian.cover(reach);
    if (reach.isEmpty()) {
      return;
    }
    Box box = reach.box();
    for (int y = box.yMin(); y <= box.yMax(); y++) {
      for (int x = box.xMin(); x <= box.xMax(); x++) {
        if (gaussian.holds(y, x) && level.holds(at(y, x))) {
          extent.coverRows(y, y);
          extent.coverColumns(x, x);
        }
      }
    }
  }
}
