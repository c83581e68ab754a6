package org.clusternet.cli;

import static org.clusternet.cli.Defaults.or;

import org.clusternet.config.DataConfig;
import org.clusternet.config.DataConfig.Simulation;
import org.clusternet.data.simulate.ClassMix;
import picocli.CommandLine.Option;

/** Which images a training run reads and how they are divided. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "dataset folder: catalog.csv and images (default: simulate one in the run folder)")
  private String folder;

  @Option(
      names = "--clusters",
      paramLabel = "N",
      description = "clusters to simulate (quick: 200, paper: 318)")
  private Integer clusters;

  @Option(
      names = "--mix",
      paramLabel = "MIX",
      description = "core types to simulate: native, paper, accept or balanced")
  private ClassMix mix;

  @Option(
      names = "--central-crop",
      paramLabel = "PIXELS",
      description = "side of the square cut from the middle of every image (default: 256)")
  private Integer centralCrop;

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      description = "side of the network's input (quick: 64, paper: 256)")
  private Integer imageSize;

  @Option(
      names = "--folds",
      paramLabel = "N",
      description = "folds into which clusters are divided (default: 10)")
  private Integer folds;

  @Option(
      names = "--fold",
      paramLabel = "N",
      description = "the test fold, from 0; the next one validates (default: 0)")
  private Integer fold;

  @Option(
      names = "--splits",
      paramLabel = "FILE",
      description = "take the folds from a table with the columns cluster_id and fold")
  private String splits;

  DataOptions() {}

  /** The dataset folder, or null. */
  String folder() {
    return folder;
  }

  /**
   * The options over what holds without them.
   *
   * @throws IllegalArgumentException if they do not go together
   */
  DataConfig over(DataConfig preset) {
    if (preset.folder() != null && (clusters != null || mix != null)) {
      throw new IllegalArgumentException(
          "--clusters and --mix are for simulated samples; leave them out with a dataset folder");
    }
    if (splits != null && folds != null) {
      throw new IllegalArgumentException("--folds and --splits exclude each other; give one");
    }
    Simulation simulation = preset.simulation();
    int crop = or(centralCrop, preset.centralCrop());
    return new DataConfig(
        preset.folder(),
        simulation == null
            ? null
            : new Simulation(
                or(clusters, simulation.clusters()),
                Math.max(crop, simulation.size()),
                simulation.kpcPerPixel(),
                or(mix, simulation.mix())),
        crop,
        or(imageSize, preset.imageSize()),
        folds != null ? null : or(splits, preset.splits()),
        or(folds, preset.folds()),
        or(fold, preset.fold()));
  }
}
