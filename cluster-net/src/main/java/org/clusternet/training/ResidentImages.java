package org.clusternet.training;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.clusternet.data.dataset.Dataset;
import org.clusternet.engine.op.GatherImages;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * All images of a dataset, copied to the device once, in one channel; for a step only the indices
 * of its images are copied. This is for a GPU, to which copying a batch of images would take longer
 * than the step; on the CPU it would only be a second copy.
 *
 * <p>Every batch has the address of the one before, as a recorded step requires.
 */
final class ResidentImages implements AutoCloseable {
  /**
   * Largest size of the images in a GPU's memory: the paper's 954 of 256 x 256 take a sixteenth.
   */
  private static final long MOST_BYTES = 4L << 30;

  private static final int CHANNELS = 3;

  private final Device device;
  private final int size;
  private final Scope scope;
  private final Tensor store;
  private final Tensor numbers;
  private final Tensor batch;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment numberMemory;

  /**
   * Copies the images to a device.
   *
   * @param device the device
   * @param dataset the images, in the order of their indices
   * @param largest number of images in the largest batch
   */
  @SuppressWarnings("MustBeClosedChecker") // the arena is this object's, closed with it
  ResidentImages(Device device, Dataset dataset, int largest) {
    this.device = device;
    this.size = dataset.preprocessing().imageSize();
    this.scope = device.scope();
    this.store = scope.allocate(TensorType.of(DType.F32, dataset.size(), 1, size, size));
    this.numbers = scope.allocate(TensorType.of(DType.I32, largest));
    this.batch = scope.allocate(TensorType.of(DType.F32, largest, CHANNELS, size, size));
    this.numberMemory = arena.allocate(numbers.type().bytes(), Long.BYTES);
    for (int i = 0; i < dataset.size(); i++) {
      send(i, dataset.image(i).pixels());
    }
  }

  /** Whether images should stay on the device and fit into its memory. */
  static boolean fit(Device device, Dataset dataset) {
    long side = dataset.preprocessing().imageSize();
    return device.hasOwnMemory() && dataset.size() * side * side * Float.BYTES <= MOST_BYTES;
  }

  private void send(int number, float[] pixels) {
    try (Arena once = Arena.ofConfined()) {
      Tensor image =
          store.view(TensorType.of(DType.F32, 1, 1, size, size), (long) number * size * size);
      device.upload(once.allocateFrom(ValueLayout.JAVA_FLOAT, pixels), image);
    }
  }

  /**
   * The images of a batch.
   *
   * @param samples their indices, at most as many as in the largest batch
   * @return F32 (N, 3, size, size), valid until the next call
   */
  Tensor images(int[] samples) {
    MemorySegment.copy(samples, 0, numberMemory, ValueLayout.JAVA_INT, 0, samples.length);
    Tensor chosen = numbers.view(TensorType.of(DType.I32, samples.length), 0);
    device.upload(numberMemory.asSlice(0, chosen.type().bytes()), chosen);
    Tensor images = batch.view(TensorType.of(DType.F32, samples.length, CHANNELS, size, size), 0);
    try (Scope scratch = device.scope()) {
      new Eager(device, scratch)
          .run(new GatherImages(CHANNELS), new Tensor[] {store, chosen}, new Tensor[] {images});
    }
    return images;
  }

  @Override
  public void close() {
    scope.close();
    arena.close();
  }
}
