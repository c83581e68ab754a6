package org.clusternet.data.image;

import java.util.Arrays;
import org.clusternet.data.image.Preprocessing.Peak;

/**
 * Finds the brightest pixel of an image of photons, so that neither one photon, nor a defect of the
 * detector, nor a point source at the edge is taken for the core of the cluster.
 *
 * <ol>
 *   <li>Hot pixels get the value of their surroundings. A pixel is hot if it has more than {@value
 *       #STEEP} times what the third brightest of its neighbours has, beyond the noise. No
 *       telescope makes that: a Gaussian point-spread function as wide as a pixel (FWHM) puts at
 *       most 6.5 times as much into one pixel as into the third brightest beside it. Taking the
 *       third covers pairs of hot pixels and lines too. A core so steep keeps its place, as its
 *       surroundings are the brightest ones then.
 *   <li>The image, less its median and dark where nothing was observed, is smoothed by a Gaussian
 *       of a sixteenth of its side. A point source then counts with all of its photons spread over
 *       the area of a core, and is brighter only if it outshines the whole core.
 *   <li>The Gaussian is halved, down to a pixel, as long as the brightest pixel near the last one
 *       stands out by {@value #SIGNIFICANT} standard deviations of its noise (for photons without
 *       background that is 25 of them): adaptive smoothing in the manner of Ebeling, White and
 *       Rangarajan 2006 (MNRAS 368, 65).
 * </ol>
 */
final class BrightestPixel {
  private static final double STEEP = 8;
  private static final double NOISE = 3;
  private static final int COARSEST = 16;
  private static final double SIGNIFICANT = 5;

  private final double[] light;
  private final int size;
  private final double sky;
  private final PhotonNoise noise;

  private BrightestPixel(double[] field, int size, PhotonNoise noise) {
    double[] known = Arrays.stream(field).filter(Double::isFinite).sorted().toArray();
    this.size = size;
    this.noise = noise;
    sky = known[known.length / 2];
    light = Arrays.stream(field).map(v -> Double.isFinite(v) ? v - sky : 0).toArray();
  }

  /**
   * Finds the brightest pixel.
   *
   * @param crop the image, with at least one finite pixel; NaN where there is no value
   * @param cropSize its side in pixels
   * @param imageSize side in pixels of the network's input, to which it is resampled
   * @param noise noise of the image
   * @return a pixel of the network's input
   */
  static Peak of(double[] crop, int cropSize, int imageSize, PhotonNoise noise) {
    PhotonNoise known =
        noise.equals(PhotonNoise.UNKNOWN) ? new PhotonNoise(0, noise.floor(crop)) : noise;
    double[] sound = withoutHotPixels(crop, cropSize, known);
    double ratio = (double) cropSize / imageSize;
    return new BrightestPixel(
            Resampling.square(sound, cropSize, imageSize), imageSize, known.averaged(ratio * ratio))
        .find();
  }

  static double[] withoutHotPixels(double[] pixels, int size, PhotonNoise noise) {
    double[] sound = pixels.clone();
    double[] beside = new double[8];
    double least = STEEP * NOISE * Math.max(noise.photon(), noise.deviation());
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] > least) {
        double third = thirdBrightest(pixels, size, i, beside);
        if (pixels[i] > least + STEEP * (third + NOISE * Math.sqrt(noise.photon() * third))) {
          sound[i] = third;
        }
      }
    }
    return sound;
  }

  /** The third brightest of the neighbours, the faintest of fewer; at least 0. */
  private static double thirdBrightest(double[] pixels, int size, int at, double[] beside) {
    int count = 0;
    for (int y = Math.max(0, at / size - 1); y <= Math.min(size - 1, at / size + 1); y++) {
      for (int x = Math.max(0, at % size - 1); x <= Math.min(size - 1, at % size + 1); x++) {
        if (y * size + x != at && Double.isFinite(pixels[y * size + x])) {
          beside[count++] = pixels[y * size + x];
        }
      }
    }
    Arrays.sort(beside, 0, count);
    return count == 0 ? 0 : Math.max(0, beside[Math.max(0, count - 3)]);
  }

  private Peak find() {
    double sigma = Math.max(1, (double) size / COARSEST);
    double[] smooth = GaussianSmoothing.darkBeyond(light, size, sigma);
    int best = brightest(smooth, 0, Double.POSITIVE_INFINITY);
    while (sigma > 1) {
      double reach = 2 * sigma;
      sigma = Math.max(1, sigma / 2);
      smooth = GaussianSmoothing.darkBeyond(light, size, sigma);
      int next = brightest(smooth, best, reach);
      if (!isSignificant(smooth[next], sigma)) {
        break;
      }
      best = next;
    }
    return new Peak(best % size, best / size);
  }

  private int brightest(double[] smooth, int centre, double reach) {
    int best = centre;
    for (int i = 0; i < smooth.length; i++) {
      int dx = i % size - centre % size;
      int dy = i / size - centre / size;
      if (smooth[i] > smooth[best] && Math.hypot(dx, dy) <= reach) {
        best = i;
      }
    }
    return best;
  }

  /** The mean over a Gaussian has the variance of a pixel divided by 4 pi sigma^2. */
  private boolean isSignificant(double value, double sigma) {
    double photons = noise.photon() * Math.max(0, value + sky);
    double variance = photons + noise.deviation() * noise.deviation();
    return value > SIGNIFICANT * Math.sqrt(variance / (4 * Math.PI)) / sigma;
  }
}
