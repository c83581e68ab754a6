package org.clusternet.api;

import java.nio.file.Path;
import org.clusternet.cli.Version;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.image.FitsKeywords;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.ImageFile;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.image.SourceImage;
import org.clusternet.engine.spi.Device;
import org.clusternet.inference.Classifier;
import org.clusternet.inference.Prediction;
import org.clusternet.progress.Progress;
import org.clusternet.run.ComputeDevice;
import org.clusternet.run.RunFolder;
import org.clusternet.run.Scores;
import org.clusternet.run.TrainedModel;
import org.clusternet.run.TrainingRun;

/**
 * The API for other programs: trains the network on a dataset folder and classifies images of
 * clusters by core type.
 *
 * <pre>{@code
 * Path run = Path.of("runs/accept");
 * Scores scores = CoreTypeClassifier.train(TrainingConfig.quick("accept"), run);
 * System.out.print(scores.table());
 * try (CoreTypeClassifier classifier = CoreTypeClassifier.load(run)) {
 *   Prediction prediction = classifier.predict(Path.of("abell1795.fits"));
 *   System.out.println(prediction.coreType() + " " + prediction.probabilities());
 * }
 * }</pre>
 *
 * <p>The JVM needs {@code --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED}.
 * For use by one thread at a time.
 */
public final class CoreTypeClassifier implements AutoCloseable {
  private final TrainedModel model;
  private final Device device;
  private final Classifier classifier;

  private CoreTypeClassifier(TrainedModel model, Device device) {
    this.model = model;
    this.device = device;
    this.classifier = model.load(device);
  }

  /**
   * Trains and tests. An unfinished run in the folder with the same settings is resumed; a finished
   * one is only read.
   *
   * @param config settings, for instance {@link TrainingConfig#quick} with a dataset folder
   * @param run folder of the run; absent, empty, or of the same run
   * @return the scores over the test fold
   * @throws org.clusternet.data.DataException if data cannot be used or a file cannot be written
   * @throws org.clusternet.training.TrainingException if a loss is not finite
   * @throws IllegalArgumentException if the device is not available or a set of images is too small
   */
  public static Scores train(TrainingConfig config, Path run) {
    try (RunFolder folder = RunFolder.open(run)) {
      return new TrainingRun(config, folder, Version.current(), Progress.SILENT).execute();
    }
  }

  /**
   * Loads a trained network, on CUDA if it is available, else on the CPU.
   *
   * @param run the folder of a run, or its {@code model.safetensors}
   * @throws org.clusternet.data.DataException if there is none or it cannot be used
   */
  public static CoreTypeClassifier load(Path run) {
    return load(run, TrainingConfig.Compute.defaults());
  }

  /**
   * Loads a trained network; it computes in the precision of its training.
   *
   * @param run the folder of a run, or its {@code model.safetensors}
   * @param compute device and threads
   * @throws org.clusternet.data.DataException if there is none or it cannot be used
   * @throws IllegalArgumentException if the device is not available
   */
  public static CoreTypeClassifier load(Path run, TrainingConfig.Compute compute) {
    TrainedModel model = TrainedModel.find(run);
    Device device = ComputeDevice.open(compute).device();
    try {
      return new CoreTypeClassifier(model, device);
    } catch (RuntimeException e) {
      device.close();
      throw e;
    }
  }

  /**
   * Classifies a cluster by its image.
   *
   * @param fits an image at least as large as the central crop of the training, as a file that
   *     {@link ImageFile} reads
   * @throws org.clusternet.data.DataException if the file cannot be used
   */
  public Prediction predict(Path fits) {
    return predict(ImageFile.open(fits), fits.toString());
  }

  /**
   * Classifies a cluster by its image.
   *
   * @param image linear pixel values; preprocessing takes the logarithm
   * @param name name of the image in errors
   * @throws org.clusternet.data.DataException if the image cannot be used
   */
  public Prediction predict(Image image, String name) {
    return predict(new SourceImage(image, FitsKeywords.NONE), name);
  }

  private Prediction predict(SourceImage image, String name) {
    Preprocessing.Input input = model.config().preprocessing().apply(image, name);
    return classifier.classify(input, arrays -> {});
  }

  @Override
  public void close() {
    classifier.close();
    device.close();
  }
}
