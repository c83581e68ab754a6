package org.clusternet.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clusternet.data.dataset.ImageTraits;
import org.clusternet.data.observation.PixelScale;
import org.clusternet.text.Json;
import org.junit.jupiter.api.Test;

class TrainingDomainTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();
  private static final double[] NO_FEATURES = {};

  private static ImageTraits traits(double kpc, double redshift, double range) {
    return new ImageTraits(
        OptionalDouble.of(kpc),
        NONE,
        OptionalDouble.of(redshift),
        NONE,
        NONE,
        "count",
        true,
        false,
        range);
  }

  private static final TrainingDomain PHOTONS =
      TrainingDomain.of(List.of(traits(4, 0.1, 3), traits(4.01, 0.3, 7), traits(4, 0.2, 4)), 256);

  @Test
  void rangesAreThoseOfTheTrainingImages() {
    assertEquals(new Spread(0.1, 0.2, 0.3), PHOTONS.redshift());
    assertEquals(new Spread(3, 4, 7), PHOTONS.lnRange());
    assertEquals(new Spread(1024, 1024, 4.01 * 256), PHOTONS.fieldKpc());
    assertNull(PHOTONS.psfKpc());
    assertEquals(List.of("count"), PHOTONS.units());
    assertEquals(1, PHOTONS.photons());
    assertEquals(0, PHOTONS.subtracted());
  }

  @Test
  void aScaleIsKnownIfItIsOneForAllImages() {
    assertEquals(Optional.of(new PixelScale(4, PixelScale.Unit.KPC)), PHOTONS.scale());
    TrainingDomain mixed = TrainingDomain.of(List.of(traits(4, 0.1, 3), traits(5, 0.1, 3)), 256);
    assertEquals(Optional.empty(), mixed.scale());
    ImageTraits sky =
        new ImageTraits(NONE, OptionalDouble.of(2.5), NONE, NONE, NONE, "", false, false, 3);
    assertEquals(
        Optional.of(new PixelScale(2.5, PixelScale.Unit.ARCSEC)),
        TrainingDomain.of(List.of(sky, sky), 256).scale());
  }

  @Test
  void anImageLikeTheTrainingImagesHasNoReason() {
    Likeness likeness = PHOTONS.compare(traits(4.2, 0.15, 5), NO_FEATURES);
    assertEquals(Likeness.Verdict.LIKE, likeness.verdict());
    assertEquals("", likeness.text());
    assertTrue(Double.isNaN(likeness.distance()));
  }

  @Test
  void whatIsOutsideIsNamedWithItsRange() {
    Likeness likeness = PHOTONS.compare(traits(12, 0.7, 14), NO_FEATURES);
    assertEquals(Likeness.Verdict.UNLIKE, likeness.verdict());
    assertEquals(
        "pixel in kpc=12.00 (trained on 4.000 to 4.010); redshift=0.7000 (trained on 0.1000 to"
            + " 0.3000); ln range=14.00 (trained on 3.000 to 7.000)",
        likeness.text());
  }

  @Test
  void noiseAndBackgroundAreCompared() {
    ImageTraits smooth = new ImageTraits(NONE, NONE, NONE, NONE, NONE, "", false, false, 5);
    ImageTraits reduced = new ImageTraits(NONE, NONE, NONE, NONE, NONE, "count", true, true, 5);
    TrainingDomain noiseFree = TrainingDomain.of(List.of(smooth), 256);
    assertEquals(
        "not known to be photons (trained on photons)",
        PHOTONS.compare(smooth, NO_FEATURES).text());
    assertEquals(
        "background subtracted (trained on images with background)",
        PHOTONS.compare(reduced, NO_FEATURES).text());
    assertEquals(
        "photons with their noise (trained on images without noise)",
        noiseFree.compare(reduced, NO_FEATURES).text());
  }

  @Test
  void itIsTheSameAfterReading() {
    String text = Json.write(PHOTONS);
    assertEquals(PHOTONS, Json.read(text, TrainingDomain.class, "test"));
    assertTrue(text.contains("\"ln_range\""), text);
  }
}
