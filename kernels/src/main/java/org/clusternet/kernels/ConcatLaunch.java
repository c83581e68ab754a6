package org.clusternet.kernels;

/** The launches of {@code concat.cu}. All sizes are in bytes and multiples of the unit. */
public sealed interface ConcatLaunch extends Launch {

  @Override
  default String module() {
    return "concat";
  }

  /** The largest unit, up to 16 bytes, that divides all of these; zeros divide. */
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
   * @param unit bytes of one access
   * @param from address of the first run
   * @param fromStep to the next
   * @param to address where the first run goes
   * @param toStep to the next
   * @param run bytes of a run
   * @param rows number of runs
   * @param grid blocks
   * @param block threads
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
   * @param unit bytes of one access
   * @param x address of the first run
   * @param run bytes of a run of x
   * @param y address of the result
   * @param toStep bytes of a run of y
   * @param before zeros before the run of x
   * @param rows number of runs
   * @param grid blocks
   * @param block threads
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
