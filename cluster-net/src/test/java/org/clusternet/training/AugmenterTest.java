package org.clusternet.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.clusternet.config.Augmentation;
import org.clusternet.data.image.Preprocessing;
import org.junit.jupiter.api.Test;

/** Small images of which every pixel is different, so that it shows where each has gone. */
class AugmenterTest {
  private static final int SIDE = 5;
  private static final int SAMPLES = 4000;

  private static float[] image() {
    float[] image = new float[SIDE * SIDE];
    for (int i = 0; i < image.length; i++) {
      image[i] = i;
    }
    return image;
  }

  /** How often each outcome occurs over many samples. */
  private static Map<String, Integer> outcomes(Augmentation augmentation) {
    Map<String, Integer> counts = new HashMap<>();
    for (int sample = 0; sample < SAMPLES; sample++) {
      counts.merge(Arrays.toString(changed(augmentation, 1, 1, sample)), 1, Integer::sum);
    }
    return counts;
  }

  private static float[] changed(Augmentation settings, long seed, int epoch, int sample) {
    return Augmenter.of(settings, SIDE, seed, epoch, sample).pixels(image());
  }

  private static float[] at(int[][] rows) {
    float[] pixels = new float[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        pixels[y * SIDE + x] = rows[y][x];
      }
    }
    return pixels;
  }

  @Test
  void anImageIsUnchangedWithoutAugmentation() {
    assertArrayEquals(image(), changed(Augmentation.NONE, 1, 2, 3));
  }

  @Test
  void flipsGiveTheFourMirrorImagesEquallyOften() {
    Map<String, Integer> counts = outcomes(new Augmentation(true, false, 0));
    assertEquals(4, counts.size());
    requireEqual(counts);
    int[][] both = {
      {24, 23, 22, 21, 20},
      {19, 18, 17, 16, 15},
      {14, 13, 12, 11, 10},
      {9, 8, 7, 6, 5},
      {4, 3, 2, 1, 0}
    };
    int[][] leftToRight = {
      {4, 3, 2, 1, 0},
      {9, 8, 7, 6, 5},
      {14, 13, 12, 11, 10},
      {19, 18, 17, 16, 15},
      {24, 23, 22, 21, 20}
    };
    assertTrue(counts.containsKey(Arrays.toString(image())));
    assertTrue(counts.containsKey(Arrays.toString(at(both))));
    assertTrue(counts.containsKey(Arrays.toString(at(leftToRight))));
  }

  @Test
  void rotationsGiveTheFourQuartersEquallyOften() {
    Map<String, Integer> counts = outcomes(new Augmentation(false, true, 0));
    assertEquals(4, counts.size());
    requireEqual(counts);
    int[][] quarter = {
      {20, 15, 10, 5, 0},
      {21, 16, 11, 6, 1},
      {22, 17, 12, 7, 2},
      {23, 18, 13, 8, 3},
      {24, 19, 14, 9, 4}
    };
    assertTrue(counts.containsKey(Arrays.toString(at(quarter))));
  }

  /** All symmetries of the square, of which flips and rotations together make each in two ways. */
  @Test
  void flipsAndRotationsGiveTheEightSymmetriesOfTheSquare() {
    Map<String, Integer> counts = outcomes(new Augmentation(true, true, 0));
    assertEquals(8, counts.size());
    requireEqual(counts);
  }

  @Test
  void shiftsRepeatTheEdge() {
    Map<String, Integer> counts = outcomes(new Augmentation(false, false, 1));
    assertEquals(9, counts.size());
    requireEqual(counts);
    int[][] rightAndDown = {
      {0, 0, 1, 2, 3}, {0, 0, 1, 2, 3}, {5, 5, 6, 7, 8}, {10, 10, 11, 12, 13}, {15, 15, 16, 17, 18}
    };
    assertTrue(counts.containsKey(Arrays.toString(at(rightAndDown))));
  }

  /** Within five standard deviations of a binomial. */
  private static void requireEqual(Map<String, Integer> counts) {
    double p = 1.0 / counts.size();
    double sigma = Math.sqrt(SAMPLES * p * (1 - p));
    counts.values().forEach(n -> assertEquals(SAMPLES * p, n, 5 * sigma));
  }

  @Test
  void changesDependOnSeedEpochAndSampleOnly() {
    Augmentation all = new Augmentation(true, true, 2);
    float[] once = changed(all, 1, 2, 3);
    assertArrayEquals(once, changed(all, 1, 2, 3));
    int same = 0;
    for (int i = 0; i < 100; i++) {
      same += Arrays.equals(once, changed(all, 1, 3 + i, 3)) ? 1 : 0;
      same += Arrays.equals(once, changed(all, 1, 2, 4 + i)) ? 1 : 0;
      same += Arrays.equals(once, changed(all, 2 + i, 2, 3)) ? 1 : 0;
    }
    assertTrue(same < 20, "of 300 others are the same: " + same);
  }

  /**
   * The peak is the only bright pixel. After the change there is a bright pixel at the changed
   * peak, and no other unless an edge was repeated; where the bright pixel was shifted out, the
   * peak is the pixel of the edge that is nearest to where it would be.
   */
  @Test
  void thePeakGoesWhereItsPixelGoes() {
    int shift = 2;
    Augmentation all = new Augmentation(true, true, shift);
    int shiftedOut = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
      Preprocessing.Peak peak = new Preprocessing.Peak(sample % SIDE, sample / SIDE % SIDE);
      float[] image = new float[SIDE * SIDE];
      image[peak.y() * SIDE + peak.x()] = 1;
      Augmenter change = Augmenter.of(all, SIDE, 1, 1, sample);
      float[] changed = change.pixels(image);
      Preprocessing.Peak moved = change.peak(peak);
      int argMax = argMax(changed);
      boolean atEdge = onEdge(peak.x()) || onEdge(peak.y());
      if (changed[argMax] == 0) {
        shiftedOut++;
        assertTrue(onEdge(moved.x()) || onEdge(moved.y()), change + " of " + peak);
      } else if (atEdge) {
        assertEquals(1, changed[moved.y() * SIDE + moved.x()], change + " of " + peak);
      } else {
        assertEquals(argMax, moved.y() * SIDE + moved.x(), change + " of " + peak);
      }
    }
    assertTrue(shiftedOut > 100, "shifted out: " + shiftedOut);
  }

  private static boolean onEdge(int coordinate) {
    return coordinate == 0 || coordinate == SIDE - 1;
  }

  private static int argMax(float[] pixels) {
    int best = 0;
    for (int i = 1; i < pixels.length; i++) {
      best = pixels[i] > pixels[best] ? i : best;
    }
    return best;
  }

  @Test
  void aNegativeShiftIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Augmentation(false, false, -1))
            .getMessage();
    assertEquals("shift=-1; it must be at least 0", message);
  }
}
