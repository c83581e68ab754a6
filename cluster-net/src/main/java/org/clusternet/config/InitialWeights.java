package org.clusternet.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * What the branches start from. The heads always start from random numbers: the classes are others.
 *
 * @param source {@value #NONE}, {@value #IMAGENET} for torchvision's ResNet-18, or the path of a
 *     file or folder of weights
 * @param partial whether a file may lack some of the weights, or have others
 */
public record InitialWeights(
    @JsonPropertyDescription(
            "imagenet, none for random numbers, or a file or folder of weights (quick: none, paper: imagenet)")
        String source,
    @JsonPropertyDescription("take from a file what fits (default: false)") boolean partial) {
  /** Random numbers everywhere. */
  public static final String NONE = "none";

  /** torchvision's ResNet-18, trained on ImageNet. */
  public static final String IMAGENET = "imagenet";

  /** Checks that they make sense together. */
  public InitialWeights {
    if (source.isBlank()) {
      throw new IllegalArgumentException(
          "weights source is empty; it must be imagenet, none or a file");
    }
    if (partial && source.equals(NONE)) {
      throw new IllegalArgumentException(
          "weights source=none partial=true; name the weights that may be partial");
    }
  }

  /** Random numbers everywhere. */
  public static InitialWeights random() {
    return new InitialWeights(NONE, false);
  }

  /** As the paper has it (section IV-C). */
  public static InitialWeights imageNet() {
    return new InitialWeights(IMAGENET, false);
  }

  /** Whether there is nothing to load. */
  public boolean areRandom() {
    return source.equals(NONE);
  }
}
