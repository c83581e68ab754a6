package org.clusternet.kernels;

/** {@code cam_weighting.cu}: the class activation map and its gradients. */
public sealed interface CamWeightingLaunch extends Launch {

  @Override
  default String module() {
    return "cam_weighting";
  }

  /**
   * Extents shared by all three launches.
   *
   * @param samples number of samples N
   * @param image pixels per map, h w
   * @param classes number of classes K
   * @param channels channels of the features
   */
  record Extents(int samples, int image, int classes, int channels) {

    /** Pixels of all maps. */
    public long pixels() {
      return (long) samples * image;
    }

    private Arguments appendTo(Arguments arguments) {
      return arguments.i32(image).i32(classes).i32(channels);
    }
  }

  /**
   * The maps.
   *
   * @param element type of the features
   * @param features address of (N, h, w, channels)
   * @param weight address of F32 (K, channels)
   * @param classes address of I32 (N)
   * @param map address of F32 (N, h, w)
   * @param extents extents of the tensors
   * @param grid number of blocks
   * @param block threads per block
   */
  record Forward(
      Element element,
      long features,
      long weight,
      long classes,
      long map,
      Extents extents,
      Dim grid,
      Dim block)
      implements CamWeightingLaunch {

    @Override
    public String entry() {
      return "cam_weighting_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      Arguments arguments =
          new Arguments().address(features).address(weight).address(classes).address(map);
      return extents.appendTo(arguments.i64(extents.pixels()));
    }
  }

  /**
   * The gradient of the features.
   *
   * @param element type of the gradient
   * @param weight address of F32 (K, channels)
   * @param classes address of I32 (N)
   * @param upstream address of F32 (N, h, w)
   * @param gradient address of (N, h, w, channels)
   * @param extents extents of the tensors
   * @param grid number of blocks
   * @param block threads per block
   */
  record BackwardFeatures(
      Element element,
      long weight,
      long classes,
      long upstream,
      long gradient,
      Extents extents,
      Dim grid,
      Dim block)
      implements CamWeightingLaunch {

    @Override
    public String entry() {
      return "cam_weighting_backward_features_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      Arguments arguments =
          new Arguments().address(weight).address(classes).address(upstream).address(gradient);
      return extents.appendTo(arguments.i64(extents.pixels()));
    }
  }

  /**
   * The gradient of the weight.
   *
   * @param element type of the features
   * @param features address of (N, h, w, channels)
   * @param classes address of I32 (N)
   * @param upstream address of F32 (N, h, w)
   * @param gradient address of F32 (K, channels)
   * @param extents extents of the tensors
   * @param grid number of blocks
   * @param block threads per block
   */
  record BackwardWeight(
      Element element,
      long features,
      long classes,
      long upstream,
      long gradient,
      Extents extents,
      Dim grid,
      Dim block)
      implements CamWeightingLaunch {

    @Override
    public String entry() {
      return "cam_weighting_backward_weight_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      Arguments arguments =
          new Arguments().address(features).address(classes).address(upstream).address(gradient);
      return extents.appendTo(arguments.i32(extents.samples()));
    }
  }
}
