package org.clusternet.bench.compare;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.clusternet.benchmark.CropCases;

/**
 * One row of a comparison: a JMH benchmark with its parameters, and the environment of its process.
 *
 * @param label the row's name
 * @param benchmark class and method of the benchmark
 * @param params JMH parameters that it sets; others come from the comparison
 * @param environment variables of its process beside the inherited ones
 * @param runs of its process; empty for as many as the others'
 */
public record Contender(
    String label,
    String benchmark,
    Map<String, String> params,
    Map<String, String> environment,
    Optional<Runs> runs) {

  /**
   * How often a process runs it.
   *
   * @param warmup not measured
   * @param steps measured
   */
  public record Runs(int warmup, int steps) {}

  /**
   * glibc's malloc told to keep what it has: no block of its own for large requests, nothing given
   * back, no arenas per thread. libtorch asks for its tensors anew in every step, and by default
   * each comes as pages that have to be faulted in.
   */
  static final Map<String, String> TUNED_MALLOC =
      Map.of(
          "MALLOC_MMAP_MAX_", "0",
          "MALLOC_TRIM_THRESHOLD_", "17179869184",
          "MALLOC_TOP_PAD_", "268435456",
          "MALLOC_ARENA_MAX", "1");

  private static final String CASES = "org.clusternet.bench.cases.";
  private static final String PEERS = "org.clusternet.bench.peers.";
  private static final String LIBTORCH = PEERS + "LibtorchPasses.run";

  /** DL4J's step takes many times as long as the others', and its first is as fast as any. */
  private static final Runs FEW = new Runs(1, 1);

  /**
   * Ours.
   *
   * @param work name of the case
   */
  static Contender ours(String work, String precision) {
    boolean crop = work.equals(CropCases.FUSED);
    return new Contender(
        "cluster-net " + precision,
        CASES + (crop ? "CropKernels.run" : "Passes.run"),
        Map.of(crop ? "kernel" : "pass", work, "precision", precision),
        Map.of(),
        Optional.empty());
  }

  /**
   * DJL on libtorch.
   *
   * @param work name of the case
   */
  static Contender libtorch(String work, String precision, String layout, boolean tuned) {
    String label = "libtorch " + precision + (layout.equals("nchw") ? "" : ", " + layout);
    return new Contender(
        label + (tuned ? ", tuned malloc" : ""),
        LIBTORCH,
        Map.of("pass", work, "precision", precision, "layout", layout),
        tuned ? TUNED_MALLOC : Map.of(),
        Optional.empty());
  }

  /**
   * TensorFlow-Java.
   *
   * @param work name of the case
   */
  static Contender tensorFlow(String work, String precision) {
    return new Contender(
        "tensorflow " + precision,
        PEERS + "TensorFlowPasses.run",
        Map.of("pass", work, "precision", precision),
        Map.of(),
        Optional.empty());
  }

  /**
   * DL4J.
   *
   * @param work name of the case
   */
  static Contender dl4j(String work) {
    return new Contender(
        "dl4j fp32", PEERS + "Dl4jPasses.run", Map.of("pass", work), Map.of(), Optional.of(FEW));
  }

  /** Whether the class path has the benchmark. */
  boolean isBuilt() {
    String type = benchmark.substring(0, benchmark.lastIndexOf('.'));
    try {
      Class.forName(type, false, Contender.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** This contender with more parameters; its own win. */
  Contender with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(more);
    all.putAll(params);
    return new Contender(label, benchmark, all, environment, runs);
  }
}
