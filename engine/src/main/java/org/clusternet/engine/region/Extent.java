package org.clusternet.engine.region;

/** The smallest box around the pixels covered so far. */
public final class Extent {
  private int left = Integer.MAX_VALUE;
  private int top = Integer.MAX_VALUE;
  private int right = -1;
  private int bottom = -1;

  void coverColumns(int first, int last) {
    left = Math.min(left, first);
    right = Math.max(right, last);
  }

  void coverRows(int first, int last) {
    top = Math.min(top, first);
    bottom = Math.max(bottom, last);
  }

  /** Whether nothing has been covered. */
  public boolean isEmpty() {
    return right < 0;
  }

  /** The box, unless it is empty. */
  public Box box() {
    return new Box(left, top, right, bottom);
  }
}
