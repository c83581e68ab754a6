package org.clusternet.kernels;

/**
 * {@code arg_max.cu}: the index of the largest number of each row.
 *
 * @param element type of x
 * @param x address of (rows, classes)
 * @param index address of I32 (rows)
 * @param rows number of rows
 * @param classes numbers per row
 * @param grid number of blocks
 * @param block threads per block
 */
public record ArgMaxLaunch(
    Element element, long x, long index, long rows, int classes, Dim grid, Dim block)
    implements Launch {

  @Override
  public String module() {
    return "arg_max";
  }

  @Override
  public String entry() {
    return "arg_max_" + element.suffix();
  }

  @Override
  public Arguments arguments() {
    return new Arguments().address(x).address(index).i64(rows).i32(classes);
  }
}
