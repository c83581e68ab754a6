package org.clusternet.data.image;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.clusternet.data.image.FitsFile.Card;

/**
 * What is known of the noise of an image of photons. {@link Preprocessing} lets the logarithm begin
 * there: a smaller value of a pixel tells nothing of the sky.
 *
 * <p>Two numbers describe it in the image's own unit and pixels, so that they can be scaled with
 * the pixels and be kept in a FITS header (keywords {@value #PHOTON_KEY} and {@value
 * #DEVIATION_KEY}): what one photon adds to a pixel, and the standard deviation of the background
 * that was subtracted. The mean of A pixels has 1/A of the first and 1/sqrt(A) of the second. They
 * are one pair for an image; where exposure and background vary, their medians over the exposed
 * pixels, because a floor of its own for each pixel would draw the exposure map into the image.
 *
 * @param photon what one photon adds to a pixel; 0 where that is not known
 * @param deviation standard deviation of the background that was subtracted from a pixel; 0 for
 *     none
 */
public record PhotonNoise(double photon, double deviation) {
  /** Pixels that are numbers of photons. */
  public static final PhotonNoise COUNTS = new PhotonNoise(1, 0);

  /** Pixels that are known to be made of photons, but not what one photon is. */
  public static final PhotonNoise UNKNOWN = new PhotonNoise(0, 0);

  private static final String PHOTON_KEY = "PHOTON";
  private static final String DEVIATION_KEY = "BKGSIGMA";
  private static final Pattern UNIT =
      Pattern.compile("(counts?|cts?|photons?|ph)(\\s*[/*. ]\\s*(pixels?|pix)(\\*\\*-1|\\^?-1)?)?");
  private static final Pattern RATE = Pattern.compile("(counts?|cts?|photons?|ph)\\b.*");

  /** Largest pixel taken for a number of photons: a 32-bit float has no fractions beyond it. */
  private static final double MOST = 1 << 23;

  /** Share of the pixels left out below: an extreme of few pixels is an accident. */
  private static final double EXTREME = 0.01;

  /** The median of |x| for a normal number of standard deviation 1. */
  private static final double HALF_NORMAL_MEDIAN = 0.67449;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public PhotonNoise {
    if (!(photon >= 0 && deviation >= 0) || Double.isInfinite(photon + deviation)) {
      throw new IllegalArgumentException(
          "photon noise: photon="
              + photon
              + " deviation="
              + deviation
              + "; both must be finite and not negative");
    }
  }

  /**
   * The noise of an image as its file tells it: by the keywords {@value #PHOTON_KEY} and {@value
   * #DEVIATION_KEY}; by BUNIT, a number of counts or photons, or a rate of them (whose photon is
   * not known); by EXPCORR or BKGSUB, which say that maps were applied; or by its pixels, if all
   * are whole numbers of at least 0 with three or more different values (two are a mask).
   *
   * @param source the image
   * @return empty if nothing says that the image is photons, as for noise-free simulated ones
   */
  public static Optional<PhotonNoise> of(SourceImage source) {
    FitsKeywords keywords = source.keywords();
    double photon = keywords.number(PHOTON_KEY).orElse(Double.NaN);
    if (photon >= 0 && photon < Double.POSITIVE_INFINITY) {
      double deviation = keywords.number(DEVIATION_KEY).orElse(0);
      return Optional.of(new PhotonNoise(photon, deviation > 0 ? deviation : 0));
    }
    String unit = keywords.text("BUNIT").orElse("").strip().toLowerCase(Locale.ROOT);
    if (UNIT.matcher(unit).matches()) {
      return Optional.of(COUNTS);
    }
    if (RATE.matcher(unit).matches() || isTrue(keywords, "EXPCORR") || isTrue(keywords, "BKGSUB")) {
      return Optional.of(UNKNOWN);
    }
    return areNumbers(source.image().pixels()) ? Optional.of(COUNTS) : Optional.empty();
  }

  private static boolean isTrue(FitsKeywords keywords, String key) {
    return Boolean.TRUE.equals(keywords.values().get(key));
  }

  private static boolean areNumbers(double[] pixels) {
    double first = Double.NaN;
    double second = Double.NaN;
    boolean many = false;
    for (double value : pixels) {
      if (!Double.isFinite(value)) {
        continue;
      }
      if (value < 0 || value > MOST || value != Math.rint(value)) {
        return false;
      }
      if (Double.isNaN(first)) {
        first = value;
      } else if (value != first && Double.isNaN(second)) {
        second = value;
      } else {
        many |= value != first && value != second;
      }
    }
    return many;
  }

  /**
   * The noise of the mean of several pixels.
   *
   * @param pixels their number; below 1, for interpolated images, it counts as 1
   * @return the noise in the larger pixels
   */
  public PhotonNoise averaged(double pixels) {
    double area = Math.max(1, pixels);
    return new PhotonNoise(photon / area, deviation / Math.sqrt(area));
  }

  /**
   * The smallest value of a pixel that tells something of the sky: one photon, or the deviation of
   * the background where that is larger. Where neither is known it is estimated from the pixels:
   * negative ones can only be noise around zero, so that the median of their amounts is 0.674
   * standard deviations; and at least the first percentile of the positive ones. Neither depends on
   * the number of pixels, whereas the smallest of N positive values of noise falls as 1/N.
   *
   * @param pixels the image to which this noise belongs; not changed
   * @return the floor in the image's unit; 0 if no pixel is positive
   */
  public double floor(double[] pixels) {
    if (photon > 0 || deviation > 0) {
      return Math.max(photon, deviation);
    }
    double[] sorted = Arrays.stream(pixels).filter(Double::isFinite).sorted().toArray();
    int negative = (int) Arrays.stream(sorted).filter(v -> v < 0).count();
    int dark = (int) Arrays.stream(sorted).filter(v -> v <= 0).count();
    double spread =
        negative > EXTREME * sorted.length ? -sorted[negative / 2] / HALF_NORMAL_MEDIAN : 0;
    int positive = sorted.length - dark;
    return positive == 0 ? 0 : Math.max(spread, sorted[dark + (int) (EXTREME * positive)]);
  }

  /**
   * The keywords that keep this noise with the image.
   *
   * @return cards that {@link #of} reads
   */
  public List<Card> cards() {
    return List.of(
        new Card(PHOTON_KEY, photon, "value of one photon in a pixel, 0: not known"),
        new Card(DEVIATION_KEY, deviation, "standard deviation of the background subtracted"));
  }
}
