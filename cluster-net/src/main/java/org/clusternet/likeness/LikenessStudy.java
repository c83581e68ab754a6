package org.clusternet.likeness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.data.dataset.Catalog;
import org.clusternet.data.image.FitsKeywords;
import org.clusternet.data.image.ImageFile;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.image.SourceImage;
import org.clusternet.domain.DensityFit;
import org.clusternet.domain.FeatureDensity;
import org.clusternet.domain.TrainingDomain;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.inference.Classifier;
import org.clusternet.inference.PooledFeatures;
import org.clusternet.progress.Progress;
import org.clusternet.run.ComputeDevice;
import org.clusternet.run.RunPredictions;
import org.clusternet.run.TrainedModel;

/**
 * Shows a trained model its own images, images of other datasets, made pictures and single files,
 * and scores how far each is from its training images.
 *
 * <p>Images are read and classified one by one, as predictions are, but neither framed nor refused.
 * For a model from before the density was stored with it, it is fitted here.
 */
public final class LikenessStudy {
  static final String TRAIN = "train";
  static final String VALIDATION = "validation";
  static final String TEST = "test";
  private static final String FILE = "file";
  private static final int MOST_PICTURES = 1000;

  /**
   * What the model is shown beside its own images.
   *
   * @param datasets further dataset folders
   * @param files single images
   * @param pictures number of made pictures of each kind
   * @param seed random seed of the made pictures
   */
  public record Settings(List<Path> datasets, List<Path> files, int pictures, long seed) {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is not from 1 to 1000
     */
    public Settings {
      datasets = List.copyOf(datasets);
      files = List.copyOf(files);
      if (pictures < 1 || pictures > MOST_PICTURES) {
        throw new IllegalArgumentException(
            "pictures=" + pictures + "; it must be from 1 to " + MOST_PICTURES);
      }
    }
  }

  private final TrainedModel model;
  private final Path run;
  private final Settings settings;
  private final Progress progress;
  private final List<ShownImage> samples = new ArrayList<>();
  private final Map<String, Integer> unusable = new LinkedHashMap<>();
  private final Map<String, String> refused = new LinkedHashMap<>();

  private LikenessStudy(Path run, Settings settings, Progress progress) {
    this.run = run;
    this.model = TrainedModel.find(run);
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Runs a study.
   *
   * @param run folder of a finished run
   * @param compute the device
   * @param settings what the model is shown
   * @param progress shows the progress
   * @return the results
   * @throws DataException if the run has not ended, or one of its images cannot be used
   */
  public static LikenessReport run(
      Path run, TrainingConfig.Compute compute, Settings settings, Progress progress) {
    return new LikenessStudy(run, settings, progress).execute(compute);
  }

  private LikenessReport execute(TrainingConfig.Compute compute) {
    List<RunPredictions.Row> rows = RunPredictions.read(run.resolve("predictions.csv"));
    String folder = model.config().data().folder();
    Path data = folder == null ? run.resolve("data") : Path.of(folder);
    List<Catalog> catalogs = settings.datasets().stream().map(Catalog::read).toList();
    int kinds = MadePicture.values().length;
    int all =
        rows.size()
            + catalogs.stream().mapToInt(c -> c.entries().size()).sum()
            + kinds * settings.pictures()
            + settings.files().size();
    Devices.Choice choice = ComputeDevice.open(compute);
    try (Device device = choice.device();
        Classifier classifier = model.load(device);
        Progress.Task task = progress.begin("images", all)) {
      Observer observer = new Observer(device, classifier, task);
      rows.forEach(row -> observer.show(row.split(), data.resolve(row.file())));
      for (Catalog catalog : catalogs) {
        String name = String.valueOf(catalog.folder().getFileName());
        catalog.entries().forEach(entry -> observer.show(name, catalog.path(entry)));
      }
      for (MadePicture kind : MadePicture.values()) {
        for (int i = 0; i < settings.pictures(); i++) {
          observer.show(kind, settings.seed() * MOST_PICTURES + i);
        }
      }
      settings.files().forEach(observer::showSingle);
    }
    return report();
  }

  private LikenessReport report() {
    List<ShownImage> training = of(TRAIN);
    List<ShownImage> validation = of(VALIDATION);
    FeatureDensity density =
        model
            .domain()
            .map(TrainingDomain::density)
            .or(() -> DensityFit.fit(features(training), features(validation)))
            .orElseThrow(
                () ->
                    new DataException(
                        "%s: training images=%d, validation images=%d; at least %d of each are needed: name a run with more"
                            .formatted(
                                run, training.size(), validation.size(), DensityFit.FEWEST)));
    Map<Score, double[]> scores = new LinkedHashMap<>();
    for (Score score : Score.values()) {
      Score.Scorer scorer = score.fit(density, training, validation);
      scores.put(score, samples.stream().mapToDouble(scorer::of).toArray());
    }
    List<String> groups = new ArrayList<>(List.of(TEST));
    settings.datasets().forEach(folder -> groups.add(String.valueOf(folder.getFileName())));
    return new LikenessReport(samples, scores, unusable, refused, groups, density.thresholds());
  }

  private List<ShownImage> of(String group) {
    return samples.stream().filter(sample -> sample.group().equals(group)).toList();
  }

  private static List<double[]> features(List<ShownImage> images) {
    return images.stream().map(ShownImage::features).toList();
  }

  /** Shows images to the network and keeps what it says. */
  private final class Observer {
    private final Device device;
    private final Classifier classifier;
    private final Progress.Task task;
    private final Preprocessing preprocessing = model.config().preprocessing();
    private int shown;

    Observer(Device device, Classifier classifier, Progress.Task task) {
      this.device = device;
      this.classifier = classifier;
      this.task = task;
    }

    void show(String group, Path file) {
      observe(group, file.toString(), preprocessing.apply(ImageFile.open(file), file.toString()));
    }

    /** A single file that cannot be used is listed with the reason. */
    void showSingle(Path file) {
      try {
        show(FILE, file);
      } catch (DataException e) {
        refused.put(file.toString(), String.valueOf(e.getMessage()));
        task.advanceTo(++shown);
      }
    }

    /** A made picture may have no contrast, or no photon above its noise; then it is counted. */
    void show(MadePicture kind, long seed) {
      String name = kind.title() + " " + seed;
      SourceImage picture =
          new SourceImage(kind.make(preprocessing.cropSize(), seed), FitsKeywords.NONE);
      try {
        observe(kind.title(), name, preprocessing.apply(picture, name));
      } catch (DataException e) {
        unusable.merge(kind.title(), 1, Integer::sum);
        task.advanceTo(++shown);
      }
    }

    private void observe(String group, String name, Preprocessing.Input input) {
      double[][] read = new double[2][];
      classifier.classify(
          input,
          arrays -> {
            read[0] = PooledFeatures.read(device, arrays);
            read[1] =
                HostValues.get(
                    device,
                    Objects.requireNonNull(
                        arrays.getOrDefault("logits_fusion", arrays.get("logits_primary"))));
          });
      samples.add(new ShownImage(group, name, read[0], read[1]));
      task.advanceTo(++shown);
    }
  }
}
