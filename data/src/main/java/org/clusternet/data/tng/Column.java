package org.clusternet.data.tng;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.clusternet.data.DataException;
import org.jspecify.annotations.Nullable;

/**
 * One dataset of a cutout with one row per cell, read piece by piece.
 *
 * <p>A contiguous dataset of floats or doubles is mapped into memory by jHDF, and a piece is copied
 * from there. Any other dataset is read through a window of whole chunks, {@value #ROWS} rows or
 * one chunk, whichever is larger, so that each chunk is decompressed once when pieces are read in
 * order. Rows that were never written have the fill value ({@link UnwrittenRows}).
 */
final class Column {
  /** Rows that are read at once, unless the file's chunks are larger. */
  static final int ROWS = 1 << 16;

  /** Bytes, bits of exponent and mantissa, and bias of the exponent. */
  private static final Set<List<Integer>> IEEE =
      Set.of(List.of(2, 5, 10, 15), List.of(4, 8, 23, 127), List.of(8, 11, 52, 1023));

  private final Path file;
  private final Dataset dataset;
  private final String name;
  private final long rows;
  private final int width;
  private final int step;
  private final @Nullable ByteBuffer mapped;
  private double[] window = new double[0];
  private long windowStart;
  private int windowRows;

  private Column(Path file, Dataset dataset, String name, int width) {
    this.file = file;
    this.dataset = dataset;
    this.name = name;
    this.width = width;
    rows = dataset.getDimensionsAsLong()[0];
    step = step(dataset);
    mapped = isMappable(dataset) ? ((ContiguousDataset) dataset).getBuffer() : null;
  }

  /**
   * Checks a dataset's shape and opens it.
   *
   * @param file file named in errors
   * @param dataset the dataset, whose first axis is the cell
   * @param name name of the dataset in errors
   * @param width values per cell; with 1 the dataset has one axis, or a second one of length 1
   * @param rows required number of cells, or -1 for any number
   * @throws DataException if the shape differs or the values are not numbers
   */
  static Column open(Path file, Dataset dataset, String name, int width, long rows) {
    return guarded(
        file,
        name,
        () -> {
          long[] shape = dataset.getDimensionsAsLong();
          long expected = rows < 0 && shape.length > 0 ? shape[0] : rows;
          boolean fits =
              Arrays.equals(shape, new long[] {expected, width})
                  || (width == 1 && Arrays.equals(shape, new long[] {expected}));
          if (!fits) {
            throw new DataException(
                "%s: %s has shape=%s where %s is expected; get the cutout again, with the fields as the simulation has them"
                    .formatted(
                        file,
                        name,
                        Arrays.toString(shape),
                        width == 1
                            ? "[%d]".formatted(expected)
                            : "[%s, %d]".formatted(rows < 0 ? "cells" : rows, width)));
          }
          Class<?> type = dataset.getJavaType();
          if (!type.isPrimitive() || type == char.class || type == boolean.class) {
            throw new DataException(
                "%s: %s has type=%s where numbers are expected; get the cutout again"
                    .formatted(file, name, type.getSimpleName()));
          }
          requireIeee(file, name, dataset.getDataType());
          return new Column(file, dataset, name, width);
        });
  }

  /** Number of cells. */
  long rows() {
    return rows;
  }

  /**
   * Reads some rows.
   *
   * @param start first row
   * @param count number of rows
   * @param values output: {@code count} times the width values, row by row
   * @throws DataException if the file cannot be read
   */
  void read(long start, int count, double[] values) {
    guarded(
        file,
        name,
        () -> {
          if (mapped != null) {
            readMapped(mapped, start, count, values);
          } else {
            readWindows(start, count, values);
          }
          return count;
        });
  }

  private void readMapped(ByteBuffer mapped, long start, int count, double[] values) {
    int first = Math.toIntExact(start * width);
    int length = count * width;
    if (dataset.getJavaType() == double.class) {
      mapped.asDoubleBuffer().get(first, values, 0, length);
    } else {
      for (int i = 0; i < length; i++) {
        values[i] = mapped.getFloat((first + i) * Float.BYTES);
      }
    }
  }

  private void readWindows(long start, int count, double[] values) {
    for (int done = 0; done < count; ) {
      long row = start + done;
      if (row < windowStart || row >= windowStart + windowRows) {
        load(row / step * step);
      }
      int from = (int) (row - windowStart);
      int part = Math.min(count - done, windowRows - from);
      System.arraycopy(window, from * width, values, done * width, part * width);
      done += part;
    }
  }

  private void load(long start) {
    int count = (int) Math.min(step, rows - start);
    int length = Math.multiplyExact(count, width);
    window = window.length < length ? new double[length] : window;
    UnwrittenRows unwritten = new UnwrittenRows(dataset, width, start, count);
    unwritten.requireReadable();
    if (!dataset.isEmpty()) {
      boolean flat = dataset.getDimensionsAsLong().length == 1;
      Object data =
          flat
              ? dataset.getData(new long[] {start}, new int[] {count})
              : dataset.getData(new long[] {start, 0}, new int[] {count, width});
      Numbers.copy(data, window, 0);
    }
    unwritten.fill(window);
    windowStart = start;
    windowRows = count;
  }

  private static int step(Dataset dataset) {
    int chunk = dataset instanceof ChunkedDataset chunked ? chunked.getChunkDimensions()[0] : 1;
    return chunk >= ROWS ? chunk : ROWS / chunk * chunk;
  }

  private static boolean isMappable(Dataset dataset) {
    Class<?> type = dataset.getJavaType();
    int size = dataset.getDataType().getSize();
    return dataset instanceof ContiguousDataset
        && !dataset.isEmpty()
        && dataset.getSizeInBytes() <= Integer.MAX_VALUE
        && ((type == double.class && size == Double.BYTES)
            || (type == float.class && size == Float.BYTES));
  }

  /**
   * jHDF decodes every float of two bytes as IEEE's, and those of four and eight bytes too.
   *
   * @throws DataException if the type has other fields than IEEE's, such as bfloat16
   */
  private static void requireIeee(Path file, String name, DataType type) {
    if (type instanceof FloatingPoint real
        && !IEEE.contains(
            List.of(
                real.getSize(),
                (int) real.getExponentSize(),
                (int) real.getMantissaSize(),
                real.getExponentBias()))) {
      throw new DataException(
          "%s: %s has floats of bytes=%d with exponent=%d mantissa=%d bits, which are not IEEE's; write it as floats of 4 bytes"
              .formatted(
                  file, name, real.getSize(), real.getExponentSize(), real.getMantissaSize()));
    }
  }

  private interface Reading<T> {
    T run();
  }

  /** Converts exceptions of jHDF on a damaged file to an error of one line. */
  private static <T> T guarded(Path file, String name, Reading<T> reading) {
    try {
      return reading.run();
    } catch (DataException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new DataException(
          "%s: %s cannot be read: %s; rewrite the file with h5repack -f NONE, and if that fails too, get it again"
              .formatted(file, name, Reason.of(e)),
          e);
    }
  }
}
