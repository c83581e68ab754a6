package org.clusternet.benchmark.step;

/**
 * Floating-point operations of ResNet-18, counted from its definition: a multiplication and an
 * addition for every product of the direct method (those with padding included), convolutions only,
 * which are 99.9 % of all.
 */
public final class ResNetWork {
  private static final int[] WIDTHS = {64, 128, 256, 512};

  private ResNetWork() {}

  /** Operations of one forward pass over a batch. */
  public static double forward(StepTask task) {
    return task.batch() * (stem(task.size()) + stages(task.size()));
  }

  /**
   * Operations of one training step: each convolution forward, for its weights' gradient and for
   * its input's, except for the gradient of the images, which is not used.
   */
  public static double trainingStep(StepTask task) {
    return 3 * forward(task) - task.batch() * stem(task.size());
  }

  private static double stem(int size) {
    return convolution(half(size), StepTask.CHANNELS, WIDTHS[0], 7);
  }

  private static double stages(int size) {
    int side = half(half(size));
    double sum = 4 * convolution(side, WIDTHS[0], WIDTHS[0], 3);
    for (int stage = 1; stage < WIDTHS.length; stage++) {
      int in = WIDTHS[stage - 1];
      int out = WIDTHS[stage];
      side = half(side);
      sum += convolution(side, in, out, 3) + convolution(side, in, out, 1);
      sum += 3 * convolution(side, out, out, 3);
    }
    return sum;
  }

  /** Side of the image after a layer of stride 2 whose padding is half its window. */
  private static int half(int side) {
    return (side + 1) / 2;
  }

  private static double convolution(int side, int in, int out, int kernel) {
    return 2.0 * side * side * in * out * kernel * kernel;
  }
}
