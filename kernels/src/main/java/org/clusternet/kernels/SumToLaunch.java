package org.clusternet.kernels;

/** The launches of {@code sum_to.cu}. */
public sealed interface SumToLaunch extends Launch {

  @Override
  default String module() {
    return "sum_to";
  }

  /**
   * {@code y[o][s][c] = factor sum_r x[o][r][c]} over the rows r of split s.
   *
   * @param from type of x
   * @param to type of y
   * @param x address of (outer, rows, channels)
   * @param y address of (outer, splits, channels)
   * @param outer extent of the outer dimension
   * @param layout assignment of one index of outer to blocks
   * @param factor number by which every sum is multiplied
   */
  record OverRows(
      Element from, Element to, long x, long y, long outer, Columns layout, double factor)
      implements SumToLaunch {
    private static final int MAX_GRID_Z = 65_535;

    @Override
    public String entry() {
      boolean vectors = from != Element.F64 && layout.lanes() > 1;
      return "sum_to_rows_" + from.suffix() + (vectors ? "" : "_scalar");
    }

    @Override
    public Dim grid() {
      Dim plane = layout.grid();
      return new Dim(plane.x(), plane.y(), (int) Math.min(outer, MAX_GRID_Z));
    }

    @Override
    public Dim block() {
      return layout.block();
    }

    @Override
    public int sharedBytes() {
      return layout.sharedBytes(layout.lanes(), Double.BYTES);
    }

    @Override
    public Arguments arguments() {
      Arguments arguments = new Arguments().address(x).address(y).i32(to.code()).i64(outer);
      return layout.appendTo(arguments).f64(factor);
    }
  }

  /**
   * {@code y[o] = factor sum_r x[o][r]} for short rows.
   *
   * @param from type of x
   * @param to type of y
   * @param x address of (outer, length)
   * @param y address of (outer)
   * @param rows number and length of the rows
   * @param factor number by which every sum is multiplied
   * @param grid number of blocks
   * @param block threads per block
   */
  record Innermost(
      Element from, Element to, long x, long y, ShortRows rows, double factor, Dim grid, Dim block)
      implements SumToLaunch {

    @Override
    public String entry() {
      return "sum_to_innermost_" + from.suffix();
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .address(x)
          .address(y)
          .i32(to.code())
          .i64(rows.rows())
          .i64(rows.length())
          .i32(rows.width())
          .f64(factor);
    }
  }

  /**
   * y in row-major order from x in any order, or broadcast.
   *
   * @param from type of x
   * @param to type of y, which must be that of x unless lanes is 1
   * @param lanes elements per access: as many as 16 bytes hold, or 1
   * @param x address of the operand
   * @param y address of the result
   * @param layout extents of y, and strides of x
   * @param grid number of blocks
   * @param block threads per block
   */
  record Stretch(
      Element from, Element to, int lanes, long x, long y, Strided layout, Dim grid, Dim block)
      implements SumToLaunch {

    @Override
    public String entry() {
      return "sum_to_stretch_" + from.suffix() + (lanes == 1 ? "_scalar" : "");
    }

    @Override
    public Arguments arguments() {
      Arguments arguments = layout.strides(0, new Arguments().address(x));
      arguments.address(y).i32(to.code()).i64(layout.elements());
      return layout.innerExtents(arguments);
    }
  }
}
