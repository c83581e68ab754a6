package org.clusternet.cli;

import static org.clusternet.cli.Defaults.or;

import org.clusternet.engine.op.MaskCombine;
import org.clusternet.network.Alphas;
import org.clusternet.network.CropConfig;
import org.clusternet.network.Variant;
import picocli.CommandLine.Option;

/** What the network is made of and what its loss weighs; defaults are the paper's. */
final class NetworkOptions {
  private static final int ALPHAS = 4;

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      description = "baseline, attention, gaussian, both or all (default: all)")
  private Variant variant;

  @Option(
      names = "--width",
      paramLabel = "N",
      description =
          "channels of the first of four stages, which double from stage to stage (default: 64, ResNet-18)")
  private Integer width;

  @Option(
      names = "--crop-size",
      paramLabel = "PIXELS",
      description = "side of the auxiliary branch's input (default: that of --image-size)")
  private Integer cropSize;

  @Option(
      names = "--tau1",
      paramLabel = "T",
      description = "threshold of the attention heat map (default: 0.7)")
  private Double tau1;

  @Option(
      names = "--tau2",
      paramLabel = "T",
      description = "threshold of the Gaussian heat map (default: 0.7)")
  private Double tau2;

  @Option(
      names = "--lambda",
      paramLabel = "L",
      description = "sharpness of the Gaussian, sigma = side / sqrt(L) (default: 25)")
  private Double lambda;

  @Option(
      names = "--mask",
      paramLabel = "HOW",
      description = "union or intersection of the two masks (default: union)")
  private MaskCombine.Mode mask;

  @Option(
      names = "--cam-class",
      paramLabel = "WHOSE",
      description =
          "attention map of the predicted class or, in training, of the label's (default: predicted)")
  private CropConfig.CamClass camClass;

  @Option(
      names = "--alphas",
      paramLabel = "P,A,F,R",
      split = ",",
      hideParamSyntax = true,
      description =
          "weights of primary, auxiliary, fusion and regression loss (default: 0.8,0.1,0.1,0.1)")
  private double[] alphas;

  NetworkOptions() {}

  Variant over(Variant preset) {
    return or(variant, preset);
  }

  int widthOver(int preset) {
    return or(width, preset);
  }

  /** The crop follows the size of the images as long as it is theirs. */
  CropConfig over(CropConfig preset, int presetImageSize, int imageSize) {
    int size = preset.size() == presetImageSize ? imageSize : preset.size();
    return new CropConfig(
        or(tau1, preset.tau1()),
        or(tau2, preset.tau2()),
        or(lambda, preset.lambda()),
        or(cropSize, size),
        or(mask, preset.combine()),
        or(camClass, preset.camClass()));
  }

  Alphas over(Alphas preset) {
    if (alphas == null) {
      return preset;
    }
    if (alphas.length != ALPHAS) {
      throw new IllegalArgumentException(
          "--alphas has values=" + alphas.length + "; give four, such as 0.8,0.1,0.1,0.1");
    }
    return new Alphas(alphas[0], alphas[1], alphas[2], alphas[3]);
  }
}
