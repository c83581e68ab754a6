package org.clusternet.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * Initial weights of the branches. The heads always start from random numbers, as their classes are
 * not those of ImageNet.
 *
 * @param source {@value #NONE}, {@value #IMAGENET} for torchvision's ResNet-18, or the path of a
 *     file or folder of weights
 * @param partial whether a file may lack some of the weights or hold others
 */
public record InitialWeights(
    @JsonPropertyDescription(
            "initial weights of both branches: imagenet (torchvision's ResNet-18, downloaded once),"
                + " none (random numbers), or a file: .pth or .pt (PyTorch), .safetensors, a folder"
                + " of .npy; the heads always start from random numbers")
        String source,
    @JsonPropertyDescription(
            "load from the file what matches by name and shape; the rest starts from random"
                + " numbers")
        boolean partial) {
  /** Random initial weights. */
  public static final String NONE = "none";

  /** torchvision's ResNet-18 trained on ImageNet. */
  public static final String IMAGENET = "imagenet";

  /** Checks that both fit together. */
  public InitialWeights {
    if (source.isBlank()) {
      throw new IllegalArgumentException(
          "weights.source is empty; it must be imagenet, none or a file");
    }
    if (partial && source.equals(NONE)) {
      throw new IllegalArgumentException(
          "weights.source=none weights.partial=true; give a file of weights");
    }
  }

  /** Random initial weights. */
  public static InitialWeights random() {
    return new InitialWeights(NONE, false);
  }

  /** Those of the paper (section IV-C). */
  public static InitialWeights imageNet() {
    return new InitialWeights(IMAGENET, false);
  }

  /** Whether nothing is loaded. */
  public boolean areRandom() {
    return source.equals(NONE);
  }
}
