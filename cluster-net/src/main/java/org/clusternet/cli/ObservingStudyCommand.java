package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.clusternet.config.TrainingConfig.Compute;
import org.clusternet.data.simulate.ClassMix;
import org.clusternet.metrics.ClusterBootstrap;
import org.clusternet.observing.ObservingCondition;
import org.clusternet.observing.ObservingStudy;
import org.clusternet.observing.StudyResults;
import org.clusternet.observing.StudySample;
import org.clusternet.run.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code observing-study}: trained models under observing conditions. */
@Command(
    name = "observing-study",
    header = "Score trained models under observing conditions.",
    description = {
      "",
      "Simulates clusters once without noise, observes them anew under every combination of exposure,",
      "background, point-spread function and vignetting, and asks every model about the same photons"
          + " as",
      "counts and reduced (less the exact background, divided by the exact exposure). Writes results.md",
      "and results.csv: macro F1 and the share of cool cores found, with 95%% intervals, and paired",
      "differences between the two forms and between models.",
      "",
      "A study that is interrupted, or asked for more conditions or models, goes on in its folder. The",
      "clusters must be others than those that the models were trained on.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example: two models under 16 conditions:",
      "  cluster-net observing-study --model runs/paper-floor --model runs/photon-floor --out study"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ObservingStudyCommand extends Job {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE_OR_RUN",
      description =
          "run folder of train, or a model.safetensors file; may be repeated: the others are compared"
              + " with the first")
  private List<Path> models;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "folder of the study; new, empty, or that of a study of the same clusters")
  private Path out;

  @Option(
      names = "--clusters",
      paramLabel = "N",
      defaultValue = "300",
      description = "number of clusters, three images each (default: ${DEFAULT-VALUE})")
  private int clusters;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "256",
      description = "side of the images in pixels (default: ${DEFAULT-VALUE})")
  private int size;

  @Option(
      names = "--kpc-per-pixel",
      paramLabel = "KPC",
      defaultValue = "4",
      description = "side of a pixel in kpc, as in training (default: ${DEFAULT-VALUE})")
  private double kpcPerPixel;

  @Option(
      names = "--mix",
      paramLabel = "MIX",
      defaultValue = "balanced",
      description =
          "mix of core types: native, paper, accept or balanced (default: ${DEFAULT-VALUE})")
  private ClassMix mix;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1000",
      description = "random seed; another than that of the training (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--counts",
      paramLabel = "N",
      split = ",",
      defaultValue = "300,3000,30000,100000",
      description =
          "expected detected photons of a cluster in an image (default: ${DEFAULT-VALUE})")
  private List<Double> counts;

  @Option(
      names = "--background-ratio",
      paramLabel = "N",
      split = ",",
      defaultValue = "0.3,3",
      description =
          "expected background photons in an image by photon of the cluster (default:"
              + " ${DEFAULT-VALUE})")
  private List<Double> ratios;

  @Option(
      names = "--psf",
      paramLabel = "KPC",
      split = ",",
      defaultValue = "0,20",
      description =
          "full width at half maximum of the point-spread function in kpc (default:"
              + " ${DEFAULT-VALUE})")
  private List<Double> psfs;

  @Option(
      names = "--vignetting",
      paramLabel = "SHARE",
      split = ",",
      defaultValue = "1",
      description =
          "exposure at the middle of a side as a share of the centre's (default: 1, none)")
  private List<Double> vignettings;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "10000",
      description = "number of bootstrap resamples of the clusters (default: ${DEFAULT-VALUE})")
  private int resamples;

  @Mixin private final ComputeOptions compute = new ComputeOptions("default: as in training");

  ObservingStudyCommand() {}

  @Override
  public Integer call() {
    ClusterBootstrap.Settings usual = ClusterBootstrap.Settings.defaults();
    TrainedModel first = TrainedModel.find(models.get(0));
    Compute chosen = checked(() -> compute.over(first.config()));
    ObservingStudy study =
        checked(
            () ->
                new ObservingStudy(
                    new StudySample(clusters, size, kpcPerPixel, mix, seed),
                    ObservingCondition.combinations(counts, ratios, psfs, vignettings),
                    new ClusterBootstrap.Settings(resamples, usual.level(), usual.seed()),
                    chosen));
    Map<String, TrainedModel> named = checked(() -> study.models(models));
    StudyResults results = study.execute(named, out, progress());
    results.models().forEach(model -> out().println(results.verdict(model.name())));
    out().println("wrote " + out.resolve("results.md"));
    out().flush();
    return 0;
  }
}
