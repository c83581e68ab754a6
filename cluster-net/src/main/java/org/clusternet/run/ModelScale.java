package org.clusternet.run;

import java.io.IOException;
import java.util.Optional;
import org.clusternet.config.DataConfig;
import org.clusternet.data.DataException;
import org.clusternet.data.observation.PixelScale;
import org.clusternet.nn.safetensors.SafetensorsFile;

/**
 * The pixel size of the images that a model was trained on. The network knows nothing of sizes: an
 * image of another pixel size looks to it like another cluster, so images are brought to this one.
 */
public final class ModelScale {
  /** The key in a model's metadata; its value is a size as {@link PixelScale#parse} takes it. */
  public static final String KEY = "pixel_scale";

  private ModelScale() {}

  /**
   * The pixel size of a model.
   *
   * @param model a trained model
   * @return the side of a pixel of its images, before they are resampled to the network's input;
   *     empty if the model was trained on images of unknown or different sizes
   * @throws DataException if the file cannot be read
   */
  public static Optional<PixelScale> of(TrainedModel model) {
    try (SafetensorsFile stored = SafetensorsFile.open(model.file())) {
      String text = stored.metadata().get(KEY);
      if (text != null) {
        return Optional.of(PixelScale.parse(text));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(model.file() + ": metadata key=" + KEY + ": " + e.getMessage(), e);
    }
    DataConfig.Simulation simulation = model.config().data().simulation();
    return Optional.ofNullable(simulation)
        .map(s -> new PixelScale(s.kpcPerPixel(), PixelScale.Unit.KPC));
  }
}
