package org.clusternet.nn.model;

import java.util.List;

/**
 * The size of a residual network of basic blocks.
 *
 * @param channels channels of the image
 * @param widths channels of each stage; the first is also the width of the stem
 * @param blocks number of blocks of each stage
 * @param classes number of outputs of the last layer
 */
public record ResNetConfig(int channels, List<Integer> widths, List<Integer> blocks, int classes) {

  /**
   * A size.
   *
   * @throws IllegalArgumentException if a number is not positive or the lists differ in length
   */
  public ResNetConfig {
    widths = List.copyOf(widths);
    blocks = List.copyOf(blocks);
    if (widths.isEmpty() || widths.size() != blocks.size()) {
      throw new IllegalArgumentException(
          "ResNet: widths=" + widths + ", blocks=" + blocks + "; one of each is needed per stage");
    }
    if (channels < 1
        || classes < 1
        || widths.stream().anyMatch(w -> w < 1)
        || blocks.stream().anyMatch(b -> b < 1)) {
      throw new IllegalArgumentException(
          "ResNet: channels=%d, widths=%s, blocks=%s, classes=%d; all must be at least 1"
              .formatted(channels, widths, blocks, classes));
    }
  }

  /** ResNet-18 on images of 3 channels. */
  public static ResNetConfig resNet18(int classes) {
    return new ResNetConfig(3, List.of(64, 128, 256, 512), List.of(2, 2, 2, 2), classes);
  }

  /** Channels of the feature map. */
  public int features() {
    return widths.get(widths.size() - 1);
  }
}
