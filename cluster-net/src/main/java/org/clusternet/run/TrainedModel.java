package org.clusternet.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.clusternet.config.ConfigFile;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.domain.FeatureDensity;
import org.clusternet.domain.TrainingDomain;
import org.clusternet.engine.spi.Device;
import org.clusternet.inference.Classifier;
import org.clusternet.network.ClusterNet;
import org.clusternet.nn.parameter.Parameters;
import org.clusternet.nn.safetensors.SafetensorsFile;
import org.clusternet.nn.weights.Weights;
import org.clusternet.text.Json;

/**
 * A trained model as a file: the weights under the network's keys, and as metadata the settings of
 * the run that made it and what it was trained on, so that the file alone is enough for
 * predictions. Metadata, unlike further arrays, do not disturb programs that load the weights by
 * their keys.
 *
 * @param file the safetensors file
 * @param config settings of the run that made it
 * @param domain what it was trained on; empty if the model is from before that was stored
 */
public record TrainedModel(Path file, TrainingConfig config, Optional<TrainingDomain> domain) {
  /** Name of the file in a run folder. */
  public static final String FILE_NAME = "model.safetensors";

  /** In place of a dataset folder: nothing is known of the images, nor of their pixel size. */
  private static final String UNKNOWN_DATA = "unknown";

  private static final String CONFIG_KEY = "config";
  private static final String DOMAIN_KEY = "domain";
  private static final String PIXEL_SCALE_KEY = "pixel_scale";
  private static final String EPOCH_KEY = "epoch";
  private static final String VERSION_KEY = "cluster_net";

  /**
   * Finds a model that {@code train} has written.
   *
   * @param path a model file, or a run folder with one
   * @throws DataException if there is none, it is damaged, or its settings are missing or wrong
   */
  public static TrainedModel find(Path path) {
    Path file = fileOf(path);
    return open(file, Optional.empty())
        .orElseThrow(
            () ->
                new DataException(
                    file
                        + ": has no settings (metadata key=config); name a model that train has"
                        + " written"));
  }

  /**
   * Finds a model, also one that another program has trained under the network's keys.
   *
   * @param path a model file, or a run folder with one
   * @param settings a file with the settings of a model that has none of its own; without one they
   *     are the paper's
   * @param notes takes a line if the paper's settings are assumed
   * @throws DataException if there is none, it is damaged, its settings are wrong, or a file is
   *     given although it has settings of its own
   */
  public static TrainedModel find(Path path, Optional<Path> settings, Consumer<String> notes) {
    Path file = fileOf(path);
    Optional<TrainedModel> model = open(file, settings);
    if (model.isEmpty()) {
      notes.accept(file + ": has no settings; the paper's are assumed, --config FILE gives others");
    }
    return model.orElseGet(
        () -> new TrainedModel(file, TrainingConfig.paper(UNKNOWN_DATA), Optional.empty()));
  }

  private static Path fileOf(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve(FILE_NAME) : path;
    if (!Files.exists(file)) {
      throw new DataException(
          Files.isDirectory(path)
              ? path + ": has no " + FILE_NAME + "; name the folder of a run with a finished epoch"
              : path + ": no such file or run folder; check the path");
    }
    return file;
  }

  /** The model with its own or the given settings; empty if it has neither. */
  private static Optional<TrainedModel> open(Path file, Optional<Path> settings) {
    try (SafetensorsFile stored = SafetensorsFile.open(file)) {
      String text = stored.metadata().get(CONFIG_KEY);
      if (text == null) {
        return settings.map(
            given -> new TrainedModel(file, ConfigFile.read(given), Optional.empty()));
      }
      if (settings.isPresent()) {
        throw new DataException(
            "%s: has settings of its own, which it was trained with; leave out --config %s"
                .formatted(file, settings.get()));
      }
      TrainingConfig config = ConfigFile.parse(text, file + " (metadata key=config)");
      return Optional.of(new TrainedModel(file, config, domain(file, stored.metadata(), config)));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static Optional<TrainingDomain> domain(
      Path file, Map<String, String> metadata, TrainingConfig config) {
    String text = metadata.get(DOMAIN_KEY);
    if (text == null) {
      return Optional.empty();
    }
    String source = file + " (metadata key=" + DOMAIN_KEY + ")";
    TrainingDomain domain = Json.read(text, TrainingDomain.class, source);
    int features = config.network().branch().features();
    FeatureDensity density = domain.density();
    if (density != null && density.features() != features) {
      throw new DataException(
          "%s: density of features=%d, but the network has %d; take the file as train wrote it"
              .formatted(source, density.features(), features));
    }
    return Optional.of(domain);
  }

  /** Writes the present weights; if this fails, the file is as it was before. */
  static void write(
      Path file,
      TrainingConfig config,
      TrainingDomain domain,
      int epoch,
      String version,
      Parameters parameters) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(CONFIG_KEY, ConfigFile.metadata(config));
    metadata.put(EPOCH_KEY, Integer.toString(epoch));
    metadata.put(VERSION_KEY, version);
    metadata.put(DOMAIN_KEY, Json.write(domain));
    domain.scale().ifPresent(scale -> metadata.put(PIXEL_SCALE_KEY, scale.toString()));
    try {
      Weights.save(file, metadata, parameters);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be written: " + e, e);
    }
  }

  /**
   * Loads the network for inference.
   *
   * @param device the device that will hold it; it must outlive the classifier
   * @throws DataException if the weights do not fit the network of the settings
   */
  public Classifier load(Device device) {
    Classifier classifier;
    try (ClusterNet network = new ClusterNet(device, config.network())) {
      Weights.load(file, network.parameters());
      classifier = new Classifier(device, network.freeze(), config.data().imageSize());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    device.memory().trim();
    return classifier;
  }

  private static DataException unreadable(Path file, IOException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return new DataException(
        message.startsWith(file.toString()) ? message : file + ": cannot be read: " + message, e);
  }
}
