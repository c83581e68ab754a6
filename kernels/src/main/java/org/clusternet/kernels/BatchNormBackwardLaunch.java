package org.clusternet.kernels;

/** The passes of {@code batch_norm.cu} over the images that compute the gradient. */
public sealed interface BatchNormBackwardLaunch extends BatchNormLaunch.Pass {

  /** The operands that both passes read. */
  Saved saved();

  @Override
  default Element element() {
    return saved().element();
  }

  @Override
  default Columns layout() {
    return saved().layout();
  }

  /**
   * The operands that both passes of the gradient read.
   *
   * @param element type of the images
   * @param x address of the images (rows, channels)
   * @param upstream address of the gradient of y, in the shape of x
   * @param y address of the result in the shape of x, which masks by the ReLU; 0 for none or if
   *     beta gives the mask
   * @param mean address of F32 (channels)
   * @param variance address of F32 (channels)
   * @param gamma address of F32 (channels)
   * @param beta address of F32 (channels), which gives the mask of the ReLU if y is 0; 0 for no
   *     ReLU
   * @param eps number added to the variance
   * @param layout assignment of the images to blocks
   */
  record Saved(
      Element element,
      long x,
      long upstream,
      long y,
      long mean,
      long variance,
      long gamma,
      long beta,
      float eps,
      Columns layout) {

    /** The arguments of a pass that has these others between the addresses and the extents. */
    private Arguments arguments(long... others) {
      Arguments arguments =
          new Arguments()
              .address(x)
              .address(upstream)
              .address(y)
              .address(mean)
              .address(variance)
              .address(gamma)
              .address(beta);
      for (long other : others) {
        arguments.address(other);
      }
      return layout.appendTo(arguments).f32(eps);
    }
  }

  /**
   * Per split and channel the sums of the masked upstream gradient and of it times x - mean.
   *
   * @param saved operands of the pass
   * @param partial address of F32 (2, splits, channels)
   */
  record Sums(Saved saved, long partial) implements BatchNormBackwardLaunch {

    @Override
    public String pass() {
      return "sums";
    }

    @Override
    public int sharedBytes() {
      return layout().sharedBytes(2 * layout().lanes(), Float.BYTES);
    }

    @Override
    public Arguments arguments() {
      return saved.arguments(partial);
    }
  }

  /**
   * Gradients of x and of the residual.
   *
   * @param saved operands of the pass
   * @param gammaGradient address of F32 (channels)
   * @param betaGradient address of F32 (channels)
   * @param gradient address of the gradient of x
   * @param residualGradient address of the gradient of the residual, or 0 for none; it needs y
   */
  record Apply(
      Saved saved, long gammaGradient, long betaGradient, long gradient, long residualGradient)
      implements BatchNormBackwardLaunch {

    @Override
    public String pass() {
      return "apply";
    }

    @Override
    public Arguments arguments() {
      return saved.arguments(gammaGradient, betaGradient, gradient, residualGradient);
    }
  }
}
