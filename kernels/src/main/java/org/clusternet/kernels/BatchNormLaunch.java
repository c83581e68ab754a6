package org.clusternet.kernels;

/**
 * The launches of {@code batch_norm.cu}, whose header gives their order: those of the forward
 * passes, and the sums over splits of either direction.
 */
public sealed interface BatchNormLaunch extends Launch {
  /** The largest block of the passes over images: their registers allow no more. */
  int MAX_THREADS = 512;

  /** The share of the threads of a GPU that run at once with those registers. */
  double OCCUPANCY = 3.0 / 8;

  /** Channels per block that finishes sums. */
  int FINISH_CHANNELS = 8;

  @Override
  default String module() {
    return "batch_norm";
  }

  /** A pass over images, with one entry per element type and for vectors or single elements. */
  sealed interface Pass extends BatchNormLaunch
      permits Moments, Normalise, BatchNormBackwardLaunch {

    /** The name of the pass in its entries. */
    String pass();

    /** Type of the images. */
    Element element();

    /** Assignment of the images to blocks. */
    Columns layout();

    @Override
    default String entry() {
      boolean vectors = layout().lanes() == element().lanes();
      return "batch_norm_" + pass() + "_" + element().suffix() + (vectors ? "" : "_scalar");
    }

    @Override
    default Dim grid() {
      return layout().grid();
    }

    @Override
    default Dim block() {
      return layout().block();
    }
  }

  /** The addition of the results of all splits of a pass. */
  sealed interface Finish extends BatchNormLaunch {

    /** Layout of the pass that wrote the partial results. */
    Columns splits();

    @Override
    default Dim grid() {
      return Dim.of(Dim.blocks(splits().channels(), FINISH_CHANNELS));
    }

    @Override
    default int sharedBytes() {
      return (block().x() / 32 + 1) / 2 * FINISH_CHANNELS * 2 * Double.BYTES;
    }
  }

  /**
   * Mean and sum of squared deviations of each split and channel.
   *
   * @param element type of x
   * @param x address of the images (rows, channels)
   * @param partial address of F32 (2, splits, channels)
   * @param layout assignment of the images to blocks
   */
  record Moments(Element element, long x, long partial, Columns layout) implements Pass {

    @Override
    public String pass() {
      return "moments";
    }

    @Override
    public int sharedBytes() {
      return layout.sharedBytes(2 * layout.lanes() + 1, Float.BYTES);
    }

    @Override
    public Arguments arguments() {
      return layout.appendTo(new Arguments().address(x).address(partial));
    }
  }

  /**
   * Statistics of the batch from those of the splits, and the running statistics.
   *
   * @param partial address of the results of {@link Moments}
   * @param mean address of F32 (channels)
   * @param variance address of F32 (channels), biased
   * @param runningMean address of F32 (channels), updated
   * @param runningVariance address of F32 (channels), updated
   * @param splits layout of {@link Moments}
   * @param momentum weight of the batch in the running statistics
   * @param block threads per block
   */
  record MomentsFinish(
      long partial,
      long mean,
      long variance,
      long runningMean,
      long runningVariance,
      Columns splits,
      double momentum,
      Dim block)
      implements Finish {

    @Override
    public String entry() {
      return "batch_norm_moments_finish";
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .address(partial)
          .address(mean)
          .address(variance)
          .address(runningMean)
          .address(runningVariance)
          .i64(splits.rows())
          .i64(splits.channels())
          .i32(splits.splits())
          .i32(splits.rowLanes())
          .f64(momentum);
    }
  }

  /**
   * {@code y = act(gamma (x - mean) / sqrt(variance + eps) + beta + residual)}.
   *
   * @param element type of x, residual and y
   * @param x address of the images (rows, channels)
   * @param residual address of images in the shape of x, or 0 for none
   * @param mean address of F32 (channels)
   * @param variance address of F32 (channels)
   * @param gamma address of F32 (channels)
   * @param beta address of F32 (channels)
   * @param y address of the result, in the shape of x
   * @param eps number added to the variance
   * @param relu whether act is ReLU rather than the identity
   * @param layout assignment of the images to blocks
   */
  record Normalise(
      Element element,
      long x,
      long residual,
      long mean,
      long variance,
      long gamma,
      long beta,
      long y,
      float eps,
      boolean relu,
      Columns layout)
      implements Pass {

    @Override
    public String pass() {
      return "normalise";
    }

    @Override
    public Arguments arguments() {
      Arguments arguments =
          new Arguments()
              .address(x)
              .address(residual)
              .address(mean)
              .address(variance)
              .address(gamma)
              .address(beta)
              .address(y);
      return layout.appendTo(arguments).f32(eps).i32(relu ? 1 : 0);
    }
  }

  /**
   * Gradients of gamma and beta from the sums of the splits.
   *
   * @param partial address of the results of {@link BatchNormBackwardLaunch.Sums}
   * @param variance address of F32 (channels)
   * @param gammaGradient address of F32 (channels)
   * @param betaGradient address of F32 (channels)
   * @param splits layout of {@link BatchNormBackwardLaunch.Sums}
   * @param eps number added to the variance
   * @param block threads per block
   */
  record SumsFinish(
      long partial,
      long variance,
      long gammaGradient,
      long betaGradient,
      Columns splits,
      double eps,
      Dim block)
      implements Finish {

    @Override
    public String entry() {
      return "batch_norm_sums_finish";
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .address(partial)
          .address(variance)
          .address(gammaGradient)
          .address(betaGradient)
          .i64(splits.channels())
          .i32(splits.splits())
          .f64(eps);
    }
  }
}
