package org.clusternet.kernels;

/**
 * The assignment of a matrix (rows, channels), channels innermost, to the blocks of a kernel; the
 * counterpart of {@code columns.cuh}.
 *
 * @param rows number of rows
 * @param channels number of channels
 * @param lanes channels per access: as many as 16 bytes hold, or 1
 * @param columns neighbouring accesses per row of a block, a power of two up to 32
 * @param splits number of blocks that share the rows of one slab of {@code columns * lanes}
 *     channels
 * @param slabs number of slabs that cover the channels
 * @param threads threads per block
 */
public record Columns(
    long rows, long channels, int lanes, int columns, int splits, int slabs, int threads) {
  private static final int WARP = 32;
  private static final int FINISHING_COLUMNS = 8;
  private static final int MAX_THREADS = 1024;

  /** The fewest rows that are worth a thread of their own; two loads are in flight at once. */
  private static final int ROWS_PER_THREAD = 2;

  /**
   * A layout for about {@code blocks} blocks, fewer where the matrix is small.
   *
   * @param rows number of rows
   * @param channels number of channels, a multiple of {@code lanes}
   * @param lanes channels per access
   * @param threads threads per block, a multiple of 32
   * @param blocks number of blocks that fill the GPU
   */
  public static Columns of(long rows, long channels, int lanes, int threads, int blocks) {
    return of(rows, channels, lanes, threads, blocks, WARP);
  }

  /**
   * A layout of few columns per block with all rows in one block, for the sums of splits: these are
   * few numbers, so latency dominates.
   *
   * @param rows number of rows
   * @param channels number of channels
   */
  public static Columns finishing(long rows, long channels) {
    return of(rows, channels, 1, MAX_THREADS, 1, FINISHING_COLUMNS);
  }

  private static Columns of(
      long rows, long channels, int lanes, int threads, int blocks, int most) {
    long groups = (channels + lanes - 1) / lanes;
    int columns = 1;
    while (columns < most && columns < groups) {
      columns *= 2;
    }
    long slabs = Dim.blocks(groups, columns);
    long worthwhile = Dim.blocks(rows, (long) ROWS_PER_THREAD * threads / columns);
    long splits = Math.max(1, Math.min(worthwhile, blocks / slabs));
    return new Columns(
        rows, channels, lanes, columns, (int) splits, Math.toIntExact(slabs), threads);
  }

  /** Rows that a block processes at a time. */
  public int rowLanes() {
    return threads / columns;
  }

  /** Blocks: splits by slabs. */
  public Dim grid() {
    return Dim.of(splits, slabs);
  }

  /** A line of threads. */
  public Dim block() {
    return Dim.of(threads);
  }

  /** Appends the parameters {@code rows, channels, columns} of a kernel over a matrix. */
  Arguments appendTo(Arguments arguments) {
    return arguments.i64(rows).i64(channels).i32(columns);
  }

  /** Shared memory of {@code reduce_rows} for states of {@code numbers} of {@code bytes} each. */
  public int sharedBytes(int numbers, int bytes) {
    return (threads / WARP + 1) / 2 * columns * numbers * bytes;
  }
}
