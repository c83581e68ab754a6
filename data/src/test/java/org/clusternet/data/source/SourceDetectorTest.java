package org.clusternet.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.clusternet.data.DataException;
import org.clusternet.data.Refused;
import org.clusternet.data.image.FitsKeywords;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.PhotonNoise;
import org.clusternet.data.image.SourceImage;
import org.clusternet.data.random.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clusters of beta models with photon noise and sources put in at known places. */
class SourceDetectorTest {
  private static final int SIDE = 192;
  private static final double PSF = 1.3;

  /** A source at a place, with the photons that are expected of it. */
  private record Injected(double x, double y, double photons) {
    private boolean isAt(SourceDetector.Source source) {
      return Math.hypot(source.x() - x, source.y() - y) <= 2.5;
    }
  }

  private static final double CENTRE_X = 100;
  private static final double CENTRE_Y = 90;

  private static double distance(int pixel, double x, double y) {
    int row = pixel / SIDE;
    return Math.hypot(pixel % SIDE - x, row - y);
  }

  /** A beta model of beta = 2/3: photons a pixel at the centre and core radius in pixels. */
  private static double[] cluster(double peak, double core, double background) {
    double[] expected = new double[SIDE * SIDE];
    for (int i = 0; i < expected.length; i++) {
      double r = distance(i, CENTRE_X, CENTRE_Y) / core;
      expected[i] = background + peak * Math.pow(1 + r * r, -1.5);
    }
    return expected;
  }

  private static void inject(double[] expected, Injected source) {
    for (int i = 0; i < expected.length; i++) {
      double d = distance(i, source.x(), source.y()) / PSF;
      expected[i] += source.photons() / (2 * Math.PI * PSF * PSF) * Math.exp(-d * d / 2);
    }
  }

  private static SourceField photons(double[] expected, CounterRandom random) {
    double[] drawn = new double[expected.length];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = expected[i] > 0 ? PoissonSampler.of(random, expected[i]).sample() : 0;
    }
    return counts(drawn, Map.of("BUNIT", "count"));
  }

  private static SourceField counts(double[] pixels, Map<String, Object> keywords) {
    Image light = new Image(SIDE, pixels.length / SIDE, pixels);
    double[] time = new double[pixels.length];
    Arrays.fill(time, 1);
    FitsKeywords header = new FitsKeywords(keywords);
    return new SourceField(
        Path.of("counts.fits"),
        header,
        light,
        new Image(SIDE, light.height(), time),
        Optional.empty(),
        PhotonNoise.of(new SourceImage(light, header)));
  }

  private static List<Injected> sources(CounterRandom random, double photons) {
    List<Injected> sources = new ArrayList<>();
    while (sources.size() < 8) {
      double x = 8 + random.nextDouble() * (SIDE - 16);
      double y = 8 + random.nextDouble() * (SIDE - 16);
      boolean apart = sources.stream().noneMatch(s -> Math.hypot(s.x() - x, s.y() - y) < 16);
      if (apart && Math.hypot(x - CENTRE_X, y - CENTRE_Y) > 45) {
        sources.add(new Injected(x, y, photons));
      }
    }
    return sources;
  }

  /**
   * Completeness and false sources of six images each, with a background of 0.05 to 1 photon a
   * pixel. The bounds are what users rely on: bright sources are found, faint ones may be missed,
   * and at five sigma at most one place in six images is false.
   */
  @ParameterizedTest
  @CsvSource({"0.05, 40, 0.97", "0.05, 15, 0.5", "0.3, 60, 0.95", "1, 100, 0.95", "0.05, 1000, 1"})
  void sourcesAreFoundAndLittleElse(double background, double photons, double complete) {
    int found = 0;
    int injected = 0;
    int wrong = 0;
    int images = 6;
    for (int n = 0; n < images; n++) {
      CounterRandom random = new CounterRandom(n, "sources");
      double[] expected = cluster(10, 4 + n, background);
      List<Injected> sources = sources(random, photons);
      sources.forEach(s -> inject(expected, s));
      SourceDetector.Found result = SourceDetector.of(photons(expected, random), 5);
      for (Injected source : sources) {
        found += result.sources().stream().anyMatch(source::isAt) ? 1 : 0;
      }
      wrong +=
          (int)
              result.sources().stream()
                  .filter(s -> sources.stream().noneMatch(i -> i.isAt(s)))
                  .count();
      injected += sources.size();
    }
    System.out.printf(
        "background=%s photons=%s: completeness=%.3f false per image=%.3f%n",
        background, photons, (double) found / injected, (double) wrong / images);
    assertTrue(found >= complete * injected, "found " + found + " of " + injected);
    assertTrue(wrong <= 1, "false: " + wrong);
  }

  /** Cores of one to eight pixels, faint and bright: the X-ray peak is as compact as a source. */
  @ParameterizedTest
  @CsvSource({"1, 3000", "2, 2000", "3, 300", "5, 100", "8, 40"})
  void coreOfTheClusterStays(double core, double peak) {
    CounterRandom random = new CounterRandom((long) core, "core");
    double[] expected = cluster(peak, core, 0.1);
    double[] wide = cluster(5, 25, 0);
    for (int i = 0; i < wide.length; i++) {
      expected[i] += wide[i];
    }
    // An active nucleus far brighter than the core, elsewhere in the cluster.
    Injected nucleus = new Injected(60, 130, 20_000);
    inject(expected, nucleus);
    SourceField field = photons(expected, random);
    SourceDetector.Found found = SourceDetector.of(field, 5);
    assertTrue(found.sources().stream().anyMatch(nucleus::isAt), "the nucleus is found");
    for (int i = 0; i < expected.length; i++) {
      if (distance(i, CENTRE_X, CENTRE_Y) <= 12) {
        assertTrue(!found.mask()[i], "pixel of the core, " + i);
      }
    }
  }

  /** A second cluster is extended, and neither it nor the edge of the field is a source. */
  @Test
  void extendedLightAndEdgesAreNoSources() {
    CounterRandom random = new CounterRandom(3, "extended");
    double[] expected = cluster(20, 15, 2);
    for (int i = 0; i < expected.length; i++) {
      double r = distance(i, 45, 140) / 12;
      expected[i] += 8 * Math.pow(1 + r * r, -1.5);
      boolean outside = distance(i, 95.5, 95.5) > 85 || i % SIDE == 150;
      expected[i] = outside ? 0 : expected[i];
    }
    assertEquals(List.of(), SourceDetector.of(photons(expected, random), 5).sources());
  }

  /** A 1000-photon source is removed: what remains in its place is what surrounds it. */
  @Test
  void removedSourceLeavesNoLight() {
    CounterRandom random = new CounterRandom(4, "removal");
    double[] expected = cluster(10, 10, 0.5);
    Injected source = new Injected(30, 150, 1000);
    inject(expected, source);
    SourceField field = photons(expected, random);
    SourceRemoval removal = new SourceRemoval(Optional.empty(), OptionalDouble.of(5));
    SourceRemoval.Cleaned removed = removal.apply(field);
    double before = 0;
    double after = 0;
    double nothing = 0;
    double[] clean = cluster(10, 10, 0.5);
    for (int i = 0; i < expected.length; i++) {
      if (distance(i, 30, 150) <= 8) {
        before += field.light().pixels()[i];
        after += removed.light().pixels()[i];
        nothing += clean[i];
      }
    }
    assertTrue(before > nothing + 900, "before " + before);
    // Five standard deviations of the photons of 201 pixels, and two percent of the source.
    assertEquals(nothing, after, 5 * Math.sqrt(nothing) + 20);
    assertTrue(removed.notes().get(0).startsWith("point sources detected=1 "), "log");
    assertTrue(removed.mask()[150 * SIDE + 30]);
  }

  /** Li and Ma's significance worked out in Python from their Eq. 17. */
  @Test
  void significanceIsThatOfLiAndMa() {
    assertEquals(2.4181191879481996, SourceDetector.likelihoodRatio(20, 40, 0.25), 1e-9);
    assertEquals(4.011780044361979, SourceDetector.likelihoodRatio(5, 0, 0.25), 1e-9);
    assertEquals(0, SourceDetector.likelihoodRatio(10, 40, 0.25));
  }

  @Test
  void imagesThatAreNoPhotonsAreNamed() {
    double[] smooth = cluster(10, 10, 0.123);
    DataException e =
        assertThrows(DataException.class, () -> SourceDetector.of(counts(smooth, Map.of()), 5));
    assertTrue(String.valueOf(e.getMessage()).startsWith("counts.fits: is not known to be"));
    String message =
        Refused.message(() -> new SourceRemoval(Optional.empty(), OptionalDouble.of(2.5)));
    assertTrue(message.contains("source-sigma=2.5"), message);
  }
}
