package org.clusternet.predict;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.clusternet.data.DataException;
import org.clusternet.data.dataset.ImageScale;
import org.clusternet.data.image.SkyFrame;
import org.clusternet.data.morphology.Position;
import org.clusternet.data.observation.Framing;
import org.clusternet.data.observation.Observation;
import org.clusternet.data.observation.PixelScale;
import org.clusternet.data.observation.XrayPeaks;

/**
 * The part of an observation that a model is asked about. Its pixels are those that were asked for,
 * else those that the model was trained on, if the image's own are known and others; else the image
 * is taken as it is. Its middle is the place that was asked for, else the X-ray peak. An image that
 * is taken as it is keeps its own middle, as images do in training, and is warned of if its peak is
 * far away.
 *
 * @param framing the wanted pixels and the wanted place
 * @param middle the X-ray peak, where the field is cut around it
 * @param peak the X-ray peak in pixels of the image; empty if a place was asked for
 */
record ModelField(Framing framing, Optional<Position> middle, Optional<Position> peak) {
  /** Pixels whose sides differ by less are the same: images are trained on as they are. */
  private static final double SAME_SCALE = 1e-3;

  /** Distance of the peak from the middle, as a share of the field, that is warned of. */
  private static final double FAR = 0.125;

  /**
   * Chooses the field.
   *
   * @param answer receives warnings and the place
   * @param observation the observation
   * @param trained pixels that the model was trained on, if they are known
   * @param side side of the square that the model takes, in these pixels
   */
  static ModelField of(
      Answer answer, Observation observation, Optional<PixelScale> trained, int side) {
    Framing wanted = answer.input().framing();
    Optional<PixelScale> scale = wanted.scale();
    if (scale.isEmpty() && trained.isPresent() && !answer.input().asIs()) {
      scale = adopted(answer, observation, trained.get());
    }
    if (wanted.centre().isPresent()) {
      Framing framing = new Framing(scale, wanted.centre(), OptionalInt.of(side));
      return new ModelField(framing, Optional.empty(), Optional.empty());
    }
    OptionalDouble pixel = scale.isPresent() ? factor(answer, observation, scale.get()) : one();
    Optional<XrayPeaks> peaks =
        pixel.isPresent() ? XrayPeaks.find(observation, pixel.getAsDouble()) : Optional.empty();
    Optional<Position> peak = peaks.map(XrayPeaks::peak);
    peaks.ifPresent(found -> tell(answer, observation, found));
    if (scale.isEmpty()) {
      peak.ifPresent(p -> warnIfFar(answer, observation, p, side));
      return new ModelField(Framing.NONE, Optional.empty(), peak);
    }
    Framing framing = new Framing(scale, Optional.empty(), OptionalInt.of(side));
    return new ModelField(framing, peak, peak);
  }

  private static OptionalDouble one() {
    return OptionalDouble.of(1);
  }

  /** The model's pixels, if the image can be brought to them and does not have them already. */
  private static Optional<PixelScale> adopted(
      Answer answer, Observation observation, PixelScale trained) {
    OptionalDouble factor = factor(answer, observation, trained);
    if (factor.isEmpty()) {
      answer.warn(
          "taken as it is, with pixels that may not be those of the training images (%s): %s, or say with --as-is that they are"
              .formatted(trained, remedy(observation, trained)));
      return Optional.empty();
    }
    return Math.abs(factor.getAsDouble() - 1) < SAME_SCALE
        ? Optional.empty()
        : Optional.of(trained);
  }

  private static String remedy(Observation observation, PixelScale trained) {
    boolean placed = SkyFrame.of(observation.source().keywords()).isPresent();
    if (!placed) {
      return "it has no celestial coordinates; give its scale (kpc_per_pixel in a catalogue)";
    }
    return trained.unit() == PixelScale.Unit.KPC
        ? "its redshift is not known; give --redshift (or the column redshift)"
        : "give --scale";
  }

  /** Side of a wanted pixel in pixels of the image; empty if it is not known. */
  private static OptionalDouble factor(Answer answer, Observation observation, PixelScale wanted) {
    Optional<SkyFrame> frame = SkyFrame.of(observation.source().keywords());
    if (wanted.unit() == PixelScale.Unit.ARCSEC) {
      return frame.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(wanted.size() / frame.get().arcsecPerPixel());
    }
    ImageScale scale;
    try {
      scale = answer.input().scale().orElse(observation.source().keywords());
    } catch (IllegalArgumentException e) {
      throw new DataException(observation.file() + ": " + e.getMessage(), e);
    }
    return scale.kpcPerPixel().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(wanted.size() / scale.kpcPerPixel().getAsDouble());
  }

  private static void tell(Answer answer, Observation observation, XrayPeaks peaks) {
    answer.note("X-ray peak at " + words(observation, peaks.peak()));
    if (!peaks.rivals().isEmpty()) {
      List<String> rivals =
          peaks.rivals().stream()
              .map(r -> "%s (%.0f %%)".formatted(words(observation, r.position()), 100 * r.share()))
              .toList();
      answer.warn(
          "other places are nearly as bright as the X-ray peak, give --center if one of them is"
              + " meant: "
              + String.join(", ", rivals));
    }
  }

  /** The place in the sky where it is known, and the pixel as FITS counts it, from 1. */
  private static String words(Observation observation, Position at) {
    String pixel = String.format(Locale.ROOT, "pixel x=%.1f y=%.1f", at.x() + 1, at.y() + 1);
    return SkyFrame.of(observation.source().keywords())
        .flatMap(frame -> InputGrid.icrs(frame, at.x(), at.y()))
        .map(sky -> String.format(Locale.ROOT, "%.5f,%.5f, ", sky[0], sky[1]) + pixel)
        .orElse(pixel);
  }

  private static void warnIfFar(Answer answer, Observation observation, Position peak, int side) {
    double dx = peak.x() - (observation.light().width() - 1) / 2.0;
    double dy = peak.y() - (observation.light().height() - 1) / 2.0;
    if (Math.hypot(dx, dy) > FAR * side) {
      answer.warn(
          "the X-ray peak is %.0f pixels from the middle of the field, %s; give --center if it is the cluster"
              .formatted(Math.hypot(dx, dy), words(observation, peak)));
    }
  }
}
