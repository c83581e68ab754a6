package org.clusternet.data.simulate;

import org.clusternet.data.random.CounterRandom;

/**
 * The observing conditions of a simulated dataset: the same for all images, or drawn anew for every
 * image, so that a network learns from short and long exposures alike.
 *
 * @param counts expected number of photons of the cluster, 0 for no counts
 * @param psf full width at half maximum of the point-spread function in kpc, 0 for none
 * @param background expected number of background photons per pixel
 * @param vignetting exposure at the middle of a side as a share of the centre's
 */
public record ObservingRanges(
    DrawRange counts, DrawRange psf, DrawRange background, DrawRange vignetting) {
  /** No telescope: images are not changed. */
  public static final ObservingRanges NONE = fixed(Observing.NONE);

  /**
   * Checks that every draw is a possible observation.
   *
   * @throws IllegalArgumentException if it is not, as in {@link Observing}; or if counts or
   *     vignetting are a range that begins at 0
   */
  public ObservingRanges {
    requirePositive("counts", counts);
    requirePositive("vignetting", vignetting);
    requirePossible(counts.low(), psf.low(), background.high(), vignetting.low());
    requirePossible(counts.high(), psf.high(), background.low(), vignetting.high());
  }

  @SuppressWarnings("ReturnValueIgnored") // the constructor checks
  private static void requirePossible(
      double counts, double psf, double background, double vignetting) {
    new Observing(counts, psf, background, vignetting);
  }

  private static void requirePositive(String name, DrawRange range) {
    if (!range.isFixed() && range.low() == 0) {
      throw new IllegalArgumentException(
          "observing: %s=%s; its lower end must be above 0".formatted(name, range));
    }
  }

  /**
   * The same conditions for all images.
   *
   * @param observing the conditions
   * @return ranges of these numbers alone
   */
  public static ObservingRanges fixed(Observing observing) {
    return new ObservingRanges(
        DrawRange.fixed(observing.counts()),
        DrawRange.fixed(observing.psf()),
        DrawRange.fixed(observing.background()),
        DrawRange.fixed(observing.vignetting()));
  }

  /**
   * The conditions of one image. Every quantity has a random stream of its own, so that fixing one
   * leaves the others as they were.
   *
   * @param seed seed of the dataset
   * @param cluster number of the cluster
   * @param axis number of the line of sight
   * @return the conditions
   */
  public Observing draw(long seed, int cluster, int axis) {
    return new Observing(
        counts.draw(new CounterRandom(seed, "observing: counts", cluster, axis)),
        psf.draw(new CounterRandom(seed, "observing: psf", cluster, axis)),
        background.draw(new CounterRandom(seed, "observing: background", cluster, axis)),
        vignetting.draw(new CounterRandom(seed, "observing: vignetting", cluster, axis)));
  }
}
