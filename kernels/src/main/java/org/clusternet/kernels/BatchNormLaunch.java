package org.clusternet.kernels;

/** The launches of {@code batch_norm.cu}: its header gives their order. */
public sealed interface BatchNormLaunch extends Launch {
  /** The largest block of the passes over images: their registers allow no more. */
  int MAX_THREADS = 512;

  /** The share of the threads of a GPU that run at once beside those registers. */
  double OCCUPANCY = 3.0 / 8;

  /** Channels of a block that finishes sums. */
  int FINISH_CHANNELS = 8;

  @Override
  default String module() {
    return "batch_norm";
  }

  private static String suffix(Element element, Columns layout) {
    return element.suffix() + (layout.lanes() == element.lanes() ? "" : "_scalar");
  }

  private static Dim finishGrid(long channels) {
    return Dim.of(Dim.blocks(channels, FINISH_CHANNELS));
  }

  private static int finishShared(Dim block) {
    return (block.x() / 32 + 1) / 2 * FINISH_CHANNELS * 2 * Double.BYTES;
  }

  /**
   * Mean and sum of squared deviations of each split and channel.
   *
   * @param element type of x
   * @param x images (rows, channels)
   * @param partial F32 (2, splits, channels)
   * @param layout over blocks
   */
  record Moments(Element element, long x, long partial, Columns layout) implements BatchNormLaunch {

    @Override
    public String entry() {
      return "batch_norm_moments_" + suffix(element, layout);
    }

    @Override
    public Dim grid() {
      return layout.grid();
    }

    @Override
    public Dim block() {
      return layout.block();
    }

    @Override
    public int sharedBytes() {
      return layout.sharedBytes(2 * layout.lanes() + 1, Float.BYTES);
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .address(x)
          .address(partial)
          .i64(layout.rows())
          .i64(layout.channels())
          .i32(layout.columns());
    }
  }

  /**
   * Statistics of the batch from those of the splits, and the running ones.
   *
   * @param partial what {@link Moments} wrote
   * @param mean F32 (channels)
   * @param variance F32 (channels), biased
   * @param runningMean F32 (channels), updated
   * @param runningVariance F32 (channels), updated
   * @param moments layout of {@link Moments}
   * @param momentum weight of the batch
   * @param block threads
   */
  record MomentsFinish(
      long partial,
      long mean,
      long variance,
      long runningMean,
      long runningVariance,
      Columns moments,
      double momentum,
      Dim block)
      implements BatchNormLaunch {

    @Override
    public String entry() {
      return "batch_norm_moments_finish";
    }

    @Override
    public Dim grid() {
      return finishGrid(moments.channels());
    }

    @Override
    public int sharedBytes() {
      return finishShared(block);
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .address(partial)
          .address(mean)
          .address(variance)
          .address(runningMean)
          .address(runningVariance)
          .i64(moments.rows())
          .i64(moments.channels())
          .i32(moments.splits())
          .i32(moments.rowLanes())
          .f64(momentum);
    }
  }

  /**
   * {@code y = act(gamma (x - mean) / sqrt(variance + eps) + beta + residual)}.
   *
   * @param element type of x, residual and y
   * @param x images (rows, channels)
   * @param residual as x, or 0 for none
   * @param mean F32 (channels)
   * @param variance F32 (channels)
   * @param gamma F32 (channels)
   * @param beta F32 (channels)
   * @param y as x
   * @param eps added to the variance
   * @param relu whether act is ReLU
   * @param layout over blocks
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
      implements BatchNormLaunch {

    @Override
    public String entry() {
      return "batch_norm_normalise_" + suffix(element, layout);
    }

    @Override
    public Dim grid() {
      return layout.grid();
    }

    @Override
    public Dim block() {
      return layout.block();
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .address(x)
          .address(residual)
          .address(mean)
          .address(variance)
          .address(gamma)
          .address(beta)
          .address(y)
          .i64(layout.rows())
          .i64(layout.channels())
          .i32(layout.columns())
          .f32(eps)
          .i32(relu ? 1 : 0);
    }
  }

  /**
   * What both passes of the gradient read.
   *
   * @param element type of the images
   * @param x images (rows, channels)
   * @param upstream as x
   * @param y as x, the mask of the ReLU; 0 for none or where beta gives it
   * @param mean F32 (channels)
   * @param variance F32 (channels)
   * @param gamma F32 (channels)
   * @param beta F32 (channels), from which the mask of the ReLU follows if y is 0; 0 for no ReLU
   * @param eps added to the variance
   * @param layout over blocks
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

    private Arguments arguments() {
      return new Arguments()
          .address(x)
          .address(upstream)
          .address(y)
          .address(mean)
          .address(variance)
          .address(gamma)
          .address(beta);
    }
  }

  /**
   * Per split and channel the sums of the masked upstream gradient and of it times x - mean.
   *
   * @param saved what it reads
   * @param partial F32 (2, splits, channels)
   */
  record Sums(Saved saved, long partial) implements BatchNormLaunch {

    @Override
    public String entry() {
      return "batch_norm_sums_" + suffix(saved.element(), saved.layout());
    }

    @Override
    public Dim grid() {
      return saved.layout().grid();
    }

    @Override
    public Dim block() {
      return saved.layout().block();
    }

    @Override
    public int sharedBytes() {
      return saved.layout().sharedBytes(2 * saved.layout().lanes(), Float.BYTES);
    }

    @Override
    public Arguments arguments() {
      return saved
          .arguments()
          .address(partial)
          .i64(saved.layout().rows())
          .i64(saved.layout().channels())
          .i32(saved.layout().columns())
          .f32(saved.eps());
    }
  }

  /**
   * Gradients of gamma and beta from the sums of the splits.
   *
   * @param partial what {@link Sums} wrote
   * @param variance F32 (channels)
   * @param gammaGradient F32 (channels)
   * @param betaGradient F32 (channels)
   * @param sums layout of {@link Sums}
   * @param eps added to the variance
   * @param block threads
   */
  record SumsFinish(
      long partial,
      long variance,
      long gammaGradient,
      long betaGradient,
      Columns sums,
      double eps,
      Dim block)
      implements BatchNormLaunch {

    @Override
    public String entry() {
      return "batch_norm_sums_finish";
    }

    @Override
    public Dim grid() {
      return finishGrid(sums.channels());
    }

    @Override
    public int sharedBytes() {
      return finishShared(block);
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .address(partial)
          .address(variance)
          .address(gammaGradient)
          .address(betaGradient)
          .i64(sums.channels())
          .i32(sums.splits())
          .f64(eps);
    }
  }

  /**
   * Gradients of x and of the residual.
   *
   * @param saved what it reads
   * @param gammaGradient F32 (channels)
   * @param betaGradient F32 (channels)
   * @param gradient of x
   * @param residualGradient of the residual, or 0 for none; it needs y
   */
  record Apply(
      Saved saved, long gammaGradient, long betaGradient, long gradient, long residualGradient)
      implements BatchNormLaunch {

    @Override
    public String entry() {
      return "batch_norm_apply_" + suffix(saved.element(), saved.layout());
    }

    @Override
    public Dim grid() {
      return saved.layout().grid();
    }

    @Override
    public Dim block() {
      return saved.layout().block();
    }

    @Override
    public Arguments arguments() {
      return saved
          .arguments()
          .address(gammaGradient)
          .address(betaGradient)
          .address(gradient)
          .address(residualGradient)
          .i64(saved.layout().rows())
          .i64(saved.layout().channels())
          .i32(saved.layout().columns())
          .f32(saved.eps());
    }
  }
}
