package org.clusternet.kernels;

/** {@code attention_crop.cu}: box and crop from features, class and image. */
public sealed interface AttentionCropLaunch extends Launch {
  /** Pixels of one search task of {@link Tasks}. */
  int SEARCH = 4096;

  /** The largest block: the registers allow no more. */
  int MAX_THREADS = Resize.MAX_THREADS;

  @Override
  default String module() {
    return "attention_crop";
  }

  /** The mask whose set pixels the box encloses; the bits are those of the kernel. */
  enum Mode {
    /** The attention mask. */
    ATTENTION(1),
    /** The Gaussian mask; features, weight and classes are not read. */
    GAUSSIAN(2),
    /** The union of both masks. */
    UNION(3),
    /** The intersection of both masks. */
    INTERSECTION(7);

    private final int bits;

    Mode(int bits) {
      this.bits = bits;
    }

    boolean attention() {
      return (bits & 1) != 0;
    }

    boolean gaussian() {
      return (bits & 2) != 0;
    }
  }

  /**
   * Input, output and settings of the crop.
   *
   * @param image type of image and crop
   * @param features type of the features: that of the image, or BF16 with images in F32
   * @param addresses addresses of the tensors
   * @param resize extents of image and crop
   * @param classes number of classes K
   * @param channels channels of the features
   * @param mapHeight h, rows of the feature map
   * @param mapWidth w, columns of the feature map
   * @param mode mask whose set pixels the box encloses
   * @param attentionBound least F64 that rounds to an F32 of at least tau1
   * @param gaussianBound least F64 that rounds to an F32 of at least tau2
   * @param lambda sharpness of the Gaussian
   * @param peak density of the Gaussian at the centre
   */
  record Problem(
      Element image,
      Element features,
      Addresses addresses,
      Resize resize,
      int classes,
      int channels,
      int mapHeight,
      int mapWidth,
      Mode mode,
      double attentionBound,
      double gaussianBound,
      double lambda,
      double peak) {

    private String suffix() {
      return image == features ? image.suffix() : image.suffix() + "_of_" + features.suffix();
    }

    /** Search tasks of one image. */
    public long searches() {
      long pixels = (long) resize.inHeight() * resize.inWidth();
      boolean apart = mode.attention() && mode != Mode.INTERSECTION;
      return (apart ? 1 : 0) + (mode.gaussian() ? Dim.blocks(pixels, SEARCH) : 0);
    }

    /** Tasks of all images. */
    public long tasks() {
      return resize.strips() + resize.samples() * searches();
    }

    private Arguments arguments() {
      return new Arguments()
          .address(addresses.image)
          .address(addresses.features)
          .address(addresses.weight)
          .address(addresses.classes)
          .address(addresses.logits)
          .address(addresses.peaks)
          .address(addresses.crop)
          .address(addresses.box)
          .address(addresses.map)
          .i32(resize.samples())
          .i32(resize.channels())
          .i32(resize.inHeight())
          .i32(resize.inWidth())
          .i32(classes)
          .i32(channels)
          .i32(mapHeight)
          .i32(mapWidth)
          .i32(resize.height())
          .i32(resize.width())
          .i32(mode.bits)
          .f64(attentionBound)
          .f64(gaussianBound)
          .f64(lambda)
          .f64(peak);
    }
  }

  /**
   * Addresses of the tensors; 0 for those that the mode does not need.
   *
   * @param image (N, H, W, C)
   * @param features (N, h, w, channels)
   * @param weight F32 (K, channels)
   * @param classes I32 (N), or 0
   * @param logits F32 (N, K), or 0; the class is that of the largest
   * @param peaks I32 (N, 2), the centre of each Gaussian as (x, y), (-1, -1) for the brightest
   *     pixel; or 0 for the brightest pixel of every image
   * @param crop (N, height, width, C)
   * @param box I32 (N, 4)
   * @param map F32 (N, h, w), scratch memory
   */
  record Addresses(
      long image,
      long features,
      long weight,
      long classes,
      long logits,
      long peaks,
      long crop,
      long box,
      long map) {}

  /**
   * The crop as tasks that are assigned to as many blocks as run at once.
   *
   * @param problem input, output and settings
   * @param state address of {@link #stateWords} zeros of 8 bytes
   * @param ahead images that are searched before the first is cropped, 1 to N
   * @param grid number of blocks
   * @param block threads per block, at most {@link #MAX_THREADS}
   */
  record Tasks(Problem problem, long state, int ahead, Dim grid, Dim block)
      implements AttentionCropLaunch {

    /** Number of 8-byte words of state for {@code samples} images. */
    public static long stateWords(int samples) {
      return 1 + 4L * samples;
    }

    @Override
    public String entry() {
      boolean both = problem.mode() == Mode.INTERSECTION;
      return (both ? "attention_crop_both_" : "attention_crop_") + problem.suffix();
    }

    @Override
    public Arguments arguments() {
      return problem.arguments().address(state).i32(ahead);
    }
  }

  /**
   * A block per image.
   *
   * @param problem input, output and settings
   * @param grid number of blocks
   * @param block threads per block, at most {@link #MAX_THREADS}
   */
  record Simple(Problem problem, Dim grid, Dim block) implements AttentionCropLaunch {

    @Override
    public String entry() {
      return "attention_crop_simple_" + problem.suffix();
    }

    @Override
    public Arguments arguments() {
      return problem.arguments();
    }
  }
}
