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
 * config.yaml                    what all runs share
 * data/                          the simulated dataset, where none was given
 * ROW/seed-S/fold-K/             the run folder of each fold
 * results.json, results.csv, results.md, predictions.csv     at the end
 * </pre>
 *
 * <p>Every fold is a run of its own, and a folder that holds finished ones is gone on with: only
 * what is missing is run. What is there must have been made with the same settings from the same
 * images, or nothing is run at all. Images are read once, and shared.
 */
public final class Experiment {
  private final Plan plan;
  private final Path out;
  private final Options options;
  private final String version;
  private final Progress progress;

  /**
   * How an experiment is carried out, which its results do not depend on.
   *
   * @param jobs runs at a time; 0 for as many as there are processors for, one on a GPU
   * @param discardModels whether the weights of a fold are deleted when it is finished
   * @param bootstrap how intervals are found
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
   * @param plan what is to be found out
   * @param out its folder: not there, empty, or of the same experiment before
   * @param options how it is carried out
   * @param version of the program, for the files
   * @param progress where the log goes
   */
  public Experiment(Plan plan, Path out, Options options, String version, Progress progress) {
    this.plan = plan;
    this.out = out;
    this.options = options;
    this.version = version;
    this.progress = progress;
  }

  /**
   * Runs what is missing, and writes the results.
   *
   * @return the results
   * @throws DataException if the images or the folder cannot be used, or the folder holds runs with
   *     other settings or damaged ones
   * @throws org.clusternet.training.TrainingException if a loss is not finite
   * @throws IllegalArgumentException if the device is not there
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

  /** The settings with auto replaced by what it means here: all folds run on the same. */
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

  /** Reads, and perhaps simulates before, with all processors: no job runs yet. */
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
