package org.clusternet.data.dataset;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clusternet.data.image.FitsKeywords;
import org.clusternet.data.image.PhotonNoise;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.image.SkyFrame;
import org.clusternet.data.image.SourceImage;

/**
 * How an image was taken and reduced, as far as known: what a network gets used to without being
 * told. The traits of the training images are kept with a model, so that another image can be
 * compared with them.
 *
 * @param kpcPerPixel side of a pixel in kpc at the cluster
 * @param arcsecPerPixel side of a pixel in arcsec
 * @param redshift redshift of the cluster
 * @param psf full width at half maximum of the point-spread function in kpc, as simulated images
 *     give it (PSFFWHM)
 * @param background expected background photons per pixel, as simulated images give it (BACKGRND)
 * @param unit unit of the pixels (BUNIT) in lower case; empty if unknown
 * @param photons whether the image is known to be photons, with their noise
 * @param subtracted whether a background was subtracted
 * @param range natural logarithm of the ratio of the brightest pixel to the darkest of the
 *     network's input
 */
public record ImageTraits(
    OptionalDouble kpcPerPixel,
    OptionalDouble arcsecPerPixel,
    OptionalDouble redshift,
    OptionalDouble psf,
    OptionalDouble background,
    String unit,
    boolean photons,
    boolean subtracted,
    double range) {

  /**
   * The traits of an image of a dataset.
   *
   * @param read the image and its keywords
   * @param known its scale as far as the catalogue gives it
   * @param input the network's input that was made of it
   * @return the traits; a header with an impossible scale gives none
   */
  public static ImageTraits of(SourceImage read, ImageScale known, Preprocessing.Input input) {
    FitsKeywords keywords = read.keywords();
    return of(
        keywords,
        SkyFrame.of(keywords),
        scale(known, keywords),
        PhotonNoise.of(read).isPresent(),
        Boolean.TRUE.equals(keywords.values().get("BKGSUB")),
        input);
  }

  /**
   * The traits of an image that was brought to another scale.
   *
   * @param keywords keywords of the file
   * @param frame the image's position in the sky
   * @param scale the image's scale
   * @param photons whether the image is known to be photons
   * @param subtracted whether a background was subtracted
   * @param input the network's input that was made of it
   * @return the traits
   */
  public static ImageTraits of(
      FitsKeywords keywords,
      Optional<SkyFrame> frame,
      ImageScale scale,
      boolean photons,
      boolean subtracted,
      Preprocessing.Input input) {
    OptionalDouble arcsec =
        frame.isPresent()
            ? OptionalDouble.of(frame.get().arcsecPerPixel())
            : OptionalDouble.empty();
    return new ImageTraits(
        scale.kpcPerPixel(),
        arcsec,
        scale.redshift(),
        keywords.number("PSFFWHM"),
        keywords.number("BACKGRND"),
        keywords.text("BUNIT").orElse("").strip().toLowerCase(Locale.ROOT),
        photons,
        subtracted,
        input.range());
  }

  private static ImageScale scale(ImageScale known, FitsKeywords keywords) {
    try {
      return known.orElse(keywords);
    } catch (IllegalArgumentException impossible) {
      return known;
    }
  }
}
