package org.clusternet.inference;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import org.clusternet.data.CoreType;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * Copies images, peaks and labels to a device through one block of host memory and one tensor each,
 * used again for every batch, so that a step allocates nothing. The single channel is repeated to
 * the three that ResNet-18 reads (paper, IV-B).
 *
 * <p>A smaller batch than the largest uses the beginning of the same memory. The tensors that
 * {@link #images}, {@link #peaks} and {@link #labels} return are valid until the next call.
 */
public final class ImageStage implements AutoCloseable {
  private static final int CHANNELS = 3;

  /** Both coordinates of a peak that the network is to find itself. */
  private static final int NONE = -1;

  private final Device device;
  private final int size;
  private final Scope scope;
  private final Arena arena = Arena.ofShared();
  private final Tensor images;
  private final Tensor labels;
  private final Tensor peaks;
  private final MemorySegment imageMemory;
  private final MemorySegment labelMemory;
  private final MemorySegment peakMemory;

  /**
   * Memory for batches.
   *
   * @param device the device that holds the tensors
   * @param largest number of images in the largest batch
   * @param size side of the images in pixels
   */
  @SuppressWarnings("MustBeClosedChecker") // the arena is this object's, closed with it
  public ImageStage(Device device, int largest, int size) {
    this.device = device;
    this.size = size;
    this.scope = device.scope();
    this.images = scope.allocate(TensorType.of(DType.F32, largest, CHANNELS, size, size));
    this.labels = scope.allocate(TensorType.of(DType.I32, largest));
    this.peaks = scope.allocate(TensorType.of(DType.I32, largest, 2));
    this.imageMemory = arena.allocate(images.type().bytes(), Long.BYTES);
    this.labelMemory = arena.allocate(labels.type().bytes(), Long.BYTES);
    this.peakMemory = arena.allocate(peaks.type().bytes(), Long.BYTES);
  }

  /**
   * Puts images on the device.
   *
   * @param batch one row-major array of {@code size * size} values per image, at most as many as in
   *     the largest batch
   * @return F32 (N, 3, size, size)
   * @throws IllegalArgumentException if an image has another size
   */
  public Tensor images(List<float[]> batch) {
    long at = 0;
    for (float[] image : batch) {
      if (image.length != size * size) {
        throw new IllegalArgumentException(
            "image of %d pixels; the network reads %d x %d".formatted(image.length, size, size));
      }
      for (float pixel : image) {
        imageMemory.setAtIndex(ValueLayout.JAVA_FLOAT, at++, pixel);
        imageMemory.setAtIndex(ValueLayout.JAVA_FLOAT, at++, pixel);
        imageMemory.setAtIndex(ValueLayout.JAVA_FLOAT, at++, pixel);
      }
    }
    return upload(
        images, imageMemory, TensorType.of(DType.F32, batch.size(), CHANNELS, size, size));
  }

  /**
   * Puts labels on the device.
   *
   * @param batch labels, at most as many as in the largest batch
   * @return I32 (N)
   */
  public Tensor labels(List<CoreType> batch) {
    for (int i = 0; i < batch.size(); i++) {
      labelMemory.setAtIndex(ValueLayout.JAVA_INT, i, batch.get(i).index());
    }
    return upload(labels, labelMemory, TensorType.of(DType.I32, batch.size()));
  }

  /**
   * Puts peaks on the device.
   *
   * @param batch a peak or none per image, at most as many as in the largest batch
   * @return I32 (N, 2): (x, y) of each peak, (-1, -1) for none
   */
  public Tensor peaks(List<Optional<Preprocessing.Peak>> batch) {
    long at = 0;
    for (Optional<Preprocessing.Peak> peak : batch) {
      peakMemory.setAtIndex(
          ValueLayout.JAVA_INT, at++, peak.map(Preprocessing.Peak::x).orElse(NONE));
      peakMemory.setAtIndex(
          ValueLayout.JAVA_INT, at++, peak.map(Preprocessing.Peak::y).orElse(NONE));
    }
    return upload(peaks, peakMemory, TensorType.of(DType.I32, batch.size(), 2));
  }

  private Tensor upload(Tensor whole, MemorySegment memory, TensorType type) {
    Tensor part = whole.view(type, 0);
    device.upload(memory.asSlice(0, type.bytes()), part);
    return part;
  }

  @Override
  public void close() {
    scope.close();
    arena.close();
  }
}
