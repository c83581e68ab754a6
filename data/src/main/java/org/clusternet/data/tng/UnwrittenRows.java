package org.clusternet.data.tng;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.chunked.ChunkedDatasetV3;
import io.jhdf.exceptions.HdfException;
import java.util.Arrays;

/**
 * Rows of a dataset that were never written. In HDF5 their values are the dataset's fill value;
 * jHDF 0.13.0 gives zeros (see {@code findings/jhdf-fill-value-not-applied.sh}).
 *
 * <p>In the file format of HDF5 1.10 jHDF also stops at the first chunk that is not there and takes
 * all behind it as not there, too (see {@code findings/jhdf-rows-behind-hole-lost.sh}). Which ones
 * really are cannot be told, so such rows are refused. Chunks that a B-tree lists, in the older
 * format, are all found.
 *
 * @param dataset the dataset, with one or two axes
 * @param width values per row
 * @param start first row of those looked at
 * @param count number of rows looked at
 */
record UnwrittenRows(Dataset dataset, int width, long start, int count) {

  /** Is told of the part of the rows that a missing chunk would have. */
  private interface Hole {
    void at(int fromRow, int toRow, int fromColumn, int toColumn);
  }

  /**
   * Checks that jHDF finds all chunks that are in the file.
   *
   * @throws HdfException if it may have missed some
   */
  void requireReadable() {
    if (dataset instanceof ChunkedDataset chunked && !(dataset instanceof ChunkedDatasetV3)) {
      forEachHole(
          chunked,
          (fromRow, toRow, fromColumn, toColumn) -> {
            throw new HdfException(
                "its chunk from row %d on was never written, or cannot be found"
                    .formatted(start + fromRow));
          });
    }
  }

  /**
   * Puts the fill value where rows were never written.
   *
   * @param values the rows, {@code width} values each
   */
  void fill(double[] values) {
    double value = dataset.getFillValue() instanceof Number number ? number.doubleValue() : 0;
    if (dataset.isEmpty()) {
      Arrays.fill(values, 0, count * width, value);
    } else if (dataset instanceof ChunkedDataset chunked && value != 0) {
      forEachHole(
          chunked,
          (fromRow, toRow, fromColumn, toColumn) -> {
            for (int row = fromRow; row < toRow; row++) {
              Arrays.fill(values, row * width + fromColumn, row * width + toColumn, value);
            }
          });
    }
  }

  private void forEachHole(ChunkedDataset chunked, Hole hole) {
    int[] chunk = chunked.getChunkDimensions();
    int high = chunk[0];
    int wide = chunk.length > 1 ? chunk[1] : width;
    for (long row = start / high * high; row < start + count; row += high) {
      int fromRow = (int) Math.max(0, row - start);
      int toRow = (int) Math.min(count, row + high - start);
      for (int column = 0; column < width; column += wide) {
        int y = Math.toIntExact(row);
        int[] offset = chunk.length > 1 ? new int[] {y, column} : new int[] {y};
        if (isMissing(chunked, offset)) {
          hole.at(fromRow, toRow, column, Math.min(width, column + wide));
        }
      }
    }
  }

  private static boolean isMissing(ChunkedDataset chunked, int[] offset) {
    try {
      return chunked.getRawChunkBuffer(offset) == null;
    } catch (HdfException e) {
      if (e.getMessage() != null && e.getMessage().startsWith("No chunk with offset")) {
        return true;
      }
      throw e;
    }
  }
}
