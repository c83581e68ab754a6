package org.clusternet.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.Batch;
import org.clusternet.data.dataset.Dataset;
import org.clusternet.progress.Progress;
import org.clusternet.run.RunFolder;
import org.clusternet.run.Scores;
import org.clusternet.run.TrainingRun;
import org.clusternet.training.TrainingException;

/** The folds of an experiment in its folder: reads finished ones and runs the others. */
final class FoldRuns {
  /** Shortest time between checkpoints: folds are short, and checkpoints are large. */
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
   * @param base settings of all runs
   * @param hashes hashes of images and folds by seed
   * @param dataset the images of all runs
   * @param version version of the program
   * @param progress receives the log
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
   * Checks the finished jobs and runs the others. The first failure ends it, when the jobs that run
   * at the same time have ended.
   *
   * @param jobs all jobs
   * @param atOnce number of jobs that run at the same time
   * @param discardModels whether the weights of a job are deleted at its end
   */
  void run(List<FoldJob> jobs, int atOnce, boolean discardModels) {
    List<FoldJob> missing = new ArrayList<>();
    for (FoldJob job : jobs) {
      Path folder = job.folder(out);
      if (FoldResult.exists(folder)) {
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
    return FoldResult.read(job, job.folder(out), job.config(base), dataHash(job));
  }

  private String dataHash(FoldJob job) {
    return Objects.requireNonNull(hashes.get(job.seed()), "a hash for each seed");
  }
}
