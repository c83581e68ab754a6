package org.clusternet.measure;

import java.util.List;
import java.util.Map;

/**
 * All figures of a run, to be written as JSON and read again.
 *
 * @param version of the program
 * @param time when it ended, in ISO 8601
 * @param device what was measured
 * @param machine the facts of the machine
 * @param copyGbPerS what a copy on the device moves, read plus written, in 1e9 bytes a second
 * @param kernels memory-bound ops
 * @param crops the crop alone
 * @param steps whole steps, one entry a batch, with the keys of the peer's JSON: batch, size, crop,
 *     {@code crop_ms_fused}, {@code train_images_per_s_PRECISION_replayed}, {@code
 *     infer_images_per_s_PRECISION_replayed}
 * @param failures what could not be measured, and why
 */
public record BenchReport(
    String version,
    String time,
    String device,
    MachineFacts machine,
    double copyGbPerS,
    List<Kernel> kernels,
    List<Crop> crops,
    List<Map<String, Object>> steps,
    List<String> failures) {

  /**
   * A memory-bound op.
   *
   * @param name what was run
   * @param megabytes what it must move, in 1e6 bytes
   * @param ms median time
   * @param minMs shortest time
   * @param maxMs longest time
   * @param gbPerS 1e9 bytes a second
   * @param ofCopy that rate over the copy's
   */
  public record Kernel(
      String name,
      double megabytes,
      double ms,
      double minMs,
      double maxMs,
      double gbPerS,
      double ofCopy) {}

  /**
   * The crop alone, from features, weights, logits and image to box and crop.
   *
   * @param batch images
   * @param features type of the features
   * @param ms median time
   * @param minMs shortest time
   * @param maxMs longest time
   * @param floorMs time to move its inputs and outputs once at the copy's rate
   * @param overFloor time over that
   */
  public record Crop(
      int batch,
      String features,
      double ms,
      double minMs,
      double maxMs,
      double floorMs,
      double overFloor) {}
}
