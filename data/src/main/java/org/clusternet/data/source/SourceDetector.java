package org.clusternet.data.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.clusternet.data.DataException;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.PhotonNoise;
import org.clusternet.data.morphology.Position;
import org.clusternet.data.morphology.ScaledImage;
import org.clusternet.data.morphology.XrayCentre;

/**
 * Detects point sources in an image of photons, by their significance above the light around them.
 *
 * <p>At each pixel the photons within a radius are compared with those in a ring of four times the
 * area, by the likelihood ratio of Li and Ma (1983, ApJ 272, 317, Eq. 17), for radii of 1.5 to 6
 * pixels; exposures weight both. The ring is halved four ways and taken to be as bright as its
 * brightest half, so that neither the edge of the field nor the slope of a cluster is a source. A
 * place that is more significant within {@value #EXTENDED} pixels is extended, and none either. A
 * source is masked out to where its light is lost in the noise.
 *
 * <p>The core of a cool-core cluster is compact as well. It is told by its place: all that was
 * found is filled first, the cluster's centre is the peak of what remains, smoothed, and sources
 * closer to it than {@value #CORE} of the image's shorter side are left as they are. A point source
 * so close to the centre can only be removed by a region file.
 */
final class SourceDetector {
  private static final double[] RADII = {1.5, 2.5, 4, 6};
  private static final double EXTENDED = 10;
  private static final double CORE = 1 / 16.0;
  private static final int FEWEST = 3;

  private final SkyCounts counts;
  private final double sigma;

  private SourceDetector(SkyCounts counts, double sigma) {
    this.counts = counts;
    this.sigma = sigma;
  }

  /**
   * A source.
   *
   * @param x column
   * @param y row
   * @param radius radius of its mask in pixels
   * @param significance in sigma
   */
  record Source(int x, int y, double radius, double significance) {
    private double distance(double px, double py) {
      return Math.hypot(px - x, py - y);
    }
  }

  /**
   * What was found.
   *
   * @param sources the sources, the most significant first
   * @param kept how many more are part of the cluster's core
   * @param mask the pixels of the sources
   * @param sigma the least significance
   */
  record Found(List<Source> sources, int kept, boolean[] mask, double sigma) {
    /** A line for the log. */
    String describe(int pixels) {
      return "point sources detected=%d (sigma=%s or more) mask pixels=%d, kept at the cluster's centre=%d"
          .formatted(sources.size(), sigma, pixels, kept);
    }
  }

  /**
   * Detects sources.
   *
   * @param field an image of photons
   * @param sigma the least significance
   * @throws DataException if the image is not known to be photons
   */
  static Found of(SourceField field, double sigma) {
    double photon = field.noise().map(PhotonNoise::photon).orElse(0.0);
    if (photon == 0) {
      throw new DataException(
          field.file()
              + ": is not known to be photons (BUNIT = count, or whole numbers), in which sources"
              + " can be detected; give the counts image, or the sources as a region file");
    }
    Image light = field.light();
    double[] photons = light.pixels().clone();
    Optional<Image> background = field.background();
    for (int i = 0; background.isPresent() && i < photons.length; i++) {
      photons[i] += background.get().pixels()[i];
    }
    for (int i = 0; i < photons.length; i++) {
      photons[i] /= photon;
    }
    Image image = new Image(light.width(), light.height(), photons);
    SourceDetector detector = new SourceDetector(new SkyCounts(image, field.exposure()), sigma);
    return detector.withoutCore(field, detector.sources());
  }

  private List<Source> sources() {
    int width = counts.width();
    double[] best = new double[width * counts.height()];
    int[] scale = new int[best.length];
    for (int i = 0; i < best.length; i++) {
      for (int r = 0; r < RADII.length; r++) {
        double s = significance(i % width, i / width, RADII[r]);
        if (s > best[i]) {
          best[i] = s;
          scale[i] = r;
        }
      }
    }
    List<Source> candidates = new ArrayList<>();
    for (int i = 0; i < best.length; i++) {
      int x = i % width;
      int y = i / width;
      if (best[i] >= sigma && significance(x, y, EXTENDED) <= best[i]) {
        candidates.add(new Source(x, y, RADII[scale[i]], best[i]));
      }
    }
    candidates.sort(Comparator.comparingDouble(Source::significance).reversed());
    List<Source> sources = new ArrayList<>();
    for (Source candidate : candidates) {
      boolean known =
          sources.stream()
              .anyMatch(
                  s -> s.distance(candidate.x(), candidate.y()) <= s.radius() + candidate.radius());
      if (!known) {
        sources.add(grown(candidate));
      }
    }
    return sources;
  }

  private double significance(int x, int y, double radius) {
    SkyCounts.Sum disc = counts.disc(x, y, radius);
    if (disc.photons() < FEWEST) {
      return 0;
    }
    double outer = ring(radius);
    double rate = -1;
    for (SkyCounts.Sum half : counts.halves(x, y, radius + 1, outer)) {
      if (half.exposure() > disc.exposure()) {
        rate = Math.max(rate, half.photons() / half.exposure());
      }
    }
    if (rate < 0) {
      return 0;
    }
    double exposure = counts.ring(x, y, radius + 1, outer).exposure();
    return likelihoodRatio(disc.photons(), rate * exposure, disc.exposure() / exposure);
  }

  /** Outer radius of the ring that has four times the area of the disc. */
  private static double ring(double radius) {
    return Math.sqrt(4 * radius * radius + (radius + 1) * (radius + 1));
  }

  /** Significance of photons above those in a reference field, 0 if there is no excess. */
  static double likelihoodRatio(double on, double off, double alpha) {
    if (on <= alpha * off) {
      return 0;
    }
    double all = on + off;
    double first = on * Math.log((1 + alpha) / alpha * on / all);
    double second = off > 0 ? off * Math.log((1 + alpha) * off / all) : 0;
    return Math.sqrt(Math.max(0, 2 * (first + second)));
  }

  /** The source at the mean position of the photons in its disc. */
  private Source centred(Source source) {
    int reach = (int) source.radius();
    double all = 0;
    double right = 0;
    double up = 0;
    for (int dy = -reach; dy <= reach; dy++) {
      for (int dx = -reach; dx <= reach; dx++) {
        if (dx * dx + dy * dy <= source.radius() * source.radius()) {
          double photons = counts.disc(source.x() + dx, source.y() + dy, 0).photons();
          all += photons;
          right += photons * dx;
          up += photons * dy;
        }
      }
    }
    return new Source(
        source.x() + (int) Math.rint(right / all),
        source.y() + (int) Math.rint(up / all),
        source.radius(),
        source.significance());
  }

  /** A source with its mask out to where a ring is no brighter than the light around. */
  private Source grown(Source found) {
    Source source = centred(centred(found));
    double radius = source.radius();
    double limit = 3 * radius;
    SkyCounts.Sum far = counts.ring(source.x(), source.y(), limit, 1.5 * limit);
    double rate = far.exposure() > 0 ? far.photons() / far.exposure() : 0;
    while (radius < limit) {
      SkyCounts.Sum ring = counts.ring(source.x(), source.y(), radius, radius + 1);
      double expected = rate * ring.exposure();
      if (ring.photons() <= expected + Math.sqrt(expected)) {
        break;
      }
      radius++;
    }
    return new Source(source.x(), source.y(), radius, source.significance());
  }

  private Found withoutCore(SourceField field, List<Source> sources) {
    int width = counts.width();
    int height = counts.height();
    boolean[] all = mask(sources);
    Image filled = new MaskedPixels(all, width, height).fill(field.light(), field.exposure());
    double[] brightness = filled.pixels().clone();
    for (int i = 0; i < brightness.length; i++) {
      brightness[i] /= field.exposure().pixels()[i];
    }
    double core = CORE * Math.min(width, height);
    ScaledImage image = new ScaledImage(new Image(width, height, brightness), 1);
    Position centre = XrayCentre.peak(image, core / 2, Double.POSITIVE_INFINITY);
    List<Source> outside =
        sources.stream().filter(s -> s.distance(centre.x(), centre.y()) > core).toList();
    return new Found(outside, sources.size() - outside.size(), mask(outside), sigma);
  }

  private boolean[] mask(List<Source> sources) {
    boolean[] mask = new boolean[counts.width() * counts.height()];
    for (Source source : sources) {
      int reach = (int) Math.ceil(source.radius());
      for (int y = Math.max(0, source.y() - reach);
          y <= Math.min(counts.height() - 1, source.y() + reach);
          y++) {
        for (int x = Math.max(0, source.x() - reach);
            x <= Math.min(counts.width() - 1, source.x() + reach);
            x++) {
          mask[y * counts.width() + x] |= source.distance(x, y) <= source.radius();
        }
      }
    }
    return mask;
  }
}
