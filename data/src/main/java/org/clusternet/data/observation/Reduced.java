package org.clusternet.data.observation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.clusternet.data.DataException;
import org.clusternet.data.dataset.ImageScale;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.LinearAxes;
import org.clusternet.data.image.PhotonNoise;
import org.clusternet.data.image.Regrid;
import org.clusternet.data.image.SkyFrame;
import org.clusternet.data.morphology.Position;
import org.clusternet.data.sky.CelestialSystem;

/**
 * The surface brightness of an observation in the wanted pixels.
 *
 * <p>Counts and exposures are averaged over new pixels separately and then divided, so that each
 * pixel is weighted by its exposure: with the mean of ratios, one photon in a barely exposed edge
 * could outshine the cluster. The unit remains that of a pixel of the original image.
 *
 * @param image the surface brightness; NaN where nothing was observed
 * @param frame its position in the sky, if the original has one
 * @param linear its other coordinates, such as kpc, if the original has them
 * @param scale its physical scale, as far as known
 * @param observation the observation it was made from
 * @param noise its noise, if it is known to be photons
 * @param masked share of each pixel that was masked as point sources, if any were looked for
 */
public record Reduced(
    Image image,
    Optional<SkyFrame> frame,
    Optional<LinearAxes> linear,
    ImageScale scale,
    Observation observation,
    Optional<PhotonNoise> noise,
    Optional<Image> masked) {
  private static final double SQUARE = 1.01;

  /**
   * Reduces an observation.
   *
   * @param observation the observation
   * @param framing the wanted part and pixels
   * @param known the scale as far as known from elsewhere; the header completes it
   * @return the image
   * @throws DataException if the framing needs what the image does not have: celestial coordinates
   *     (of square pixels) for an angle or a position, a redshift for kpc; or if the position is
   *     outside the image
   */
  public static Reduced of(Observation observation, Framing framing, ImageScale known) {
    return of(observation, framing, known, Optional.empty());
  }

  /**
   * Reduces an observation, around a pixel instead of its middle.
   *
   * @param observation the observation
   * @param framing the wanted part and pixels
   * @param known the scale as far as known from elsewhere; the header completes it
   * @param middle the middle of the wanted part, in pixels of the image from 0 at the centre of the
   *     first; a centre of the framing goes before it; empty for the middle of the image
   * @return the image
   * @throws DataException as the other method
   */
  public static Reduced of(
      Observation observation, Framing framing, ImageScale known, Optional<Position> middle) {
    Optional<SkyFrame> frame = SkyFrame.of(observation.source().keywords());
    Optional<LinearAxes> linear = LinearAxes.of(observation.source().keywords());
    ImageScale scale;
    try {
      scale = known.orElse(observation.source().keywords());
    } catch (IllegalArgumentException e) {
      throw new DataException(observation.file() + ": " + e.getMessage(), e);
    }
    if (framing.equals(Framing.NONE)) {
      return new Reduced(
          divide(observation.light(), observation),
          frame,
          linear,
          scale,
          observation,
          noise(observation, observation.exposure(), observation.background(), 1),
          observation.masked());
    }
    double factor =
        framing.scale().isPresent() ? factor(framing.scale().get(), frame, scale, observation) : 1;
    Regrid regrid = grid(observation, framing, frame, factor, middle);
    Image light = regrid.apply(observation.light());
    Image exposure = regrid.apply(observation.exposure());
    return new Reduced(
        ratio(light, exposure),
        frame.map(f -> f.resampled(factor, regrid.startX(), regrid.startY())),
        linear.map(axes -> axes.resampled(factor, regrid.startX(), regrid.startY())),
        scaled(scale, factor),
        observation,
        noise(observation, exposure, observation.background().map(regrid::apply), factor * factor),
        observation.masked().map(regrid::apply));
  }

  /** The noise in new pixels, each the mean of {@code area} old ones. */
  private static Optional<PhotonNoise> noise(
      Observation observation, Image exposure, Optional<Image> background, double area) {
    if (observation.noise().isEmpty() || !(observation.corrected() || observation.subtracted())) {
      return observation.noise().map(noise -> noise.averaged(area));
    }
    PhotonNoise counts = observation.noise().get().averaged(area);
    double[] time = exposure.pixels();
    int[] exposed = IntStream.range(0, time.length).filter(i -> time[i] > 0).toArray();
    double typical = median(Arrays.stream(exposed).mapToDouble(i -> time[i]));
    if (!(typical > 0)) {
      return Optional.of(PhotonNoise.UNKNOWN);
    }
    double dark =
        background
            .map(
                b ->
                    median(
                        Arrays.stream(exposed).mapToDouble(i -> deviation(b, counts, i) / time[i])))
            .orElse(0.0);
    double before = counts.deviation() / typical;
    return Optional.of(new PhotonNoise(counts.photon() / typical, Math.hypot(before, dark)));
  }

  /** Standard deviation of a background's photons in a pixel, in the unit of the image. */
  private static double deviation(Image background, PhotonNoise counts, int pixel) {
    return Math.sqrt(Math.max(0, background.pixels()[pixel]) * counts.photon());
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.filter(Double::isFinite).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  private static Image divide(Image light, Observation observation) {
    return observation.corrected() ? ratio(light, observation.exposure()) : light;
  }

  private static Image ratio(Image light, Image exposure) {
    double[] pixels = light.pixels().clone();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] /= exposure.pixels()[i];
    }
    return new Image(light.width(), light.height(), pixels);
  }

  private static ImageScale scaled(ImageScale scale, double factor) {
    OptionalDouble kpc = scale.kpcPerPixel();
    return new ImageScale(
        kpc.isPresent() ? OptionalDouble.of(kpc.getAsDouble() * factor) : kpc,
        scale.r500(),
        scale.redshift());
  }

  private static double factor(
      PixelScale wanted, Optional<SkyFrame> frame, ImageScale scale, Observation observation) {
    if (frame.isPresent() && frame.get().elongation() > SQUARE) {
      throw new DataException(
          "%s: its pixels are not square (%.3f to 1); resample it to square ones first"
              .formatted(observation.file(), frame.get().elongation()));
    }
    if (wanted.unit() == PixelScale.Unit.ARCSEC) {
      if (frame.isEmpty()) {
        throw new DataException(
            observation.file()
                + ": has no celestial coordinates (CTYPE, CDELT or CD), so scale="
                + wanted
                + " cannot be applied; give the scale in kpc with kpc_per_pixel, or use a FITS file"
                + " with WCS");
      }
      return wanted.size() / frame.get().arcsecPerPixel();
    }
    if (scale.kpcPerPixel().isPresent()) {
      return wanted.size() / scale.kpcPerPixel().getAsDouble();
    }
    if (scale.redshift().isEmpty()) {
      throw new DataException(
          observation.file()
              + ": its redshift is not known, so scale="
              + wanted
              + " cannot be applied; give the redshift, or the scale in arcsec");
    }
    throw new DataException(
        observation.file()
            + ": has no celestial coordinates (CTYPE, CDELT or CD), so redshift="
            + scale.redshift().getAsDouble()
            + " gives no scale; give kpc_per_pixel, or use a FITS file with WCS");
  }

  private static Regrid grid(
      Observation observation,
      Framing framing,
      Optional<SkyFrame> frame,
      double factor,
      Optional<Position> middle) {
    Image image = observation.light();
    double x = middle.map(Position::x).orElse((image.width() - 1) / 2.0);
    double y = middle.map(Position::y).orElse((image.height() - 1) / 2.0);
    if (framing.centre().isPresent()) {
      double[] place = place(observation, framing.centre().get(), frame);
      x = place[0];
      y = place[1];
    }
    int width = framing.size().orElse((int) Math.max(1, Math.floor(image.width() / factor)));
    int height = framing.size().orElse((int) Math.max(1, Math.floor(image.height() / factor)));
    if (factor == 1) {
      // Pixels of the same size are copied, not averaged: the nearest grid without resampling.
      x = Math.rint(x - (width - 1) / 2.0) + (width - 1) / 2.0;
      y = Math.rint(y - (height - 1) / 2.0) + (height - 1) / 2.0;
    }
    try {
      return Regrid.around(factor, x, y, width, height);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          observation.file() + ": " + e.getMessage() + "; choose a coarser scale or a size", e);
    }
  }

  private static double[] place(
      Observation observation, SkyPlace wanted, Optional<SkyFrame> frame) {
    if (frame.isEmpty()) {
      throw new DataException(
          "%s: has no celestial coordinates (CTYPE, CRVAL, CRPIX, CDELT or CD) in which ra=%s dec=%s can be found; omit the position"
              .formatted(observation.file(), wanted.ra(), wanted.dec()));
    }
    SkyFrame sky = frame.get();
    Optional<String> obstacle =
        sky.system().isEmpty() ? Optional.of("system " + sky.systemName()) : sky.obstacle();
    if (obstacle.isPresent()) {
      throw new DataException(
          "%s: ra=%s dec=%s cannot be found in coordinates of %s; omit the position, or reproject the image to RA---TAN and DEC--TAN"
              .formatted(observation.file(), wanted.ra(), wanted.dec(), obstacle.get()));
    }
    Optional<double[]> place = sky.pixelOf(CelestialSystem.ICRS, wanted.ra(), wanted.dec());
    if (place.isEmpty()) {
      throw new DataException(
          "%s: ra=%s dec=%s is in a part of the sky that its projection does not show; correct the position"
              .formatted(observation.file(), wanted.ra(), wanted.dec()));
    }
    Image image = observation.light();
    double[] at = place.get();
    if (at[0] < -0.5
        || at[0] > image.width() - 0.5
        || at[1] < -0.5
        || at[1] > image.height() - 0.5) {
      throw new DataException(
          "%s: ra=%s dec=%s is outside the image, at pixel x=%.1f y=%.1f of %d x %d in coordinates of %s; correct the position"
              .formatted(
                  observation.file(),
                  wanted.ra(),
                  wanted.dec(),
                  at[0],
                  at[1],
                  image.width(),
                  image.height(),
                  sky.systemName()));
    }
    return at;
  }

  /**
   * The keywords of the image as a FITS file.
   *
   * @return position in the sky, scale and processing
   */
  public List<Card> cards() {
    List<Card> cards = new ArrayList<>();
    frame.ifPresent(f -> cards.addAll(f.cards()));
    linear.ifPresent(axes -> cards.addAll(axes.cards()));
    scale.kpcPerPixel().ifPresent(v -> cards.add(new Card("PIXKPC", v, "[kpc] side of a pixel")));
    if (scale.kpcPerPixel().isPresent()) {
      scale.r500().ifPresent(v -> cards.add(new Card("R500", v, "[kpc]")));
    }
    scale.redshift().ifPresent(v -> cards.add(new Card("REDSHIFT", v, "")));
    if (!observation.corrected()) {
      observation
          .source()
          .keywords()
          .text("BUNIT")
          .filter(u -> u.length() <= 60 && u.chars().allMatch(c -> c >= ' ' && c <= '~'))
          .ifPresent(u -> cards.add(new Card("BUNIT", u.replace("'", ""), "")));
    }
    noise.ifPresent(n -> cards.addAll(n.cards()));
    if (masked.isPresent()) {
      cards.add(new Card("SRCMASK", true, "point sources filled"));
    }
    cards.add(new Card("EXPCORR", observation.corrected(), "divided by exposure"));
    cards.add(new Card("BKGSUB", observation.subtracted(), "background subtracted"));
    return cards;
  }
}
