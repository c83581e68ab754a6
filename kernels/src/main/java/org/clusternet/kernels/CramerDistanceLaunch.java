package org.clusternet.kernels;

/** The launches of {@code cramer_distance.cu}; all tensors are F32 except the I32 labels. */
public sealed interface CramerDistanceLaunch extends Launch {

  @Override
  default String module() {
    return "cramer_distance";
  }

  /**
   * The loss, in one block.
   *
   * @param logits address of (rows, classes)
   * @param labels address of (rows)
   * @param loss address of a scalar
   * @param rows number of rows
   * @param classes number of classes
   * @param block threads per block
   */
  record Forward(long logits, long labels, long loss, long rows, int classes, Dim block)
      implements CramerDistanceLaunch {

    @Override
    public String entry() {
      return "cramer_distance";
    }

    @Override
    public Dim grid() {
      return Dim.of(1);
    }

    @Override
    public int sharedBytes() {
      return Losses.sharedBytes(block);
    }

    @Override
    public Arguments arguments() {
      return new Arguments().address(logits).address(labels).address(loss).i64(rows).i32(classes);
    }
  }

  /**
   * Gradient of the logits.
   *
   * @param logits address of (rows, classes)
   * @param labels address of (rows)
   * @param upstream address of a scalar
   * @param gradient address of (rows, classes)
   * @param rows number of rows
   * @param classes number of classes
   * @param grid number of blocks
   * @param block threads per block
   */
  record Backward(
      long logits,
      long labels,
      long upstream,
      long gradient,
      long rows,
      int classes,
      Dim grid,
      Dim block)
      implements CramerDistanceLaunch {

    @Override
    public String entry() {
      return "cramer_distance_backward";
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .address(logits)
          .address(labels)
          .address(upstream)
          .address(gradient)
          .i64(rows)
          .i32(classes);
    }
  }
}
