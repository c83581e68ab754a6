package org.clusternet.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.Batch;
import org.clusternet.data.dataset.Dataset;
import org.clusternet.progress.Progress;
import org.clusternet.run.RunFolder;
import org.clusternet.run.Scores;
import org.clusternet.run.TrainingRun;
import org.clusternet.training.TrainingException;

/**
 * The folds of an experiment in its folder: those that are there, and how the others come to be.
 */
final class FoldRuns {
  /** Many folds are short, and a checkpoint is four times the size of the weights. */
  private static final Duration CHECKPOINTS = Duration.ofMinutes(1);

  private final Path out;
  private final TrainingConfig base;
  private final Map<Long, String> hashes;
  private final Dataset dataset;
  private final String version;
  private final Progress progress;

  /**
   * The folds of a folder.
   *
   * @param out the experiment's folder
   * @param base the settings of all runs
   * @param hashes of images and folds, by seed
   * @param dataset the images, for all runs
   * @param version of the program
   * @param progress where the log goes
   */
  FoldRuns(
      Path out,
      TrainingConfig base,
      Map<Long, String> hashes,
      Dataset dataset,
      String version,
      Progress progress) {
    this.out = out;
    this.base = base;
    this.hashes = Map.copyOf(hashes);
    this.dataset = dataset;
    this.version = version;
    this.progress = progress;
  }

  /**
   * Runs the jobs that have not been finished, after a look at those that have. The first that
   * fails ends it, after those that run beside it.
   *
   * @param jobs all of them
   * @param atOnce how many run at a time
   * @param discardModels whether weights are deleted at the end of each
   */
  void run(List<FoldJob> jobs, int atOnce, boolean discardModels) {
    List<FoldJob> missing = new ArrayList<>();
    for (FoldJob job : jobs) {
      Path folder = job.folder(out);
      if (FoldResult.isThere(folder)) {
        read(job);
      } else {
        if (Files.exists(folder.resolve(RunFolder.CONFIG))) {
          SameSettings.requireSame(folder.resolve(RunFolder.CONFIG), job.config(base));
        }
        missing.add(job);
      }
    }
    announce(jobs.size(), missing.size(), atOnce);
    try (JobBoard board = new JobBoard(progress, missing, base.optimizer().epochs())) {
      Batch.run(
          missing.size(),
          atOnce,
          (done, total) -> {},
          i -> {
            run(missing.get(i), board);
            if (discardModels) {
              discardModel(missing.get(i));
            }
          });
    }
  }

  private void announce(int all, int missing, int atOnce) {
    TrainingConfig.Compute compute = base.compute();
    String before = all == missing ? "" : ", %d of them finished before".formatted(all - missing);
    String how =
        "; %d at a time on %s with %d thread%s each"
            .formatted(
                Math.min(atOnce, missing),
                compute.device(),
                compute.threads(),
                compute.threads() == 1 ? "" : "s");
    progress.line("%d folds%s%s".formatted(all, before, missing == 0 ? "" : how));
  }

  private void run(FoldJob job, JobBoard board) {
    long start = System.nanoTime();
    try (RunFolder folder = RunFolder.open(job.folder(out))) {
      TrainingConfig config = folder.isBegun() ? folder.settings() : job.config(base);
      Scores scores =
          new TrainingRun(config, folder, version, board.of(job), dataset)
              .checkpointEvery(CHECKPOINTS)
              .execute();
      board.finished(job, scores, (System.nanoTime() - start) * 1e-9);
    } catch (TrainingException e) {
      throw new TrainingException(job + ": " + e.getMessage());
    }
  }

  private void discardModel(FoldJob job) {
    Path model = job.folder(out).resolve("model.safetensors");
    try {
      Files.deleteIfExists(model);
    } catch (IOException e) {
      throw new DataException(model + ": cannot be deleted: " + e, e);
    }
  }

  /** Reads a finished fold. */
  FoldResult read(FoldJob job) {
    return FoldResult.read(job, job.folder(out), job.config(base), hashes.get(job.seed()));
  }
}
