package org.clusternet.data.observation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clusternet.data.DataException;
import org.clusternet.data.image.FitsKeywords;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.PhotonNoise;
import org.clusternet.data.image.SkyFrame;
import org.clusternet.data.image.SourceImage;

/**
 * Adds exposures or detectors of one source (MOS1, MOS2 and pn; two ObsIDs) in the pixels of the
 * first: the surface brightness of the sum is (sum of counts - sum of backgrounds) / sum of
 * exposures, so that each part weighs by its exposure.
 *
 * <p>Counts and backgrounds are divided between pixels by the area that they share, exposures are
 * averaged by the same areas; so a constant surface brightness stays constant, whatever the gaps
 * and turns of the detectors. Exposure maps of detectors with different effective areas should be
 * in cm^2 s. Without exposure maps, only pixels that all parts cover have a value, because others
 * would lack counts.
 */
final class Exposures {
  /** The share of a pixel that must be covered; the rest is rounding. */
  private static final double COVERED = 0.999;

  private final SkyFrame frame;
  private final Observation first;
  private final boolean corrected;
  private final double[] counts;
  private final double[] exposure;
  private final double[] background;

  private Exposures(Observation first) {
    this.first = first;
    this.frame = frame(first);
    this.corrected = first.corrected();
    int pixels = first.light().pixels().length;
    counts = new double[pixels];
    exposure = new double[pixels];
    background = new double[pixels];
  }

  /**
   * The sum of observations.
   *
   * @param parts observations of the same source, at least one
   * @param minExposure share of the sum's greatest exposure below which a pixel counts as not
   *     exposed
   * @return their sum in the pixels of the first
   * @throws DataException if one has no celestial coordinates, or a map that another lacks
   */
  static Observation sum(List<Observation> parts, double minExposure) {
    Exposures sum = new Exposures(parts.get(0));
    parts.forEach(sum::add);
    return sum.observation(parts, minExposure);
  }

  private static SkyFrame frame(Observation part) {
    SkyFrame frame =
        SkyFrame.of(part.source().keywords())
            .orElseThrow(
                () ->
                    new DataException(
                        part.file()
                            + ": has no celestial coordinates (CTYPE, CDELT or CD), by which the"
                            + " exposures of its source are added; use FITS files with WCS"));
    frame
        .obstacle()
        .or(() -> frame.system().isPresent() ? Optional.empty() : Optional.of(frame.systemName()))
        .ifPresent(
            reason -> {
              throw new DataException(
                  part.file()
                      + ": its sky positions are not known ("
                      + reason
                      + "), by which the exposures of its source are added; reproject it to TAN");
            });
    return frame;
  }

  private void add(Observation part) {
    requireAlike(part, "exposure", corrected, part.corrected());
    requireAlike(part, "background", first.subtracted(), part.subtracted());
    int[] size = {part.light().width(), part.light().height()};
    int[] ours = {first.light().width(), first.light().height()};
    double[] light = part.light().pixels();
    double[] time = part.exposure().pixels();
    double[] dark = part.background().map(Image::pixels).orElseGet(() -> new double[light.length]);
    double[] covered = new double[counts.length];
    new PixelOverlap(frame(part), size, frame, ours)
        .forEach(
            (from, to, share, area) -> {
              if (!Double.isNaN(light[from])) {
                counts[to] += share * (light[from] + dark[from]);
                background[to] += share * dark[from];
                covered[to] += area;
                exposure[to] += corrected ? area * time[from] : 0;
              }
            });
    for (int i = 0; i < counts.length && !corrected; i++) {
      counts[i] = covered[i] > COVERED ? counts[i] : Double.NaN;
    }
  }

  private void requireAlike(Observation part, String map, boolean one, boolean other) {
    if (one != other) {
      throw new DataException(
          "%s: %s=%s, but %s=%s for %s of the same source; give such maps for all of them or for none"
              .formatted(part.file(), map, given(other), map, given(one), first.file()));
    }
  }

  private static String given(boolean map) {
    return map ? "given" : "none";
  }

  private Observation observation(List<Observation> parts, double minExposure) {
    int width = first.light().width();
    int height = first.light().height();
    Map<String, Object> keywords = new HashMap<>(first.source().keywords().values());
    boolean photons =
        parts.stream().allMatch(p -> p.noise().filter(PhotonNoise.COUNTS::equals).isPresent());
    if (photons) {
      keywords.put("BUNIT", "count");
    }
    return Observation.of(
        first.file(),
        new SourceImage(new Image(width, height, counts), new FitsKeywords(keywords)),
        corrected ? Optional.of(new Image(width, height, exposure)) : Optional.empty(),
        first.subtracted() ? Optional.of(new Image(width, height, background)) : Optional.empty(),
        minExposure);
  }
}
