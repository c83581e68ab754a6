package org.clusternet.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.clusternet.config.TrainingConfig;
import org.clusternet.network.Alphas;
import org.clusternet.network.Variant;

/**
 * Rows, seeds and settings of an experiment. The number of jobs that run at the same time is no
 * part of it, since results do not depend on it; the number of threads of each job is among the
 * settings, since the last bits of results do.
 *
 * @param name crossval, ablation or ablation-table2
 * @param base settings of all runs; seed, fold, variant and alphas are those of each run
 * @param arms the rows
 * @param repeats number of seeds, from that of {@code base} upwards
 * @param classical whether there are rows for the classical classifiers
 */
public record Plan(
    String name, TrainingConfig base, List<Arm> arms, int repeats, boolean classical) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is no seed or no row, or a row is given twice
   */
  public Plan {
    arms = List.copyOf(arms);
    if (repeats < 1) {
      throw new IllegalArgumentException("seeds=" + repeats + "; it must be at least 1");
    }
    if (arms.isEmpty() || new HashSet<>(arms).size() < arms.size()) {
      throw new IllegalArgumentException(
          "rows=" + arms.stream().map(Arm::name).toList() + "; name at least one, each once");
    }
  }

  /** The cross-validation of the approach that the settings name. */
  public static Plan crossval(TrainingConfig base, int repeats) {
    return new Plan(
        "crossval", base, List.of(new Arm(base.variant(), base.alphas())), repeats, false);
  }

  /** Rows of Table I with the alphas of the settings, and optionally classical classifiers. */
  public static Plan tableOne(
      TrainingConfig base, List<Variant> rows, int repeats, boolean classical) {
    List<Arm> arms =
        Arm.tableOne(base.alphas()).stream().filter(arm -> rows.contains(arm.variant())).toList();
    return new Plan("ablation", base, arms, repeats, classical);
  }

  /** Table II: the alphas are the table's. */
  public static Plan tableTwo(TrainingConfig base, int repeats) {
    return new Plan("ablation-table2", base, Arm.tableTwo(), repeats, false);
  }

  /** The same with other settings of the runs. */
  Plan withBase(TrainingConfig other) {
    return new Plan(name, other, arms, repeats, classical);
  }

  /** The seeds. */
  List<Long> seeds() {
    return LongStream.range(base.seed(), base.seed() + repeats).boxed().toList();
  }

  /** The settings that all runs share; experiments with the same may share a folder. */
  TrainingConfig common() {
    return base.withVariant(Variant.ALL).withAlphas(Alphas.PAPER).withData(base.data().withFold(0));
  }

  /** All runs, seed by seed, so that the first whole table is finished early. */
  List<FoldJob> jobs(int folds) {
    List<FoldJob> jobs = new ArrayList<>();
    for (long seed : seeds()) {
      for (Arm arm : arms) {
        for (int fold = 0; fold < folds; fold++) {
          jobs.add(new FoldJob(arm, seed, fold));
        }
      }
    }
    return jobs;
  }
}
