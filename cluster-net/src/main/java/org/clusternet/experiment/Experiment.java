package org.clusternet.experiment;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clusternet.config.ConfigFile;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.data.dataset.Dataset;
import org.clusternet.engine.Devices;
import org.clusternet.engine.cuda.CudaSettings;
import org.clusternet.engine.spi.Device;
import org.clusternet.metrics.ClusterBootstrap;
import org.clusternet.progress.Progress;
import org.clusternet.run.RunData;
import org.clusternet.run.RunFolder;
import org.clusternet.training.ClassWeights;

/**
 * An experiment from its plan to its results.
 *
 * <pre>
 * config.yaml                    the settings that all runs share
 * data/                          the simulated dataset, where none was given
 * ROW/seed-S/fold-K/             the run folder of each fold
 * results.json, results.csv, results.md, predictions.csv     at the end
 * </pre>
 *
 * <p>Every fold is a run of its own, and an experiment continues in a folder with finished folds:
 * only missing ones are run. Existing ones must have been made with the same settings from the same
 * images, or nothing is run. Images are read once for all runs.
 */
public final class Experiment {
  private final Plan plan;
  private final Path out;
  private final Options options;
  private final String version;
  private final Progress progress;

  /**
   * Options of the execution, on which the results of the runs do not depend.
   *
   * @param jobs number of runs at the same time; 0 for as many as the processors allow, and one on
   *     a GPU
   * @param discardModels whether the weights of a finished fold are deleted
   * @param bootstrap settings of the confidence intervals
   */
  public record Options(int jobs, boolean discardModels, ClusterBootstrap.Settings bootstrap) {
    /** Checks the number. */
    public Options {
      if (jobs < 0) {
        throw new IllegalArgumentException("jobs=" + jobs + "; it must be at least 1");
      }
    }
  }

  /**
   * An experiment.
   *
   * @param plan rows, seeds and settings
   * @param out its folder: one that does not exist, is empty, or holds the same experiment
   * @param options options of the execution
   * @param version version of the program, for the files
   * @param progress receives the log
   */
  public Experiment(Plan plan, Path out, Options options, String version, Progress progress) {
    this.plan = plan;
    this.out = out;
    this.options = options;
    this.version = version;
    this.progress = progress;
  }

  /**
   * Runs the missing folds and writes the results.
   *
   * @return the results
   * @throws DataException if the images or the folder cannot be used, or the folder holds runs with
   *     other settings or damaged ones
   * @throws org.clusternet.training.TrainingException if a loss is not finite
   * @throws IllegalArgumentException if the device is not available
   */
  public Results execute() {
    Plan resolved = plan.withBase(withDevice(plan.base()));
    try (RunFolder folder = RunFolder.open(out)) {
      if (folder.isBegun()) {
        SameSettings.requireSame(folder.config(), resolved.common());
      }
      return execute(resolved, folder);
    }
  }

  /** The settings with device auto replaced by the device chosen, the same for all folds. */
  private TrainingConfig withDevice(TrainingConfig config) {
    TrainingConfig.Compute compute = config.compute();
    Devices.Choice choice =
        Devices.choose(compute.device(), compute.threads(), CudaSettings.defaults());
    try (Device device = choice.device()) {
      return config.withCompute(
          new TrainingConfig.Compute(
              device.name(), compute.precision(), compute.threads(), compute.deterministic()));
    }
  }

  private Results execute(Plan resolved, RunFolder folder) {
    RunData first = load(resolved.common(), folder);
    Dataset dataset = first.dataset();
    TrainingConfig base =
        resolved
            .base()
            .withData(resolved.base().data().withFolder(dataset.catalog().folder().toString()));
    if (!folder.isBegun()) {
      ConfigFile.write(folder.config(), resolved.common());
    }
    Map<Long, String> hashes = new HashMap<>();
    resolved
        .seeds()
        .forEach(seed -> hashes.put(seed, RunData.of(dataset, base.withSeed(seed)).hash()));
    List<FoldJob> jobs = resolved.jobs(first.folds().count());
    Optional<ClassicalRows> classical =
        plan.classical()
            ? Optional.of(ClassicalRows.measure(dataset.catalog(), progress))
            : Optional.empty();
    FoldRuns runs = new FoldRuns(out, base, hashes, dataset, version, progress);
    runs.run(jobs, atOnce(base), options.discardModels());
    progress.line("pooling %d folds".formatted(jobs.size()));
    List<FoldResult> results = jobs.stream().map(runs::read).toList();
    return new ExperimentReport(resolved, base, first, options.bootstrap(), version, out)
        .write(results, hashes, classical);
  }

  private int atOnce(TrainingConfig base) {
    if (options.jobs() > 0) {
      return options.jobs();
    }
    TrainingConfig.Compute compute = base.compute();
    return compute.device().equals("cpu")
        ? Math.max(1, Runtime.getRuntime().availableProcessors() / compute.threads())
        : 1;
  }

  /** Reads or simulates the images with all processors, since no job runs yet. */
  private RunData load(TrainingConfig common, RunFolder folder) {
    if (common.data().folder() == null && !folder.isBegun()) {
      ConfigFile.write(folder.config(), common);
    }
    TrainingConfig.Compute compute = common.compute();
    RunData data =
        RunData.load(
            common.withCompute(
                new TrainingConfig.Compute(
                    compute.device(),
                    compute.precision(),
                    Runtime.getRuntime().availableProcessors())),
            folder,
            progress);
    progress.line(
        "%d images of %d clusters (%s)"
            .formatted(
                data.dataset().size(),
                data.folds().foldOfCluster().size(),
                ClassWeights.of(data.labels())));
    if (!data.dataset().nonFinitePixels().isEmpty()) {
      progress.line(data.dataset().nonFinitePixels());
    }
    return data;
  }
}
