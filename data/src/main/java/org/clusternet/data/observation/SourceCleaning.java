package org.clusternet.data.observation;

import java.util.Optional;
import java.util.function.Consumer;
import org.clusternet.data.image.Image;
import org.clusternet.data.source.SourceField;
import org.clusternet.data.source.SourceRemoval;

/**
 * Removes point sources from an observation, between reading and reduction: in the pixels of the
 * telescope, where the point-spread function is known and photons are counted.
 */
final class SourceCleaning {
  private SourceCleaning() {}

  /**
   * An observation without its point sources.
   *
   * @param observed the observation
   * @param removal which sources are removed
   * @param notes receives lines on how many there were
   * @return the observation, with the masked pixels filled by what surrounds them
   * @throws org.clusternet.data.DataException if the region file cannot be used, the image has no
   *     photons to detect sources in, or the mask covers all of the image
   */
  static Observation apply(Observation observed, SourceRemoval removal, Consumer<String> notes) {
    if (removal.equals(SourceRemoval.NONE)) {
      return observed;
    }
    SourceRemoval.Cleaned cleaned =
        removal.apply(
            new SourceField(
                observed.file(),
                observed.source().keywords(),
                observed.light(),
                observed.exposure(),
                observed.background(),
                observed.noise()));
    cleaned.notes().forEach(notes);
    double[] mask = new double[cleaned.mask().length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = cleaned.mask()[i] ? 1 : 0;
    }
    Image light = cleaned.light();
    return new Observation(
        observed.file(),
        observed.source(),
        light,
        observed.exposure(),
        observed.background(),
        observed.noise(),
        Optional.of(new Image(light.width(), light.height(), mask)),
        observed.corrected(),
        observed.nonFinite(),
        observed.unexposed());
  }
}
