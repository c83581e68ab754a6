package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.clusternet.nn.safetensors.SafetensorsFile;

/** The arrays of a prediction and what must hold between them (paper, Eq. 1 to 8). */
record PredictionArrays(SafetensorsFile file) {
  private static final int SIZE = 64;

  double[] get(String key) throws IOException {
    return file.get(key).values();
  }

  double[] probabilities() throws IOException {
    double[] weights = Arrays.stream(get("logits_fusion")).map(Math::exp).toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(w -> w / sum).toArray();
  }

  void requireConsistent(double tau1, double tau2) throws IOException {
    assertEquals(
        Set.of(
            "input",
            "feature_map",
            "cam",
            "h1",
            "b1",
            "h2",
            "b2",
            "mask",
            "box",
            "crop",
            "logits_primary",
            "logits_auxiliary",
            "logits_fusion"),
        file.keys());
    assertEquals(List.of(1L, 512L, 2L, 2L), file.get("feature_map").shape());
    assertEquals(List.of(1L, 3L, 64L, 64L), file.get("crop").shape());
    requireHeatMap("h1");
    requireHeatMap("h2");
    requireThreshold("h1", "b1", tau1);
    requireThreshold("h2", "b2", tau2);
    double[] b1 = get("b1");
    double[] b2 = get("b2");
    double[] mask = get("mask");
    int[] box = {SIZE, SIZE, -1, -1};
    for (int i = 0; i < mask.length; i++) {
      assertEquals(Math.max(b1[i], b2[i]), mask[i], "union at " + i);
      if (mask[i] == 1) {
        box[0] = Math.min(box[0], i % SIZE);
        box[1] = Math.min(box[1], i / SIZE);
        box[2] = Math.max(box[2], i % SIZE);
        box[3] = Math.max(box[3], i / SIZE);
      }
    }
    assertArrayEquals(Arrays.stream(box).asDoubleStream().toArray(), get("box"));
    requireGaussianAtTheBrightestPixel();
  }

  private void requireHeatMap(String key) throws IOException {
    assertEquals(0, Arrays.stream(get(key)).min().orElseThrow(), key);
    assertEquals(1, Arrays.stream(get(key)).max().orElseThrow(), key);
  }

  private void requireThreshold(String map, String mask, double tau) throws IOException {
    double[] expected = Arrays.stream(get(map)).map(h -> h >= (float) tau ? 1 : 0).toArray();
    assertArrayEquals(expected, get(mask), mask);
  }

  private void requireGaussianAtTheBrightestPixel() throws IOException {
    int brightest = argMax(DoubleStream.of(get("input")).limit(SIZE * SIZE).toArray());
    assertEquals(brightest, argMax(get("h2")));
  }

  private static int argMax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
