package org.clusternet.benchmark;

import java.util.List;
import org.clusternet.config.Precision;

/**
 * Settings of a benchmark.
 *
 * @param device {@code cpu} or {@code cuda}
 * @param threads number of CPU threads
 * @param filter part of the names of the measurements; empty for all
 * @param batches batch sizes of training steps and of inference
 * @param cropBatches batch sizes of the crop alone
 * @param precisions precisions of steps and inference
 * @param side side of the images in pixels
 * @param elements approximate number of elements in a tensor of a memory-bound op
 * @param timing how steps are measured; ops have rounds of a few milliseconds
 */
public record BenchSettings(
    String device,
    int threads,
    String filter,
    List<Integer> batches,
    List<Integer> cropBatches,
    List<Precision> precisions,
    int side,
    long elements,
    Timing timing) {

  /**
   * Settings.
   *
   * @throws IllegalArgumentException naming the setting that is not possible
   */
  public BenchSettings {
    if (!List.of("cpu", "cuda").contains(device)) {
      throw new IllegalArgumentException("device=" + device + "; it must be cpu or cuda");
    }
    batches.forEach(batch -> requireAtLeast("batch", batch, 2));
    cropBatches.forEach(batch -> requireAtLeast("crop-batch", batch, 1));
    requireAtLeast("size", side, 32);
    if (device.equals("cpu") && precisions.contains(Precision.TF32)) {
      throw new IllegalArgumentException(
          "precision=tf32: only GPUs have this arithmetic; on the cpu measure fp32 or bf16");
    }
  }

  private static void requireAtLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + "=" + value + "; it must be at least " + least);
    }
  }

  /** Whether a measurement of this name is included. */
  boolean includes(String name) {
    return name.contains(filter);
  }
}
