package org.clusternet.data.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.clusternet.data.image.Image;

/**
 * Fills masked pixels by the mean surface brightness of what surrounds them.
 *
 * <p>Each connected group of masked pixels gets one value: the light over the exposure of the
 * unmasked, observed pixels around it, times the exposure of the pixel that is filled. Rings one
 * pixel wide are taken until they have as many pixels as the group, and {@value #AT_LEAST} at
 * least, so that the value is as certain as the sky that was lost; near a cluster the mean of a
 * ring around a place is that of the place, but for the curvature of its profile. The fill is the
 * mean and not a draw of photons, so that the same image gives the same answer. Pixels without a
 * value stay so.
 */
final class MaskedPixels {
  private static final int AT_LEAST = 16;
  private static final int[][] STEPS = {
    {1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {1, -1}, {-1, 1}, {-1, -1}
  };

  private final boolean[] mask;
  private final int width;
  private final int height;

  MaskedPixels(boolean[] mask, int width, int height) {
    this.mask = mask;
    this.width = width;
    this.height = height;
  }

  /**
   * The light with the masked pixels filled.
   *
   * @param light the light; NaN where there is no value
   * @param exposure the exposure of each pixel
   * @throws IllegalArgumentException if no observed pixel is left outside the mask
   */
  Image fill(Image light, Image exposure) {
    double[] filled = light.pixels().clone();
    for (List<Integer> group : groups()) {
      double brightness = around(group, light.pixels(), exposure.pixels());
      for (int pixel : group) {
        if (Double.isFinite(filled[pixel])) {
          filled[pixel] = brightness * exposure.pixels()[pixel];
        }
      }
    }
    return new Image(width, height, filled);
  }

  /** Groups of masked pixels that touch at a side or a corner. */
  List<List<Integer>> groups() {
    List<List<Integer>> groups = new ArrayList<>();
    boolean[] seen = new boolean[mask.length];
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] && !seen[i]) {
        seen[i] = true;
        List<Integer> group = new ArrayList<>(List.of(i));
        for (int k = 0; k < group.size(); k++) {
          for (int next : neighbours(group.get(k), STEPS.length)) {
            if (next >= 0 && mask[next] && !seen[next]) {
              seen[next] = true;
              group.add(next);
            }
          }
        }
        groups.add(group);
      }
    }
    return groups;
  }

  private double around(List<Integer> group, double[] light, double[] exposure) {
    boolean[] seen = new boolean[mask.length];
    group.forEach(pixel -> seen[pixel] = true);
    Deque<Integer> ring = new ArrayDeque<>(group);
    int wanted = Math.max(AT_LEAST, group.size());
    int found = 0;
    double sum = 0;
    double time = 0;
    // Neighbours at sides and at sides and corners in turn: the rings grow nearly round.
    for (int directions = STEPS.length; found < wanted && !ring.isEmpty(); directions ^= 12) {
      Deque<Integer> outer = new ArrayDeque<>();
      for (int pixel : ring) {
        for (int next : neighbours(pixel, directions)) {
          if (next >= 0 && !seen[next]) {
            seen[next] = true;
            outer.add(next);
            if (!mask[next] && Double.isFinite(light[next])) {
              sum += light[next];
              time += exposure[next];
              found++;
            }
          }
        }
      }
      ring = outer;
    }
    if (found == 0) {
      throw new IllegalArgumentException("the mask covers every pixel that was observed");
    }
    return sum / time;
  }

  private int[] neighbours(int pixel, int directions) {
    int[] neighbours = new int[directions];
    Arrays.fill(neighbours, -1);
    for (int d = 0; d < directions; d++) {
      int x = pixel % width + STEPS[d][0];
      int y = pixel / width + STEPS[d][1];
      if (x >= 0 && x < width && y >= 0 && y < height) {
        neighbours[d] = y * width + x;
      }
    }
    return neighbours;
  }
}
