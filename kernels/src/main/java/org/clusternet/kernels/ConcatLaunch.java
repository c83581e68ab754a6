package org.clusternet.kernels;

/** The launches of {@code concat.cu}. All sizes are in bytes and multiples of the unit. */
public sealed interface ConcatLaunch extends Launch {

  @Override
  default String module() {
    return "concat";
  }

  /** The largest unit, up to 16 bytes, that divides all of these sizes; every unit divides 0. */
  static int unit(long... sizes) {
    long bits = 16;
    for (long size : sizes) {
      bits |= size;
    }
    return (int) Long.lowestOneBit(bits);
  }

  /**
   * Copies {@code rows} runs of {@code run} bytes.
   *
   * @param unit bytes per access
   * @param from address of the first run
   * @param fromStep distance to the next run
   * @param to address of the place of the first run
   * @param toStep distance to the place of the next run
   * @param run bytes of a run
   * @param rows number of runs
   * @param grid number of blocks
   * @param block threads per block
   */
  record Copy(
      int unit,
      long from,
      long fromStep,
      long to,
      long toStep,
      long run,
      long rows,
      Dim grid,
      Dim block)
      implements ConcatLaunch {

    @Override
    public String entry() {
      return "concat_copy_" + unit;
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .address(from)
          .i64(fromStep / unit)
          .address(to)
          .i64(toStep / unit)
          .i64(run / unit)
          .i64(rows);
    }
  }

  /**
   * Writes {@code rows} runs of {@code toStep} bytes, each of which is zeros around a run of x.
   *
   * @param unit bytes per access
   * @param x address of the first run
   * @param run bytes of a run of x
   * @param y address of the result
   * @param toStep bytes of a run of y
   * @param before bytes of zeros before the run of x
   * @param rows number of runs
   * @param grid number of blocks
   * @param block threads per block
   */
  record Pad(
      int unit, long x, long run, long y, long toStep, long before, long rows, Dim grid, Dim block)
      implements ConcatLaunch {

    @Override
    public String entry() {
      return "concat_pad_" + unit;
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .address(x)
          .i64(run / unit)
          .address(y)
          .i64(toStep / unit)
          .i64(before / unit)
          .i64(rows);
    }
  }
}
