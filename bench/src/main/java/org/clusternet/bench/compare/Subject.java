package org.clusternet.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clusternet.benchmark.BenchTask;
import org.clusternet.benchmark.CropCases;
import org.clusternet.benchmark.StepCases;
import org.clusternet.benchmark.Work;

/**
 * What is compared: a pass of a network, or the crop; and how often it is run unless told. The runs
 * that are not measured are as many as the JVM takes to compile our loops: steps before that are
 * slower, which no training of thousands notices.
 */
enum Subject {
  /** A training step of one branch. */
  STEP("training-step", "Training step of one ResNet-18", StepCases.BRANCH_TRAIN, 2, 20, 6, 8, 16),
  /** Inference of one branch. */
  INFERENCE(
      "inference",
      "Inference of one ResNet-18, by running statistics",
      StepCases.BRANCH_INFER,
      2,
      60,
      20,
      1,
      16),
  /**
   * From features, weights, logits and image to box and crop: a millisecond, of which a benchmark
   * that stops the clock after each run measures how threads wake up.
   */
  CROP("attention-crop", "Attention crop, from features to crop", CropCases.FUSED, 3, 8, 12, 8),
  /** A training step of the three-headed network. */
  THREE_HEADED(
      "three-headed-step",
      "Training step of the three-headed network",
      StepCases.NETWORK_TRAIN,
      2,
      12,
      4,
      8,
      16);

  private final String section;
  private final String title;
  private final String work;
  private final int rounds;
  private final int warmup;
  private final int steps;
  private final List<Integer> batches;

  Subject(
      String section,
      String title,
      String work,
      int rounds,
      int warmup,
      int steps,
      Integer... batches) {
    this.section = section;
    this.title = title;
    this.work = work;
    this.rounds = rounds;
    this.warmup = warmup;
    this.steps = steps;
    this.batches = Arrays.asList(batches);
  }

  /** The name of its section in the file of results. */
  String section() {
    return section;
  }

  /** For people. */
  String title() {
    return title;
  }

  int rounds() {
    return rounds;
  }

  int warmup() {
    return warmup;
  }

  int steps() {
    return steps;
  }

  /** Options of JMH that say what one figure is of. */
  List<String> figure() {
    return this == CROP
        ? List.of("-bm", "avgt", "-w", "500ms", "-r", "500ms")
        : List.of("-bm", "ss");
  }

  /** What one figure is of, in the plural. */
  String figures() {
    return this == CROP ? "half-seconds of runs" : "runs";
  }

  List<Integer> batches() {
    return batches;
  }

  /** What one run of any contender must do. */
  Work work(BenchTask task) {
    if (this == CROP) {
      return CropCases.of(task).stream()
          .filter(one -> one.name().equals(work))
          .findFirst()
          .orElseThrow()
          .work();
    }
    return StepCases.work(work, task);
  }

  /** Ours alone. */
  List<Contender> ours() {
    return List.of(Contender.ours(work, "fp32"), Contender.ours(work, "bf16"));
  }

  /**
   * Ours, and libtorch by default and with its memory kept; of one branch its BF16 and the other
   * libraries.
   */
  List<Contender> contenders() {
    List<Contender> all = new ArrayList<>(ours());
    all.addAll(references());
    if (this == STEP) {
      all.add(Contender.libtorch(work, "fp32", "nhwc", true));
      all.add(Contender.libtorch(work, "bf16", "nchw", true));
    }
    if (this == STEP || this == INFERENCE) {
      all.add(Contender.libtorch(work, "bf16", "nhwc", true));
      all.add(Contender.tensorFlow(work, "fp32"));
      all.add(Contender.tensorFlow(work, "bf16"));
      all.add(Contender.dl4j(work));
    }
    return all;
  }

  /** What speeds are relative to. */
  List<Contender> references() {
    return List.of(
        Contender.libtorch(work, "fp32", "nchw", false),
        Contender.libtorch(work, "fp32", "nchw", true));
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
