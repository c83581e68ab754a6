package org.clusternet.data.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.clusternet.data.SharedData;
import org.clusternet.data.dataset.ImageScale;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.ImageFile;
import org.clusternet.data.image.LogFloor;
import org.clusternet.data.image.PhotonNoise;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.random.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A bright cool core, seen in photons through a vignetted field on a background that is known
 * exactly: subtracting it must not cost the contrast of core and sky.
 */
class SubtractedBackgroundTest {
  private static final int SIDE = 128;
  private static final Preprocessing AUTO = new Preprocessing(SIDE, SIDE / 4, LogFloor.AUTO);
  private static final Preprocessing PAPER = new Preprocessing(SIDE, SIDE / 4);

  @TempDir Path folder;

  /** Distance of a pixel from the middle of the image. */
  private static double radius(int i) {
    int row = i / SIDE;
    return Math.hypot(i % SIDE - 63.5, row - 63.5);
  }

  /** Exposure at a pixel in seconds: half of the centre's at the corners' distance of 64 pixels. */
  private static double exposure(int i) {
    double radius = radius(i);
    return 2e4 / (1 + radius * radius / (64.0 * 64.0));
  }

  private Path write(String name, double[] pixels) {
    Path file = folder.resolve(name);
    FitsFile.write(file, new Image(SIDE, SIDE, pixels), List.of());
    return file;
  }

  /** Counts, exposure and background: a beta model of 6 pixels core radius, beta = 2/3. */
  private Observation.Files observe(double photons, double background, boolean subtract) {
    double[] sky = new double[SIDE * SIDE];
    double[] time = new double[sky.length];
    double[] dark = new double[sky.length];
    CounterRandom random = new CounterRandom(3, "counts");
    for (int i = 0; i < sky.length; i++) {
      double radius = radius(i);
      time[i] = exposure(i);
      dark[i] = background * time[i] / 2e4;
      double mean = photons * Math.pow(1 + radius * radius / 36, -1.5) / (2 * Math.PI * 36);
      sky[i] = PoissonSampler.of(random, mean * time[i] / 2e4 + dark[i] + 1e-9).sample();
    }
    return new Observation.Files(
        write("counts.fits", sky),
        Optional.of(write("exposure.fits", time)),
        subtract ? Optional.of(write("background.fits", dark)) : Optional.empty(),
        1);
  }

  private static Preprocessing.Input prepare(Preprocessing preprocessing, Reduced reduced) {
    return preprocessing.apply(reduced.image(), reduced.noise(), "a.fits");
  }

  private static Reduced reduce(Observation.Files files) {
    return Reduced.of(Observation.read(files, note -> {}), Framing.NONE, ImageScale.UNKNOWN);
  }

  /** Core less sky: the mean of the four middle pixels less the median of all. */
  private static double contrast(Preprocessing.Input input) {
    int n = input.size();
    float[] pixels = input.pixels();
    int at = (n / 2 - 1) * (n + 1);
    double[] all = new double[n * n];
    Arrays.setAll(all, i -> pixels[i]);
    Arrays.sort(all);
    return (pixels[at] + pixels[at + 1] + pixels[at + n] + pixels[at + n + 1]) / 4.0
        - all[n * n / 2];
  }

  @ParameterizedTest
  @CsvSource({"3000, 0.02", "3000, 0.3", "30000, 0.3", "30000, 3", "300000, 1"})
  void subtractionKeepsTheContrastOfACoolCore(double photons, double background) {
    Preprocessing.Input whole = prepare(AUTO, reduce(observe(photons, background, false)));
    Reduced subtracted = reduce(observe(photons, background, true));
    Preprocessing.Input less = prepare(AUTO, subtracted);
    // Above the noise, subtraction moves the sky down by ln of a few at most; the accident of
    // cancellation that the paper's rule takes for the sky lies far below.
    assertEquals(whole.range(), less.range(), 1);
    // Where the background is faint both images are nearly the same, to some thousandths.
    assertTrue(
        contrast(less) > contrast(whole) - 0.005, () -> contrast(less) + " " + contrast(whole));
    Preprocessing.Input paper = prepare(PAPER, subtracted);
    assertTrue(less.range() < paper.range() - 0.5, () -> less.range() + " " + paper.range());
  }

  @Test
  void theNoiseIsThatOfThePhotonsInTheImagesUnit() {
    Reduced reduced = reduce(observe(3000, 0.3, true));
    double[] time =
        DoubleStream.iterate(0, i -> i + 1)
            .limit(SIDE * SIDE)
            .map(i -> exposure((int) i))
            .sorted()
            .toArray();
    double middle = time[time.length / 2];
    PhotonNoise noise = reduced.noise().orElseThrow();
    assertEquals(1 / middle, noise.photon(), 1e-6 / middle);
    // sqrt(B) / exposure, B being proportional to the exposure.
    assertEquals(Math.sqrt(0.3 / 2e4 / middle), noise.deviation(), 1e-3 * noise.deviation());
    // The dataset's file keeps it, so that training begins the logarithm where prediction does.
    Path file = folder.resolve("dataset.fits");
    FitsFile.write(file, reduced.image(), reduced.cards());
    assertEquals(reduced.noise(), PhotonNoise.of(ImageFile.open(file)));
  }

  @Test
  void theCasesRangeIsThatOfItsPhotons() {
    Path counts =
        SharedData.require("cases/observations/background-subtracted-ln-range/counts.fits.gz");
    Path background = counts.resolveSibling("background.fits.gz");
    Preprocessing.Input whole =
        prepare(AUTO, reduce(new Observation.Files(counts, Optional.empty(), Optional.empty(), 1)));
    Reduced subtracted =
        reduce(new Observation.Files(counts, Optional.empty(), Optional.of(background), 1));
    assertEquals(whole.range(), prepare(AUTO, subtracted).range(), 1);
    assertTrue(prepare(PAPER, subtracted).range() > whole.range() + 3);
  }
}
