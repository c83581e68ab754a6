package org.clusternet.benchmark;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All figures of a benchmark, to be written and read as JSON.
 *
 * @param version version of the program
 * @param time end of the benchmark, in ISO 8601
 * @param device description of the device
 * @param machine facts of the machine
 * @param copyGbPerS rate of a copy on the device, read plus written, in 1e9 bytes per second
 * @param fmaGflops rate of F32 fused multiply-adds of the processor, in 1e9 operations per second;
 *     null on a GPU
 * @param kernels memory-bound ops
 * @param crops the crop alone
 * @param cases cases of the catalogue
 * @param steps whole steps, one entry per batch size, with the keys of the peer's JSON: batch,
 *     size, crop, {@code crop_ms_fused}, {@code train_images_per_s_PRECISION_replayed}, {@code
 *     infer_images_per_s_PRECISION_replayed}
 * @param failures measurements that failed, with their reasons
 */
public record BenchReport(
    String version,
    String time,
    String device,
    MachineFacts machine,
    double copyGbPerS,
    @Nullable Double fmaGflops,
    List<Kernel> kernels,
    List<Crop> crops,
    List<Case> cases,
    List<Map<String, Object>> steps,
    List<String> failures) {
  /**
   * A case of the catalogue.
   *
   * @param name name of the case
   * @param batch number of images
   * @param precision precision of the activations; empty where there are none
   * @param ms median time
   * @param minMs shortest time
   * @param maxMs longest time
   * @param imagesPerS images per second; null where images are not counted
   * @param cellsPerS cells of a simulation per second; null where none are drawn
   * @param gflops 1e9 floating-point operations of the direct method per second; null for none
   * @param gbPerS 1e9 bytes per second of the bytes that it must move
   * @param ceiling FMA or copy, whichever limits it; null where that is not known
   * @param ofCeiling fraction of that limit
   */
  public record Case(
      String name,
      int batch,
      String precision,
      double ms,
      double minMs,
      double maxMs,
      @Nullable Double imagesPerS,
      @Nullable Double cellsPerS,
      @Nullable Double gflops,
      double gbPerS,
      @Nullable String ceiling,
      @Nullable Double ofCeiling) {}

  /**
   * A memory-bound op.
   *
   * @param name name of the op
   * @param megabytes bytes that it must move, in 1e6 bytes
   * @param ms median time
   * @param minMs shortest time
   * @param maxMs longest time
   * @param gbPerS rate in 1e9 bytes per second
   * @param ofCopy that rate divided by the copy's
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
   * @param batch number of images
   * @param features type of the features
   * @param ms median time
   * @param minMs shortest time
   * @param maxMs longest time
   * @param floorMs time to move its inputs and outputs once at the copy's rate
   * @param overFloor median time divided by that
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
