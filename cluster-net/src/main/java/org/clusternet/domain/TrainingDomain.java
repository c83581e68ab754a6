package org.clusternet.domain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clusternet.data.dataset.ImageTraits;
import org.clusternet.data.observation.PixelScale;
import org.jspecify.annotations.Nullable;

/**
 * What a model was trained on: the traits of its training images and, once training has ended, the
 * density of their features. It is stored with the model as JSON.
 *
 * @param images number of training images
 * @param kpcPerPixel side of a pixel in kpc; null if no image has it, as the other ranges
 * @param arcsecPerPixel side of a pixel in arcsec
 * @param fieldKpc side of the central crop in kpc
 * @param redshift redshifts of the clusters
 * @param psfKpc full width at half maximum of the point-spread function in kpc
 * @param background expected background photons per pixel
 * @param lnRange natural logarithm of the ratio of brightest to darkest pixel of the inputs
 * @param units units of the pixels (BUNIT, lower case), empty for an unknown one
 * @param photons share of the images that are photons, with their noise
 * @param subtracted share of the images whose background was subtracted
 * @param density density of the features; null before training has ended, or with too few images
 */
public record TrainingDomain(
    int images,
    @Nullable Spread kpcPerPixel,
    @Nullable Spread arcsecPerPixel,
    @Nullable Spread fieldKpc,
    @Nullable Spread redshift,
    @Nullable Spread psfKpc,
    @Nullable Spread background,
    @Nullable Spread lnRange,
    List<String> units,
    double photons,
    double subtracted,
    @Nullable FeatureDensity density) {
  /** Scales that differ by less than this share are one. */
  private static final double SAME_SCALE = 0.01;

  /** A pixel this much larger or smaller than those trained on is reported. */
  private static final double SCALE_MARGIN = 0.1;

  /** Copies the list. */
  public TrainingDomain {
    units = List.copyOf(units);
  }

  /**
   * Collects the traits of training images; the density comes later.
   *
   * @param images traits of the training images
   * @param centralCrop side of the central crop in pixels
   */
  public static TrainingDomain of(List<ImageTraits> images, int centralCrop) {
    Spread kpc = Spread.of(images, ImageTraits::kpcPerPixel);
    return new TrainingDomain(
        images.size(),
        kpc,
        Spread.of(images, ImageTraits::arcsecPerPixel),
        kpc == null ? null : kpc.times(centralCrop),
        Spread.of(images, ImageTraits::redshift),
        Spread.of(images, ImageTraits::psf),
        Spread.of(images, ImageTraits::background),
        Spread.of(images, traits -> OptionalDouble.of(traits.range())),
        images.stream().map(ImageTraits::unit).distinct().sorted().toList(),
        share(images.stream().filter(ImageTraits::photons).count(), images),
        share(images.stream().filter(ImageTraits::subtracted).count(), images),
        null);
  }

  private static double share(long count, List<ImageTraits> images) {
    return (double) count / images.size();
  }

  /**
   * Adds the density of features.
   *
   * @param training features of the training images
   * @param validation features of images that the network was not trained on
   * @return this domain with the density, if there are enough images for one
   */
  public TrainingDomain withDensity(List<double[]> training, List<double[]> validation) {
    return new TrainingDomain(
        images,
        kpcPerPixel,
        arcsecPerPixel,
        fieldKpc,
        redshift,
        psfKpc,
        background,
        lnRange,
        units,
        photons,
        subtracted,
        DensityFit.fit(training, validation).orElse(null));
  }

  /**
   * The scale that an observed image is to be brought to.
   *
   * @return the side of a pixel in kpc if it is one for all training images, else that in arcsec,
   *     else empty
   */
  @JsonIgnore
  public Optional<PixelScale> scale() {
    if (kpcPerPixel != null) {
      return kpcPerPixel.isOneValue(SAME_SCALE)
          ? Optional.of(new PixelScale(kpcPerPixel.median(), PixelScale.Unit.KPC))
          : Optional.empty();
    }
    return arcsecPerPixel != null && arcsecPerPixel.isOneValue(SAME_SCALE)
        ? Optional.of(new PixelScale(arcsecPerPixel.median(), PixelScale.Unit.ARCSEC))
        : Optional.empty();
  }

  /**
   * Compares an image with the training images.
   *
   * @param image traits of the image
   * @param features features that the network sees in it
   */
  public Likeness compare(ImageTraits image, double[] features) {
    List<String> reasons = new ArrayList<>();
    Likeness.Verdict verdict = Likeness.Verdict.LIKE;
    double distance = Double.NaN;
    if (density != null) {
      distance = density.distance(features);
      FeatureDensity.Thresholds limits = density.thresholds();
      if (distance > limits.otherKind()) {
        verdict = Likeness.Verdict.OTHER_KIND;
        reasons.add(
            "another kind of picture than the training images: "
                + far(distance, limits.otherKind(), 1000));
      } else if (distance > limits.unlike()) {
        reasons.add(far(distance, limits.unlike(), 100));
      }
    }
    addTraits(reasons, image);
    if (verdict == Likeness.Verdict.LIKE && !reasons.isEmpty()) {
      verdict = Likeness.Verdict.UNLIKE;
    }
    return new Likeness(verdict, reasons, distance);
  }

  private static String far(double distance, double limit, int images) {
    return String.format(
        Locale.ROOT,
        "feature distance=%.2f (1 in %d images of their kind is beyond %.2f)",
        distance,
        images,
        limit);
  }

  private void addTraits(List<String> reasons, ImageTraits image) {
    addScale(reasons, image);
    addOutside(reasons, "redshift", image.redshift(), redshift, 0);
    addOutside(reasons, "ln range", OptionalDouble.of(image.range()), lnRange, 0);
    addOutside(reasons, "PSF in kpc", image.psf(), psfKpc, SCALE_MARGIN);
    if (image.photons() && photons == 0) {
      reasons.add("photons with their noise (trained on images without noise)");
    } else if (!image.photons() && photons == 1) {
      reasons.add("not known to be photons (trained on photons)");
    }
    if (image.subtracted() && subtracted == 0 && photons > 0) {
      reasons.add("background subtracted (trained on images with background)");
    } else if (!image.subtracted() && subtracted == 1) {
      reasons.add("background not subtracted (trained on images without background)");
    }
  }

  private void addScale(List<String> reasons, ImageTraits image) {
    if (kpcPerPixel != null) {
      addOutside(reasons, "pixel in kpc", image.kpcPerPixel(), kpcPerPixel, SCALE_MARGIN);
    } else {
      addOutside(reasons, "pixel in arcsec", image.arcsecPerPixel(), arcsecPerPixel, SCALE_MARGIN);
    }
  }

  private static void addOutside(
      List<String> reasons,
      String name,
      OptionalDouble value,
      @Nullable Spread trained,
      double tolerance) {
    if (value.isPresent() && trained != null && !trained.contains(value.getAsDouble(), tolerance)) {
      reasons.add(
          String.format(
              Locale.ROOT,
              "%s=%.4g (trained on %.4g to %.4g)",
              name,
              value.getAsDouble(),
              trained.min(),
              trained.max()));
    }
  }
}
