package org.clusternet.data.observation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.clusternet.data.image.GaussianSmoothing;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.Regrid;
import org.clusternet.data.morphology.Position;
import org.clusternet.data.morphology.ScaledImage;
import org.clusternet.data.morphology.XrayCentre;

/**
 * Where the cluster is in an observed field, if nobody says: the brightest place after smoothing by
 * a Gaussian so wide that a point source is drowned in a cluster, and near it the X-ray peak of
 * {@link XrayCentre}. Other places of comparable brightness are its rivals: another cluster, or a
 * bright point source.
 *
 * <p>Counts and exposures are smoothed in blocks, and the edge of the field, exposed to less than
 * {@value #LEAST_EXPOSURE} of the most exposed pixel, is left out: there a few photons outshine
 * all.
 *
 * @param peak the X-ray peak, in pixels of the image
 * @param rivals other places, the brightest first
 */
public record XrayPeaks(Position peak, List<Rival> rivals) {
  private static final double LEAST_EXPOSURE = 0.05;

  /** Standard deviation of the wide Gaussian in pixels of the model: 32 kpc for pixels of 4 kpc. */
  private static final double WIDE = 8;

  /** Likewise of the narrow one, {@link XrayCentre#SMOOTHING_KPC} for pixels of 4 kpc. */
  private static final double NARROW = 2;

  /** Share of the peak's brightness above the field's median from which a place is a rival. */
  private static final double COMPARABLE = 0.5;

  private static final int MOST_RIVALS = 3;
  private static final int LONGEST_SIDE = 2048;
  private static final int SAMPLE = 1 << 16;

  /**
   * A place of comparable brightness.
   *
   * @param position where it is, in pixels of the image
   * @param share its smoothed brightness as a share of the peak's, both above the field's median
   */
  public record Rival(Position position, double share) {}

  /** Copies the list. */
  public XrayPeaks {
    rivals = List.copyOf(rivals);
  }

  /**
   * Finds the X-ray peak.
   *
   * @param observation the observation
   * @param pixel side of a pixel of the model, in pixels of the image, positive
   * @return empty if no pixel was observed
   */
  public static Optional<XrayPeaks> find(Observation observation, double pixel) {
    Image light = observation.light();
    int side = Math.max(light.width(), light.height());
    int block = (int) Math.max(Math.floor(pixel), Math.ceil(side / (double) LONGEST_SIDE));
    block = Math.max(1, Math.min(block, Math.min(light.width(), light.height())));
    Image flux = flux(observation, block);
    double unit = Math.max(1, pixel / block);
    Image smooth = smoothed(flux, WIDE * unit);
    List<Integer> maxima = maxima(flux, smooth);
    if (maxima.isEmpty()) {
      return Optional.empty();
    }
    int best = maxima.get(0);
    double level = median(smooth);
    double height = smooth.pixels()[best] - level;
    List<Integer> kept = new ArrayList<>(List.of(best));
    List<Rival> rivals = new ArrayList<>();
    for (int i : maxima) {
      double share = (smooth.pixels()[i] - level) / height;
      boolean apart =
          kept.stream()
              .allMatch(k -> place(k, smooth).distance(place(i, smooth)) > 2 * WIDE * unit);
      if (share >= COMPARABLE && apart && rivals.size() < MOST_RIVALS) {
        kept.add(i);
        rivals.add(new Rival(unblocked(place(i, smooth), block), share));
      }
    }
    Position peak = refined(flux, place(best, smooth), unit);
    return Optional.of(new XrayPeaks(unblocked(peak, block), rivals));
  }

  private static Image smoothed(Image image, double sigma) {
    return new Image(image.width(), image.height(), GaussianSmoothing.observed(image, sigma));
  }

  private static Image flux(Observation observation, int block) {
    double[] light = observation.light().pixels().clone();
    double[] time = observation.exposure().pixels().clone();
    double most = Arrays.stream(time).filter(Double::isFinite).max().orElse(1);
    for (int i = 0; i < time.length; i++) {
      if (!(time[i] >= LEAST_EXPOSURE * most)) {
        light[i] = Double.NaN;
        time[i] = Double.NaN;
      }
    }
    int width = observation.light().width();
    int height = observation.light().height();
    Regrid blocks = new Regrid(block, 0, 0, width / block, height / block);
    double[] mean = blocks.apply(new Image(width, height, light)).pixels();
    double[] exposed = blocks.apply(new Image(width, height, time)).pixels();
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= exposed[i];
    }
    return new Image(blocks.width(), blocks.height(), mean);
  }

  /** Local maxima of the smoothed image where something was observed, the brightest first. */
  private static List<Integer> maxima(Image flux, Image smooth) {
    return IntStream.range(0, smooth.pixels().length)
        .filter(i -> Double.isFinite(flux.pixels()[i]) && isMaximum(flux, smooth, i))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -smooth.pixels()[i]))
        .toList();
  }

  private static boolean isMaximum(Image flux, Image smooth, int at) {
    int x = at % smooth.width();
    int y = at / smooth.width();
    double value = smooth.pixels()[at];
    for (int j = Math.max(0, y - 1); j <= Math.min(smooth.height() - 1, y + 1); j++) {
      for (int i = Math.max(0, x - 1); i <= Math.min(smooth.width() - 1, x + 1); i++) {
        int k = j * smooth.width() + i;
        boolean observed = Double.isFinite(flux.pixels()[k]);
        if (observed && (smooth.pixels()[k] > value || (smooth.pixels()[k] == value && k < at))) {
          return false;
        }
      }
    }
    return true;
  }

  /** The median of about {@value #SAMPLE} pixels. */
  private static double median(Image image) {
    int step = Math.max(1, image.pixels().length / SAMPLE);
    double[] values =
        IntStream.range(0, image.pixels().length)
            .filter(i -> i % step == 0)
            .mapToDouble(i -> image.pixels()[i])
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return values.length == 0 ? 0 : values[values.length / 2];
  }

  private static Position place(int index, Image image) {
    return new Position(index % image.width(), Math.floorDiv(index, image.width()));
  }

  private static Position unblocked(Position position, int block) {
    return new Position((position.x() + 0.5) * block - 0.5, (position.y() + 0.5) * block - 0.5);
  }

  /** The peak after narrow smoothing, within two wide standard deviations of a place. */
  private static Position refined(Image flux, Position start, double unit) {
    int reach = (int) Math.ceil(2 * WIDE * unit);
    int left = (int) start.x() - reach;
    int bottom = (int) start.y() - reach;
    Regrid around = new Regrid(1, left, bottom, 2 * reach + 1, 2 * reach + 1);
    Position found =
        XrayCentre.peak(new ScaledImage(around.apply(flux), 1), NARROW * unit, 2 * WIDE * unit);
    return new Position(found.x() + left, found.y() + bottom);
  }
}
