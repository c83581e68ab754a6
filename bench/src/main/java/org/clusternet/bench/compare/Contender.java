package org.clusternet.bench.compare;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.clusternet.benchmark.CropCases;

/**
 * One row of a comparison: a JMH benchmark with its parameters, and the environment of its process.
 *
 * @param label name of the row
 * @param benchmark class and method of the benchmark
 * @param params its own JMH parameters; the others come from the comparison
 * @param environment environment variables of its process besides the inherited ones
 * @param runs number of runs in its process; empty for the number of the comparison
 */
public record Contender(
    String label,
    String benchmark,
    Map<String, String> params,
    Map<String, String> environment,
    Optional<Runs> runs) {

  /**
   * The number of runs in a process.
   *
   * @param warmup number of runs that are not measured
   * @param steps number of runs that are measured
   */
  public record Runs(int warmup, int steps) {}

  /**
   * Settings that make glibc's malloc keep its memory: no separate mapping for large requests, no
   * memory returned to the system, no arenas per thread. libtorch allocates its tensors again in
   * every step, and by default each consists of new pages that cause page faults.
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

  /**
   * A step of DL4J takes many times as long as the others, and its first is as fast as later ones.
   */
  private static final Runs FEW = new Runs(1, 1);

  /**
   * Our engine.
   *
   * @param work name of the case
   * @param precision {@code fp32} or {@code bf16}
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
   * @param precision {@code fp32} or {@code bf16}
   * @param layout {@code nchw} or {@code nhwc}
   * @param tuned whether malloc keeps its memory
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
   * @param precision {@code fp32} or {@code bf16}
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

  /** Whether the benchmark is on the class path. */
  boolean isBuilt() {
    String type = benchmark.substring(0, benchmark.lastIndexOf('.'));
    try {
      Class.forName(type, false, Contender.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** This contender with more parameters; its own take precedence. */
  Contender with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(more);
    all.putAll(params);
    return new Contender(label, benchmark, all, environment, runs);
  }
}
