package org.clusternet.data.event;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which events of a list are counted, and in which pixels.
 *
 * @param band energies or channels; empty for the default of the telescope, see {@link
 *     EnergyScale#DEFAULTS}
 * @param bin side of a pixel in units of the table's X and Y; empty for a choice that fits
 * @param goodTimes whether only events within the good time intervals are counted, where the file
 *     has any
 * @param grid an image on whose pixels the events are counted, in place of a bin: the exposure or
 *     background map that belongs to them
 */
public record EventSelection(
    Optional<EventBand> band, OptionalDouble bin, boolean goodTimes, Optional<Path> grid) {
  /** What is done without a choice of the user. */
  public static final EventSelection DEFAULT =
      new EventSelection(Optional.empty(), OptionalDouble.empty(), true);

  /**
   * A selection without a given grid.
   *
   * @param band as the component
   * @param bin as the component
   * @param goodTimes as the component
   */
  public EventSelection(Optional<EventBand> band, OptionalDouble bin, boolean goodTimes) {
    this(band, bin, goodTimes, Optional.empty());
  }

  /**
   * The same selection on the pixels of an image.
   *
   * @param image the image; empty to choose the pixels freely
   * @return a copy
   */
  public EventSelection on(Optional<Path> image) {
    return new EventSelection(band, bin, goodTimes, image);
  }

  /**
   * Checks the bin.
   *
   * @throws IllegalArgumentException if it is not a finite positive number
   */
  public EventSelection {
    if (bin.isPresent() && !(bin.getAsDouble() > 0 && Double.isFinite(bin.getAsDouble()))) {
      throw new IllegalArgumentException(
          "bin=" + bin.getAsDouble() + "; it must be a positive number of the table's pixels");
    }
  }
}
