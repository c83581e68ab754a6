package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import org.clusternet.config.TrainingConfig.Compute;
import org.clusternet.data.io.AtomicFolder;
import org.clusternet.likeness.LikenessReport;
import org.clusternet.likeness.LikenessStudy;
import org.clusternet.run.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code validate-likeness}: how well a model tells clusters from other pictures. */
@Command(
    name = "validate-likeness",
    header = "Measure how well a trained model recognises pictures of another kind.",
    description = {
      "",
      "Shows a model the images of its run, images of other datasets, and made pictures that are"
          + " no",
      "X-ray image of a cluster: exposure maps, star fields, noise, clouds, gradients, near",
      "constants, single sources, shapes. Compares scores by their ROC curves, and states the",
      "shares beyond the thresholds at which predict warns and refuses. Writes results.md,",
      "scores.csv, scores.svg and kinds.svg.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  cluster-net validate-likeness --model runs/first --data accept --out likeness"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ValidateLikenessCommand extends Job {
  @Parameters(
      paramLabel = "IMAGE",
      arity = "0..*",
      description = "further images, listed one by one")
  private List<Path> images = List.of();

  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN",
      description = "run folder of train; its images must still be there")
  private Path model;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "further dataset folder whose images should pass; may be repeated")
  private List<Path> data = List.of();

  @Option(
      names = "--pictures",
      paramLabel = "N",
      defaultValue = "100",
      description = "number of made pictures of each kind (default: ${DEFAULT-VALUE})")
  private int pictures;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "random seed of the made pictures (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "output folder; must be empty or not exist")
  private Path out;

  @Mixin private final ComputeOptions compute = new ComputeOptions("default: as in training");

  ValidateLikenessCommand() {}

  @Override
  public Integer call() {
    LikenessStudy.Settings settings =
        checked(() -> new LikenessStudy.Settings(data, images, pictures, seed));
    AtomicFolder.requireFree(out);
    TrainedModel trained = TrainedModel.find(model);
    Compute chosen = checked(() -> compute.over(trained.config()));
    LikenessReport report = LikenessStudy.run(model, chosen, settings, progress());
    AtomicFolder.write(out, report::write);
    out().print(report.markdown());
    out().println("wrote " + out);
    out().flush();
    return 0;
  }
}
