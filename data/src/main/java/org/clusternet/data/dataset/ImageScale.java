package org.clusternet.data.dataset;

import java.util.Optional;
import java.util.OptionalDouble;
import org.clusternet.data.image.FitsKeywords;
import org.clusternet.data.image.SkyFrame;
import org.clusternet.data.physics.Cosmology;

/**
 * The physical size of an image's pixels and of its cluster, as far as known. Measures in kpc or in
 * units of r500 need it; the network does not.
 *
 * <p>A catalogue gives it in the optional columns {@code kpc_per_pixel}, {@code r500_kpc} and
 * {@code redshift}; images written by this program have it in their headers.
 *
 * @param kpcPerPixel side of a pixel in kpc at the cluster
 * @param r500 r500 of the cluster in kpc
 * @param redshift redshift of the cluster; 0 for a simulated one at z = 0
 */
public record ImageScale(OptionalDouble kpcPerPixel, OptionalDouble r500, OptionalDouble redshift) {
  /** A scale of which nothing is known. */
  public static final ImageScale UNKNOWN =
      new ImageScale(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is not a finite positive number (the redshift may be
   *     0); the message names its column
   */
  public ImageScale {
    requirePositive("kpc_per_pixel", kpcPerPixel);
    requirePositive("r500_kpc", r500);
    if (redshift.isPresent()
        && (!(redshift.getAsDouble() >= 0) || Double.isInfinite(redshift.getAsDouble()))) {
      throw new IllegalArgumentException(
          "redshift=" + redshift.getAsDouble() + " is not a finite number of at least 0");
    }
  }

  private static void requirePositive(String column, OptionalDouble value) {
    if (value.isPresent()
        && (!(value.getAsDouble() > 0) || Double.isInfinite(value.getAsDouble()))) {
      throw new IllegalArgumentException(
          column + "=" + value.getAsDouble() + " is not a finite positive number");
    }
  }

  /**
   * Adds from an image's header what is not known yet: PIXKPC, and with it R500, both in kpc, as
   * this program writes them (an R500 without PIXKPC comes from another program and has an unknown
   * unit); REDSHIFT; and the side of a pixel from the redshift and the angular size of the pixel,
   * in the {@linkplain Cosmology#STANDARD standard cosmology}.
   *
   * @param keywords keywords of the header
   * @return this scale with what the header adds
   * @throws IllegalArgumentException if the header has an impossible value, such as PIXKPC = 0
   */
  public ImageScale orElse(FitsKeywords keywords) {
    OptionalDouble ours = keywords.number("PIXKPC");
    OptionalDouble z = first(redshift, keywords.number("REDSHIFT"));
    OptionalDouble size =
        first(r500, ours.isPresent() ? keywords.number("R500") : OptionalDouble.empty());
    OptionalDouble side = first(kpcPerPixel, ours);
    Optional<SkyFrame> frame = SkyFrame.of(keywords);
    if (side.isEmpty() && z.isPresent() && z.getAsDouble() > 0 && frame.isPresent()) {
      double kpcPerArcsec = Cosmology.STANDARD.kpcPerArcsec(z.getAsDouble());
      side = OptionalDouble.of(frame.get().arcsecPerPixel() * kpcPerArcsec);
    }
    return new ImageScale(side, size, z);
  }

  private static OptionalDouble first(OptionalDouble a, OptionalDouble b) {
    return a.isPresent() ? a : b;
  }
}
