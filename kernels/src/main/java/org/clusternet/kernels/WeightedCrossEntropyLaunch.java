package org.clusternet.kernels;

/** The launches of {@code weighted_cross_entropy.cu}; all tensors are F32 except the I32 labels. */
public sealed interface WeightedCrossEntropyLaunch extends Launch {

  @Override
  default String module() {
    return "weighted_cross_entropy";
  }

  /**
   * Loss and probabilities, in one block.
   *
   * @param logits address of (rows, classes)
   * @param labels address of (rows)
   * @param weights address of (classes)
   * @param loss address of a scalar
   * @param probabilities address of (rows, classes)
   * @param rows number of rows
   * @param classes number of classes
   * @param block threads per block
   */
  record Forward(
      long logits,
      long labels,
      long weights,
      long loss,
      long probabilities,
      long rows,
      int classes,
      Dim block)
      implements WeightedCrossEntropyLaunch {

    @Override
    public String entry() {
      return "weighted_cross_entropy";
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
      return new Arguments()
          .address(logits)
          .address(labels)
          .address(weights)
          .address(loss)
          .address(probabilities)
          .i64(rows)
          .i32(classes);
    }
  }

  /**
   * Gradient of the logits.
   *
   * @param probabilities address of (rows, classes)
   * @param labels address of (rows)
   * @param weights address of (classes)
   * @param upstream address of a scalar
   * @param gradient address of (rows, classes)
   * @param rows number of rows
   * @param classes number of classes
   * @param grid number of blocks
   * @param block threads per block
   */
  record BackwardLogits(
      long probabilities,
      long labels,
      long weights,
      long upstream,
      long gradient,
      long rows,
      int classes,
      Dim grid,
      Dim block)
      implements WeightedCrossEntropyLaunch {

    @Override
    public String entry() {
      return "weighted_cross_entropy_backward_logits";
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .address(probabilities)
          .address(labels)
          .address(weights)
          .address(upstream)
          .address(gradient)
          .i64(rows)
          .i32(classes);
    }
  }

  /**
   * Gradient of the class weights.
   *
   * @param logits address of (rows, classes)
   * @param labels address of (rows)
   * @param upstream address of a scalar
   * @param gradient address of (classes)
   * @param rows number of rows
   * @param classes number of classes
   * @param grid number of blocks
   * @param block threads per block
   */
  record BackwardWeights(
      long logits,
      long labels,
      long upstream,
      long gradient,
      long rows,
      int classes,
      Dim grid,
      Dim block)
      implements WeightedCrossEntropyLaunch {

    @Override
    public String entry() {
      return "weighted_cross_entropy_backward_weights";
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
