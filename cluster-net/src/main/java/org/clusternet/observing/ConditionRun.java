package org.clusternet.observing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.Batch;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.Catalog;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.dataset.ImageScale;
import org.clusternet.data.image.FitsKeywords;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.ImageFile;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.image.SourceImage;
import org.clusternet.data.observation.Framing;
import org.clusternet.data.observation.Observation;
import org.clusternet.data.observation.Reduced;
import org.clusternet.data.random.CounterRandom;
import org.clusternet.data.simulate.Observing;
import org.clusternet.inference.Classifier;
import org.clusternet.progress.Progress;

/**
 * Observes all clusters under one condition and asks several models about both forms of every
 * image. The photons of an image depend on seed, image and condition only: every model sees the
 * same, and a study that goes on later too. A block of images is held in memory at a time.
 *
 * @param sample the sample
 * @param catalog its noise-free images
 * @param threads number of threads that prepare images
 */
record ConditionRun(StudySample sample, Catalog catalog, int threads) {
  private static final int BLOCK = 64;

  /**
   * A model to ask.
   *
   * @param preprocessing its conversion of images
   * @param classifier its network
   */
  record Asked(Preprocessing preprocessing, Classifier classifier) {}

  /** Inputs of one image for a model, by {@link ImageForm}; none where it was refused. */
  private record Inputs(Map<ImageForm, Optional<Preprocessing.Input>> byForm) {}

  /** The answers of every model, image by image. */
  List<List<StudyAnswer>> run(ObservingCondition condition, List<Asked> models, Progress progress) {
    List<List<StudyAnswer>> answers = new ArrayList<>();
    models.forEach(model -> answers.add(new ArrayList<>()));
    List<CatalogEntry> entries = catalog.entries();
    try (Progress.Task task = progress.begin("images", entries.size())) {
      for (int from = 0; from < entries.size(); from += BLOCK) {
        int first = from;
        int count = Math.min(BLOCK, entries.size() - first);
        Inputs[][] block = new Inputs[count][];
        Batch.run(
            count,
            threads,
            BatchProgress.NONE,
            i -> block[i] = prepare(first + i, condition.observing(sample.size()), models));
        for (int i = 0; i < count; i++) {
          ask(entries.get(first + i), block[i], models, answers);
          task.advanceTo(first + i + 1);
        }
      }
    }
    return answers;
  }

  private static void ask(
      CatalogEntry entry, Inputs[] inputs, List<Asked> models, List<List<StudyAnswer>> answers) {
    for (int m = 0; m < models.size(); m++) {
      Classifier classifier = models.get(m).classifier();
      for (ImageForm form : ImageForm.values()) {
        List<Double> probabilities =
            inputs[m]
                .byForm()
                .getOrDefault(form, Optional.empty())
                .map(input -> classifier.classify(input, arrays -> {}).probabilities())
                .orElse(List.of());
        answers.get(m).add(StudyAnswer.of(form, entry, probabilities));
      }
    }
  }

  private Inputs[] prepare(int index, Observing observing, List<Asked> models) {
    CatalogEntry entry = catalog.entries().get(index);
    Path file = catalog.path(entry);
    Image sky = ImageFile.read(file);
    Image counts =
        observing.observe(
            sky, sample.kpcPerPixel(), new CounterRandom(sample.seed(), "observing study", index));
    int side = sample.size();
    Map<ImageForm, Reduced> forms = new EnumMap<>(ImageForm.class);
    forms.put(ImageForm.COUNTS, reduced(file, counts, Optional.empty(), Optional.empty()));
    forms.put(
        ImageForm.REDUCED,
        reduced(
            file,
            counts,
            Optional.of(observing.exposure(side, side)),
            Optional.of(observing.backgroundMap(side, side))));
    return models.stream()
        .map(model -> inputs(model.preprocessing(), forms, file))
        .toArray(Inputs[]::new);
  }

  /** Reduces counts in memory by the same steps as an observation in files. */
  private static Reduced reduced(
      Path file, Image counts, Optional<Image> exposure, Optional<Image> background) {
    FitsKeywords keywords = new FitsKeywords(Map.of("BUNIT", "count"));
    Observation observation =
        Observation.of(file, new SourceImage(counts, keywords), exposure, background);
    return Reduced.of(observation, Framing.NONE, ImageScale.UNKNOWN);
  }

  private static Inputs inputs(
      Preprocessing preprocessing, Map<ImageForm, Reduced> forms, Path file) {
    Map<ImageForm, Optional<Preprocessing.Input>> inputs = new EnumMap<>(ImageForm.class);
    forms.forEach((form, reduced) -> inputs.put(form, input(preprocessing, reduced, file)));
    return new Inputs(inputs);
  }

  private static Optional<Preprocessing.Input> input(
      Preprocessing preprocessing, Reduced form, Path file) {
    try {
      return Optional.of(preprocessing.apply(form.image(), form.noise(), file.toString()));
    } catch (DataException nothingToSee) {
      return Optional.empty();
    }
  }
}
