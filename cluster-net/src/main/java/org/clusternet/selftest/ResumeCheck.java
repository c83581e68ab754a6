package org.clusternet.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.clusternet.config.Augmentation;
import org.clusternet.config.DataConfig;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.image.LogFloor;
import org.clusternet.data.io.AtomicFolder;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.simulate.ClassMix;
import org.clusternet.data.simulate.Simulator;
import org.clusternet.engine.check.Outcome;
import org.clusternet.network.CropConfig;
import org.clusternet.progress.Progress;
import org.clusternet.run.RunFolder;
import org.clusternet.run.TrainingRun;
import org.clusternet.training.TrainingStoppedException;

/**
 * Whether a run that is interrupted ends with the files of one that is not, byte for byte: the
 * proof is the whole way, from images through checkpoints on the disk to the predictions, of a
 * small sample and a narrow network. A run is stopped, which writes a checkpoint where it stands,
 * or dies, so that what it has done since its last one is lost.
 */
final class ResumeCheck {
  private static final int SIDE = 64;
  private static final int CLUSTERS = 9;
  private static final int EPOCHS = 3;
  private static final int BATCH = 2;
  private static final int WIDTH = 16;

  /** Number of steps and ends of epochs, five per epoch, before each of the interruptions. */
  private static final List<Integer> PLACES = List.of(1, 3, 4, 5, 7, 12);

  /** Ends a run without any preparation. */
  private static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final TrainingConfig.Compute compute;

  /** Checks on a deterministic device. */
  ResumeCheck(TrainingConfig.Compute compute) {
    this.compute = compute;
  }

  /** Checks all kinds of interruptions, in a folder for temporary files. */
  Outcome check(String name) {
    try {
      Path folder = Files.createTempDirectory("cluster-net-resume");
      try {
        return check(name, folder);
      } finally {
        AtomicFolder.deleteTree(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome check(String name, Path folder) throws IOException {
    Path data = folder.resolve("data");
    SkyGrid grid = new SkyGrid(SIDE, 16);
    Simulator.run(
        data, new Simulator.Options(CLUSTERS, grid, ClassMix.BALANCED, 1, 1), BatchProgress.NONE);
    TrainingConfig config = config(data);
    Path whole = folder.resolve("whole");
    if (!ends(config, whole, () -> false)) {
      throw new IllegalStateException("the run without interruptions did not end");
    }
    List<String> failures = new ArrayList<>();
    int compared = 0;
    for (int place : PLACES) {
      Path stopped = folder.resolve("stopped-" + place);
      interrupt(config, stopped, at(place, () -> true));
      compare(config, whole, stopped, "stopped at " + place, failures);
      Path dead = folder.resolve("dead-" + place);
      interrupt(
          config,
          dead,
          at(
              place,
              () -> {
                throw new Death();
              }));
      compare(config, whole, dead, "died at " + place, failures);
      compared += 2;
    }
    return new Outcome(name, compared, failures, "runs of " + EPOCHS + " epochs");
  }

  private TrainingConfig config(Path data) {
    TrainingConfig quick = TrainingConfig.quick(data.toString());
    return new TrainingConfig(
        quick.preset(),
        1,
        new DataConfig(data.toString(), null, SIDE, SIDE, LogFloor.AUTO, null, 3, 0, false),
        quick.variant(),
        WIDTH,
        quick.weights(),
        CropConfig.paper(SIDE),
        quick.alphas(),
        new TrainingConfig.Optimizer(EPOCHS, BATCH, 1e-3, 2, 0.1),
        Augmentation.usual(SIDE),
        compute,
        false);
  }

  /** Ends the run when it asks for the given time whether it is to stop. */
  private static BooleanSupplier at(int place, BooleanSupplier end) {
    int[] asked = {0};
    return () -> ++asked[0] == place && end.getAsBoolean();
  }

  private static void interrupt(TrainingConfig config, Path run, BooleanSupplier stop) {
    if (ends(config, run, stop)) {
      throw new IllegalStateException("the run was not interrupted");
    }
  }

  private static boolean ends(TrainingConfig config, Path run, BooleanSupplier stop) {
    try (RunFolder folder = RunFolder.open(run)) {
      new TrainingRun(config, folder, "selftest", Progress.SILENT).stopWhen(stop).execute();
      return true;
    } catch (TrainingStoppedException | Death e) {
      return false;
    }
  }

  private static void compare(
      TrainingConfig config, Path whole, Path interrupted, String how, List<String> failures)
      throws IOException {
    if (!ends(config, interrupted, () -> false)) {
      throw new IllegalStateException("the continued run did not end");
    }
    for (String name : List.of("model.safetensors", "predictions.csv", "splits.csv")) {
      long at = Files.mismatch(whole.resolve(name), interrupted.resolve(name));
      if (at >= 0) {
        failures.add("%s: %s differs from byte %d on".formatted(how, name, at));
      }
    }
    if (!epochs(whole).equals(epochs(interrupted))) {
      failures.add(how + ": metrics.csv differs");
    }
  }

  /** The table of epochs without the last two columns, which are times. */
  private static String epochs(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.csv")).stream()
        .map(line -> line.replaceFirst(",[^,]*,[^,]*$", ""))
        .collect(Collectors.joining("\n"));
  }
}
