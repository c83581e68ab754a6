package org.clusternet.benchmark.step;

import java.util.Random;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * The training step that is compared between libraries: the same images, labels and learning rate,
 * and the same check that it trains. One ResNet-18 with three classes is trained on one batch again
 * and again; a step is forward, cross entropy, backward and Adam, with the loss read at its end.
 *
 * <p>The images are noise around a level that depends on the class, so that the batch can be
 * learned within a few steps and a loss that does not fall means a step that does not train.
 *
 * @param batch number of images in a batch, at least 1
 * @param size side of the square images in pixels
 */
public record StepTask(int batch, int size) {
  /** Number of classes. */
  public static final int CLASSES = 3;

  /** Channels of an image. */
  public static final int CHANNELS = 3;

  /** Trainable numbers of torchvision's ResNet-18 with three classes. */
  public static final long PARAMETERS = 11_178_051;

  /** Learning rate of Adam, the paper's. */
  public static final double LEARNING_RATE = 1e-3;

  /**
   * A task.
   *
   * @throws IllegalArgumentException unless the batch and the size are positive
   */
  public StepTask {
    if (batch < 1 || size < 1) {
      throw new IllegalArgumentException(
          "task: batch=" + batch + ", size=" + size + "; both must be at least 1");
    }
  }

  /** The images (N, C, H, W) in row-major order. */
  public float[] images() {
    Random random = new Random(7);
    int[] labels = labels();
    float[] pixels = new float[batch * CHANNELS * size * size];
    int image = CHANNELS * size * size;
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (random.nextGaussian() + labels[i / image]);
    }
    return pixels;
  }

  /** The images on a device, F32 (N, C, H, W). */
  Tensor upload(Device device, Scope scope) {
    Tensor tensor = scope.allocate(TensorType.of(DType.F32, batch, CHANNELS, size, size));
    float[] pixels = images();
    double[] wide = new double[pixels.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = pixels[i];
    }
    HostValues.set(device, tensor, wide);
    return tensor;
  }

  /** The class of every image. */
  public int[] labels() {
    int[] labels = new int[batch];
    for (int n = 0; n < batch; n++) {
      labels[n] = n % CLASSES;
    }
    return labels;
  }

  /**
   * Checks that a network is the one that is compared.
   *
   * @throws IllegalStateException if it has another number of parameters
   */
  public static void requireResNet18(long parameters) {
    if (parameters != PARAMETERS) {
      throw new IllegalStateException(
          "parameters=%,d; torchvision's ResNet-18 with %d classes has %,d"
              .formatted(parameters, CLASSES, PARAMETERS));
    }
  }
}
