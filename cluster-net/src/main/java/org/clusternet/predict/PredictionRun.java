package org.clusternet.predict;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.data.io.AtomicFolder;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.inference.Classifier;
import org.clusternet.inference.Prediction;
import org.clusternet.nn.weights.Weights;
import org.clusternet.progress.Progress;
import org.clusternet.run.ComputeDevice;
import org.clusternet.run.TrainedModel;

/**
 * Predicts the core types of images with a trained model and writes a folder: {@code
 * predictions.csv}, a row per image in the order given, and on request a safetensors file per image
 * with the arrays behind its prediction. An image that cannot be used has its error in its row. The
 * folder appears whole or not at all, and not without any prediction.
 */
public final class PredictionRun {
  /** The table's name within the folder. */
  public static final String FILE_NAME = "predictions.csv";

  private static final String SUFFIX = ".safetensors";

  private final TrainedModel model;
  private final TrainingConfig.Compute compute;
  private final boolean arrays;
  private final boolean forced;
  private final Progress progress;

  /**
   * A job.
   *
   * @param model the trained model
   * @param compute the device
   * @param arrays whether to write the arrays too
   * @param forced whether pictures of another kind than the training images get an answer
   * @param progress receives the log
   */
  public PredictionRun(
      TrainedModel model,
      TrainingConfig.Compute compute,
      boolean arrays,
      boolean forced,
      Progress progress) {
    this.model = model;
    this.compute = compute;
    this.arrays = arrays;
    this.forced = forced;
    this.progress = progress;
  }

  /**
   * Predicts observed images.
   *
   * @param images images with their maps and scales
   * @param out the folder to write; must not exist or be empty
   * @return an answer per image, in their order
   * @throws DataException if the model or none of the images can be used, or the folder not be
   *     written
   * @throws IllegalArgumentException if the device is not available
   */
  public List<Answer> predict(List<PredictionInput> images, Path out) {
    AtomicFolder.requireFree(out);
    List<Answer> answers = new ArrayList<>();
    Devices.Choice choice = ComputeDevice.open(compute);
    try (Device device = choice.device();
        Classifier classifier = model.load(device)) {
      AtomicFolder.write(
          out, folder -> answers.addAll(predict(images, device, classifier, folder)));
      ComputeDevice.announce(choice, progress);
    }
    return answers;
  }

  private List<Answer> predict(
      List<PredictionInput> images, Device device, Classifier classifier, Path folder) {
    ImageNames names = new ImageNames();
    DomainCheck check = new DomainCheck(model, forced);
    List<Answer> answers =
        AnswerLoop.over(
            images,
            Preparation.of(model)::prepare,
            progress,
            (answer, prepared) -> {
              Path image = answer.input().files().image();
              Path file = folder.resolve(names.of(image) + SUFFIX);
              Prediction prediction =
                  classifier.classify(
                      prepared.input(),
                      tensors -> {
                        if (check.accepts(answer, prepared, device, tensors) && arrays) {
                          save(file, image, device, tensors);
                        }
                      });
              if (answer.error().isEmpty()) {
                prepared.answered(answer, prediction);
              }
            });
    AnswerLoop.report(answers, progress);
    check.note(progress);
    AnswerTable.write(folder.resolve(FILE_NAME), answers);
    return answers;
  }

  private static void save(Path file, Path image, Device device, Map<String, Tensor> tensors) {
    try {
      Weights.save(file, Map.of("file", image.toString()), device, tensors);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be written: " + e, e);
    }
  }
}
