package org.clusternet.benchmark;

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
 * @param fmaGflops F32 fused multiply-adds of the processor, in 1e9 operations a second; null on a
 *     GPU
 * @param kernels memory-bound ops
 * @param crops the crop alone
 * @param cases those of the catalogue
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
    Double fmaGflops,
    List<Kernel> kernels,
    List<Crop> crops,
    List<Case> cases,
    List<Map<String, Object>> steps,
    List<String> failures) {
  /**
   * A case of the catalogue.
   *
   * @param name what was run
   * @param batch images
   * @param precision of its activations; empty where that means nothing
   * @param ms median time
   * @param minMs shortest time
   * @param maxMs longest time
   * @param imagesPerS images a second; null where images are not what is counted
   * @param cellsPerS cells of a simulation a second; null where none are drawn
   * @param gflops 1e9 floating-point operations a second, those of the direct method; null for none
   * @param gbPerS 1e9 bytes a second of the least that it must move
   * @param ceiling FMA or copy, whichever is nearer; null where that is not known
   * @param ofCeiling share of it
   */
  public record Case(
      String name,
      int batch,
      String precision,
      double ms,
      double minMs,
      double maxMs,
      Double imagesPerS,
      Double cellsPerS,
      Double gflops,
      double gbPerS,
      String ceiling,
      Double ofCeiling) {}

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
