package org.clusternet.engine.cpu.winograd;

import org.clusternet.engine.tensor.Shape;

/**
 * The tiles of a 3 x 3 convolution of stride 1, squares of outputs, image by image, row by row.
 *
 * @param side outputs along each side of a tile
 * @param rows rows of tiles in an image
 * @param columns columns of tiles in an image
 * @param count number of tiles of all images
 * @param padding zeros around an input image
 */
record WinogradTiling(int side, int rows, int columns, int count, int padding) {

  /** The tiles of an output of a shape. */
  static WinogradTiling of(int side, Shape y, int padding) {
    int rows = (y.dim(2) + side - 1) / side;
    int columns = (y.dim(3) + side - 1) / side;
    return new WinogradTiling(side, rows, columns, y.dim(0) * rows * columns, padding);
  }

  int image(int tile) {
    return tile / (rows * columns);
  }

  /** The first row of outputs of a tile. */
  int top(int tile) {
    return tile / columns % rows * side;
  }

  /** The first column of outputs of a tile. */
  int left(int tile) {
    return tile % columns * side;
  }

  /** The pixels of some tiles of y, a row at a time. */
  void pixels(int first, int end, Shape y, Conv2dWinograd.Finish work) {
    int tile = first;
    while (tile < end) {
      int tiles = Math.min(end - tile, columns - tile % columns);
      int left = left(tile);
      int right = Math.min(left + tiles * side, y.dim(3));
      int bottom = Math.min(top(tile) + side, y.dim(2));
      for (int row = top(tile); row < bottom; row++) {
        long start = ((long) image(tile) * y.dim(2) + row) * y.dim(3);
        work.pixels(start + left, right - left);
      }
      tile += tiles;
    }
  }
}
