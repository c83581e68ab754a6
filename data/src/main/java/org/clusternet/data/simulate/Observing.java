package org.clusternet.data.simulate;

import java.util.Arrays;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.clusternet.data.DataException;
import org.clusternet.data.image.Image;
import org.clusternet.data.random.CounterRandom;

/**
 * Simulates the observation of an image: blurring by a Gaussian point-spread function, vignetting,
 * scaling to an expected number of photons, a background, and Poisson noise.
 *
 * <p>Without counts the image keeps its unit and has neither vignetting, background nor noise. The
 * point-spread function is cut off at four standard deviations and the image continues as its
 * mirror image beyond its edge, so that blurring conserves the flux.
 *
 * <p>The exposure falls from the centre of the image as a Gaussian, about as the effective area of
 * a telescope of nested mirrors. The background is that of particles in the detector, most of what
 * Chandra and XMM-Newton see above 2 keV: it passes no mirror, is not vignetted, and so is the same
 * in every pixel.
 *
 * @param counts expected number of detected photons of the cluster in the whole image, 0 for no
 *     counts
 * @param psf full width at half maximum of the point-spread function in kpc, 0 for none
 * @param background expected number of background photons per pixel, at least 0
 * @param vignetting exposure at the middle of a side as a share of the centre's, above 0 and at
 *     most 1, which means none; a corner has the square of it
 */
public record Observing(double counts, double psf, double background, double vignetting) {
  /** No telescope: the image is not changed. */
  public static final Observing NONE = new Observing(0, 0, 0);

  /** FWHM of a Gaussian in standard deviations: 2 sqrt(2 ln 2). */
  private static final double FWHM = 2 * Math.sqrt(2 * StrictMath.log(2));

  private static final double REACH = 4;
  private static final double MOST_COUNTS = 1e12;

  /** Largest mean of a pixel, within the range of the sampler. */
  private static final double MOST_PER_PIXEL = 1e9;

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if one is outside its range, or there is background without
   *     counts
   */
  public Observing {
    if (!(counts >= 0 && counts <= MOST_COUNTS && psf >= 0 && background >= 0)
        || Double.isInfinite(psf + background)) {
      throw new IllegalArgumentException(
          "observing: counts=%s psf=%s kpc background=%s; none may be negative, and counts must be at most %s"
              .formatted(counts, psf, background, MOST_COUNTS));
    }
    if (background > 0 && counts == 0) {
      throw new IllegalArgumentException(
          "observing: background=%s photons per pixel needs counts; set counts above 0 or background to 0"
              .formatted(background));
    }
    if (!(vignetting > 0 && vignetting <= 1) || (vignetting < 1 && counts == 0)) {
      throw new IllegalArgumentException(
          "observing: vignetting=%s counts=%s; it must be above 0 and at most 1, and below 1 it needs counts above 0"
              .formatted(vignetting, counts));
    }
  }

  /**
   * An observation of equal exposure in all pixels.
   *
   * @param counts expected number of detected photons of the cluster in the whole image
   * @param psf full width at half maximum of the point-spread function in kpc
   * @param background expected number of background photons per pixel
   */
  public Observing(double counts, double psf, double background) {
    this(counts, psf, background, 1);
  }

  /**
   * Whether images are photon counts.
   *
   * @return false if images keep their unit
   */
  public boolean isCounting() {
    return counts > 0;
  }

  /**
   * Observes an image.
   *
   * @param image surface brightness of the sky
   * @param pixel side of a pixel in kpc
   * @param random random generator for the photons
   * @return the observed image, of the same size
   * @throws DataException if a pixel expects more than 1e9 photons
   */
  public Image observe(Image image, double pixel, CounterRandom random) {
    Image blurred = psf > 0 ? blur(image, psf / FWHM / pixel) : image;
    if (!isCounting()) {
      return blurred;
    }
    double[] seen = isVignetted() ? vignetted(blurred) : blurred.pixels();
    double sum = 0;
    for (double value : seen) {
      sum += value;
    }
    double[] photons = new double[seen.length];
    for (int i = 0; i < photons.length; i++) {
      double mean = seen[i] * counts / sum + background;
      photons[i] = mean > 0 ? photons(mean, random) : 0;
    }
    return new Image(image.width(), image.height(), photons);
  }

  private double[] vignetted(Image image) {
    double[] seen = exposure(image.width(), image.height()).pixels().clone();
    for (int i = 0; i < seen.length; i++) {
      seen[i] *= image.pixels()[i];
    }
    return seen;
  }

  /**
   * Whether the exposure differs between pixels.
   *
   * @return true if there is vignetting
   */
  public boolean isVignetted() {
    return vignetting < 1;
  }

  /**
   * The exposure map, to divide an observed image by.
   *
   * @param width width of the image in pixels
   * @param height height of the image in pixels
   * @return the exposure of every pixel as a share of the centre's
   */
  public Image exposure(int width, int height) {
    double[] shares = new double[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double fromLeft = (2.0 * x + 1) / width - 1;
        double fromBottom = (2.0 * y + 1) / height - 1;
        double square = fromLeft * fromLeft + fromBottom * fromBottom;
        shares[y * width + x] = isVignetted() ? StrictMath.pow(vignetting, square) : 1;
      }
    }
    return new Image(width, height, shares);
  }

  /**
   * The background map, to subtract from an observed image.
   *
   * @param width width of the image in pixels
   * @param height height of the image in pixels
   * @return the expected number of background photons of every pixel
   */
  public Image backgroundMap(int width, int height) {
    double[] photons = new double[width * height];
    Arrays.fill(photons, background);
    return new Image(width, height, photons);
  }

  private static double photons(double mean, CounterRandom random) {
    if (mean > MOST_PER_PIXEL) {
      throw new DataException(
          "observing: a pixel expects photons=%.3g, more than %.0g; set lower counts or background"
              .formatted(mean, MOST_PER_PIXEL));
    }
    return PoissonSampler.of(random, mean).sample();
  }

  private static Image blur(Image image, double sigma) {
    double[] kernel = new double[1 + (int) Math.ceil(REACH * sigma)];
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = StrictMath.exp(-i * i / (2 * sigma * sigma));
      sum += i == 0 ? kernel[i] : 2 * kernel[i];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    int width = image.width();
    int height = image.height();
    double[] rows = new double[width * height];
    double[] out = new double[width * height];
    for (int y = 0; y < height; y++) {
      convolve(image.pixels(), rows, y * width, 1, width, kernel);
    }
    for (int x = 0; x < width; x++) {
      convolve(rows, out, x, width, height, kernel);
    }
    return new Image(width, height, out);
  }

  private static void convolve(
      double[] in, double[] out, int first, int step, int length, double[] kernel) {
    for (int i = 0; i < length; i++) {
      double sum = kernel[0] * in[first + i * step];
      for (int k = 1; k < kernel.length; k++) {
        double left = in[first + mirror(i - k, length) * step];
        double right = in[first + mirror(i + k, length) * step];
        sum += kernel[k] * (left + right);
      }
      out[first + i * step] = sum;
    }
  }

  private static int mirror(int index, int length) {
    int turned = Math.floorMod(index, 2 * length);
    return turned < length ? turned : 2 * length - 1 - turned;
  }
}
