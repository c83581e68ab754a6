package org.clusternet.observing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.clusternet.data.simulate.Observing;

/**
 * The conditions of an observation. The background is stated by cluster photon, because both grow
 * with the exposure alike: a setting of the background is then a choice of cluster and detector,
 * and one of counts a choice of exposure.
 *
 * @param counts expected detected photons of the cluster in the image, above 0
 * @param backgroundRatio expected background photons in the image by photon of the cluster
 * @param psf full width at half maximum of the point-spread function in kpc
 * @param vignetting exposure at the middle of a side as a share of the centre's
 */
public record ObservingCondition(
    double counts, double backgroundRatio, double psf, double vignetting) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public ObservingCondition {
    if (!(counts > 0)) {
      throw new IllegalArgumentException(
          "observing study: counts=" + counts + "; it must be above 0");
    }
    if (!(backgroundRatio >= 0) || Double.isInfinite(backgroundRatio)) {
      throw new IllegalArgumentException(
          "observing study: background-ratio="
              + backgroundRatio
              + "; it must be a finite number of at least 0");
    }
    observing(counts, backgroundRatio, psf, vignetting, 1);
  }

  /** All combinations, the last quantity changing first. */
  public static List<ObservingCondition> combinations(
      List<Double> counts, List<Double> ratios, List<Double> psfs, List<Double> vignettings) {
    List<ObservingCondition> all = new ArrayList<>();
    for (double vignetting : vignettings) {
      for (double count : counts) {
        for (double ratio : ratios) {
          for (double psf : psfs) {
            all.add(new ObservingCondition(count, ratio, psf, vignetting));
          }
        }
      }
    }
    return all;
  }

  /** The observation of images of {@code size * size} pixels. */
  Observing observing(int size) {
    return observing(counts, backgroundRatio, psf, vignetting, size);
  }

  private static Observing observing(
      double counts, double ratio, double psf, double vignetting, int size) {
    return new Observing(counts, psf, ratio * counts / ((double) size * size), vignetting);
  }

  /** A name for files, such as {@code counts3000_background0.3_psf20_vignetting1}. */
  String name() {
    return "counts%s_background%s_psf%s_vignetting%s"
        .formatted(plain(counts), plain(backgroundRatio), plain(psf), plain(vignetting));
  }

  /** A number without an exponent and without trailing zeros. */
  static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
