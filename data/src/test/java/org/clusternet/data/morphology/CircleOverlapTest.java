package org.clusternet.data.morphology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.clusternet.data.random.CounterRandom;
import org.junit.jupiter.api.Test;

class CircleOverlapTest {
  @Test
  void sharesOfSimpleCasesAreExact() {
    assertEquals(1, CircleOverlap.share(0, 0, 0.8), 1e-15);
    assertEquals(Math.PI / 16, CircleOverlap.share(0, 0, 0.25), 1e-15);
    assertEquals(0.5, CircleOverlap.share(1e5, 0, 1e5), 1e-5);
    assertEquals(0, CircleOverlap.share(3, 4, 4), 0);
    assertEquals(0, CircleOverlap.share(0, 0, 0), 0);
    // A quarter of the circle lies in the pixel whose corner is its centre.
    assertEquals(Math.PI / 16, CircleOverlap.share(0.5, 0.5, 0.5), 1e-15);
  }

  @Test
  void sharesAddUpToTheCircle() {
    for (double radius : new double[] {0.3, 1, 2.7, 10.1}) {
      double sum = 0;
      for (int y = -12; y <= 12; y++) {
        for (int x = -12; x <= 12; x++) {
          sum += CircleOverlap.share(x - 0.37, y + 0.21, radius);
        }
      }
      assertEquals(Math.PI * radius * radius, sum, 1e-10 * sum);
    }
  }

  @Test
  void sharesAgreeWithCountedPoints() {
    CounterRandom random = new CounterRandom(1, "overlap");
    for (int i = 0; i < 50; i++) {
      double radius = 3 * random.nextDouble();
      double dx = 4 * random.nextDouble() - 2;
      double dy = 4 * random.nextDouble() - 2;
      int inside = 0;
      int n = 400;
      for (int k = 0; k < n * n; k++) {
        double x = dx - 0.5 + (k % n + 0.5) / n;
        int row = k / n;
        double y = dy - 0.5 + (row + 0.5) / n;
        inside += x * x + y * y <= radius * radius ? 1 : 0;
      }
      assertEquals((double) inside / (n * n), CircleOverlap.share(dx, dy, radius), 2e-3);
    }
  }
}
