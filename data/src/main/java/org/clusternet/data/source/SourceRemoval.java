package org.clusternet.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.clusternet.data.DataException;
import org.clusternet.data.image.Image;
import org.clusternet.data.region.Ds9Regions;

/**
 * Which point sources are removed from an observation before it is reduced.
 *
 * @param regions region file of DS9 or CIAO with the sources
 * @param detect significance in sigma above which sources are detected; empty for no detection
 */
public record SourceRemoval(Optional<Path> regions, OptionalDouble detect) {
  /** Nothing is removed. */
  public static final SourceRemoval NONE =
      new SourceRemoval(Optional.empty(), OptionalDouble.empty());

  /** The significance of {@code --detect-sources}: about one false source in ten images. */
  public static final double SIGMA = 5;

  /**
   * Checks the significance.
   *
   * @throws IllegalArgumentException if it is below 3 or not finite
   */
  public SourceRemoval {
    if (detect.isPresent()
        && (!(detect.getAsDouble() >= 3) || Double.isInfinite(detect.getAsDouble()))) {
      throw new IllegalArgumentException(
          "source-sigma="
              + detect.getAsDouble()
              + "; it must be a number of at least 3: below, noise is taken for sources");
    }
  }

  /**
   * An image without its sources.
   *
   * @param light the light with the masked pixels filled
   * @param mask whether a pixel was masked, in the image's order
   * @param notes lines for the log, without the file's name
   */
  public record Cleaned(Image light, boolean[] mask, List<String> notes) {
    /** Copies the list. */
    public Cleaned {
      notes = List.copyOf(notes);
    }
  }

  /**
   * Removes the sources.
   *
   * @param field an observed image
   * @return the image with the masked pixels filled
   * @throws DataException if the region file cannot be used, the image has no photons to detect
   *     sources in, or the mask covers all of the image
   */
  public Cleaned apply(SourceField field) {
    Image light = field.light();
    boolean[] mask = new boolean[light.pixels().length];
    List<String> notes = new ArrayList<>();
    if (regions.isPresent()) {
      Ds9Regions file = Ds9Regions.read(regions.get());
      boolean[] named = file.mask(field.keywords(), light.width(), light.height());
      notes.add(
          "%s: regions=%d masked pixels=%d"
              .formatted(regions.get(), file.count(), add(named, mask)));
    }
    if (detect.isPresent()) {
      SourceDetector.Found found = SourceDetector.of(field, detect.getAsDouble());
      notes.add(found.describe(add(found.mask(), mask)));
    }
    try {
      MaskedPixels pixels = new MaskedPixels(mask, light.width(), light.height());
      return new Cleaned(pixels.fill(light, field.exposure()), mask, notes);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          field.file() + ": " + e.getMessage() + "; give the regions of sources alone", e);
    }
  }

  private static int add(boolean[] named, boolean[] mask) {
    return (int)
        IntStream.range(0, mask.length)
            .filter(
                i -> {
                  mask[i] |= named[i];
                  return named[i];
                })
            .count();
  }
}
