package org.clusternet.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.clusternet.engine.op.MaskCombine;

/**
 * How the region for the auxiliary branch is found and cut.
 *
 * <p>The paper's Eq. 8 is an intersection, while its text says union three times and its Figure 2
 * draws one; union is the default.
 *
 * @param tau1 threshold of the attention heat map, 0 to 1 (paper: 0.7)
 * @param tau2 threshold of the Gaussian heat map, 0 to 1 (paper: 0.7)
 * @param lambda sharpness of the Gaussian: sigma = side / sqrt(lambda) (paper: 25)
 * @param size side of the resized crop in pixels (default: that of the input)
 * @param combine how the two masks are combined
 * @param camClass class whose attention map is thresholded
 */
public record CropConfig(
    @JsonPropertyDescription("threshold of the attention heat map, 0 to 1") double tau1,
    @JsonPropertyDescription("threshold of the Gaussian heat map, 0 to 1") double tau2,
    @JsonPropertyDescription("sharpness of the Gaussian: sigma = image side / sqrt(lambda)")
        double lambda,
    @JsonPropertyDescription(
            "side in pixels of the auxiliary branch's input, to which the crop is resampled")
        @JsonProperty(defaultValue = "that of the network's input")
        int size,
    @JsonPropertyDescription("how the attention and the Gaussian mask are combined")
        MaskCombine.Mode combine,
    @JsonPropertyDescription(
            "class whose attention map is thresholded (label: in training the true class)")
        CamClass camClass) {

  /** Whose class activation map is thresholded. */
  public enum CamClass {
    /** The class that the primary head predicts, in training and inference. */
    PREDICTED,
    /** In training the label's; inference has no label and takes the predicted one. */
    LABEL
  }

  /** Checks the ranges. */
  public CropConfig {
    requireUnit("tau1", tau1);
    requireUnit("tau2", tau2);
    if (!(lambda > 0)) {
      throw new IllegalArgumentException("lambda=" + lambda + "; it must be positive");
    }
    if (size < 32) {
      throw new IllegalArgumentException(
          "crop.size=" + size + "; ResNet-18 halves it five times, so at least 32 are needed");
    }
  }

  private static void requireUnit(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + "=" + value + "; it must be from 0 to 1");
    }
  }

  /** The paper's settings with the given crop size. */
  public static CropConfig paper(int size) {
    return new CropConfig(0.7, 0.7, 25, size, MaskCombine.Mode.UNION, CamClass.PREDICTED);
  }
}
