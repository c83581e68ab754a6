package org.clusternet.benchmark.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LossWatchTest {

  @Test
  void aFallingLossPasses() {
    LossWatch watch = new LossWatch();
    assertEquals(1.5, watch.next(1.5));
    watch.next(1.7);
    watch.next(1.2);
    watch.requireFall();
    assertEquals(3, watch.steps());
  }

  @Test
  void aLossThatDoesNotFallIsRefused() {
    LossWatch watch = new LossWatch();
    watch.next(1.1);
    watch.next(1.1);
    assertThrows(IllegalStateException.class, watch::requireFall);
  }

  @Test
  void aLossThatIsNotFiniteIsRefused() {
    LossWatch watch = new LossWatch();
    assertThrows(IllegalStateException.class, () -> watch.next(Double.NaN));
    assertThrows(IllegalStateException.class, () -> watch.next(Double.POSITIVE_INFINITY));
  }
}
