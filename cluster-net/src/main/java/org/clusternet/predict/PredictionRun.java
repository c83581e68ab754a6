package org.clusternet.predict;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.io.AtomicFolder;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.inference.Classifier;
import org.clusternet.inference.Prediction;
import org.clusternet.nn.weights.Weights;
import org.clusternet.progress.Progress;
import org.clusternet.run.ComputeDevice;
import org.clusternet.run.PredictionTable;
import org.clusternet.run.TrainedModel;

/**
 * Predicts the core types of images with a trained model and writes a folder: {@code
 * predictions.csv}, a row per image in the order given, and on request a safetensors file per image
 * with the arrays behind its prediction. The folder appears whole or not at all: an image that
 * cannot be used ends the job with nothing written.
 */
public final class PredictionRun {
  /** The table's name within the folder. */
  public static final String FILE_NAME = "predictions.csv";

  private static final String SUFFIX = ".safetensors";

  private final TrainedModel model;
  private final TrainingConfig.Compute compute;
  private final boolean arrays;
  private final Progress progress;

  /**
   * A job.
   *
   * @param model the trained model
   * @param compute the device
   * @param arrays whether to write the arrays too
   * @param progress receives the log
   */
  public PredictionRun(
      TrainedModel model, TrainingConfig.Compute compute, boolean arrays, Progress progress) {
    this.model = model;
    this.compute = compute;
    this.arrays = arrays;
    this.progress = progress;
  }

  /**
   * Predicts images as they are.
   *
   * @param images FITS, NPY or PNG files
   * @param out the folder to write; must not exist or be empty
   * @return the predictions in the order of the images
   * @throws DataException if the model or an image cannot be used, or the folder not be written
   * @throws IllegalArgumentException if the device is not available
   */
  public List<Prediction> execute(List<Path> images, Path out) {
    return predict(images.stream().map(PredictionInput::of).toList(), out);
  }

  /**
   * Predicts observed images.
   *
   * @param images images with their maps and scales
   * @param out the folder to write; must not exist or be empty
   * @return the predictions in the order of the images
   * @throws DataException if the model or an image cannot be used, or the folder not be written
   * @throws IllegalArgumentException if the device is not available
   */
  public List<Prediction> predict(List<PredictionInput> images, Path out) {
    AtomicFolder.requireFree(out);
    List<Prediction> predictions = new ArrayList<>();
    Devices.Choice choice = ComputeDevice.open(compute);
    try (Device device = choice.device();
        Classifier classifier = model.load(device)) {
      AtomicFolder.write(
          out, folder -> predictions.addAll(predict(images, device, classifier, folder)));
      ComputeDevice.announce(choice, progress);
    }
    return predictions;
  }

  private List<Prediction> predict(
      List<PredictionInput> images, Device device, Classifier classifier, Path folder) {
    Preprocessing preprocessing = model.config().preprocessing();
    List<PredictionTable.Row> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    ImageNames names = new ImageNames();
    try (Progress.Task task = progress.begin("images", images.size())) {
      for (PredictionInput source : images) {
        Path image = source.files().image();
        Preprocessing.Input input = preprocessing.apply(source.read(notes::add), image.toString());
        Path file = folder.resolve(names.of(image) + SUFFIX);
        Prediction prediction =
            classifier.classify(
                input.pixels(),
                tensors -> {
                  if (arrays) {
                    save(file, image, device, tensors);
                  }
                });
        rows.add(new PredictionTable.Row(List.of(image.toString()), prediction));
        task.advanceTo(rows.size());
      }
    }
    notes.forEach(progress::line);
    PredictionTable.writeFiles(folder.resolve(FILE_NAME), rows);
    return rows.stream().map(PredictionTable.Row::prediction).toList();
  }

  private static void save(Path file, Path image, Device device, Map<String, Tensor> tensors) {
    try {
      Weights.save(file, Map.of("file", image.toString()), device, tensors);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be written: " + e, e);
    }
  }
}
