package org.clusternet.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.clusternet.benchmark.BenchTask;
import org.clusternet.benchmark.CropCases;
import org.clusternet.benchmark.StepCases;
import org.clusternet.benchmark.Work;

/**
 * The subject of a comparison, a pass of a network or the crop, and its default number of runs.
 * Before those that are measured, there are as many as the JVM needs to compile our loops; the
 * slower steps before that do not matter in a training of thousands.
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
   * From features, weights, logits and image to box and crop. It takes a millisecond; stopping the
   * clock after each run would measure how threads wake up.
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

  /** Name of the section in the file of results. */
  String section() {
    return section;
  }

  /** Title of the section. */
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

  /** Options of JMH that define what one figure measures. */
  List<String> figure() {
    return this == CROP
        ? List.of("-bm", "avgt", "-w", "500ms", "-r", "500ms")
        : List.of("-bm", "ss");
  }

  /** The name, in the plural, of what one figure measures. */
  String figures() {
    return this == CROP ? "half-seconds of runs" : "runs";
  }

  List<Integer> batches() {
    return batches;
  }

  /** The least work of one run of any contender. */
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

  /** The contenders of our engine. */
  List<Contender> ours() {
    return List.of(Contender.ours(work, "fp32"), Contender.ours(work, "bf16"));
  }

  /**
   * All contenders: our engine, and libtorch with malloc by default and tuned; for one branch also
   * libtorch in BF16 and the other libraries.
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

  /** The contenders that speeds are relative to. */
  List<Contender> references() {
    return List.of(
        Contender.libtorch(work, "fp32", "nchw", false),
        Contender.libtorch(work, "fp32", "nchw", true));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
