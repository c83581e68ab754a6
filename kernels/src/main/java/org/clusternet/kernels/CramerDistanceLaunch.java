package org.clusternet.kernels;

/** The launches of {@code cramer_distance.cu}; F32 but for the I32 labels. */
public sealed interface CramerDistanceLaunch extends Launch {

  @Override
  default String module() {
    return "cramer_distance";
  }

  /**
   * The loss, in one block.
   *
   * @param logits (rows, classes)
   * @param labels (rows)
   * @param loss scalar
   * @param rows extent
   * @param classes extent
   * @param block threads
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
   * @param logits (rows, classes)
   * @param labels (rows)
   * @param upstream scalar
   * @param gradient (rows, classes)
   * @param rows extent
   * @param classes extent
   * @param grid blocks
   * @param block threads
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
