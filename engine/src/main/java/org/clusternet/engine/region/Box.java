package org.clusternet.engine.region;

/**
 * A region of an image: the corners of a rectangle of pixels, all of them inclusive.
 *
 * @param xMin first column
 * @param yMin first row
 * @param xMax last column
 * @param yMax last row
 */
public record Box(int xMin, int yMin, int xMax, int yMax) {

  /** Number of columns. */
  public int width() {
    return xMax - xMin + 1;
  }

  /** Number of rows. */
  public int height() {
    return yMax - yMin + 1;
  }
}
