package org.clusternet.benchmark;

import java.util.List;
import org.clusternet.config.Precision;

/**
 * What is measured.
 *
 * @param device {@code cpu} or {@code cuda}
 * @param threads of the CPU
 * @param filter part of the names of what to measure; empty for everything
 * @param batches images of a training step and of inference
 * @param cropBatches images of the crop alone
 * @param precisions of steps and inference
 * @param side of the images in pixels
 * @param elements about how many a tensor of a memory-bound op has
 * @param timing how steps are measured; ops get rounds of some milliseconds
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
   * @throws IllegalArgumentException if something cannot be measured
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

  /** Whether something of this name is to be measured. */
  boolean includes(String name) {
    return name.contains(filter);
  }
}
