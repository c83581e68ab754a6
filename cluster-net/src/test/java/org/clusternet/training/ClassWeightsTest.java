package org.clusternet.training;

import static org.clusternet.data.CoreType.CC;
import static org.clusternet.data.CoreType.NCC;
import static org.clusternet.data.CoreType.WCC;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Eq. 13. */
class ClassWeightsTest {

  @Test
  void weightsAreOneOverTheRootOfTheCount() {
    ClassWeights weights = ClassWeights.of(List.of(WCC, CC, WCC, WCC, NCC, WCC, NCC));
    assertEquals(List.of(1, 4, 2), weights.counts());
    assertArrayEquals(new double[] {1, 0.5, Math.sqrt(0.5)}, weights.weights(), 1e-15);
    assertEquals(WCC, weights.majority());
    assertEquals("CC 1, WCC 4, NCC 2", weights.toString());
  }

  @Test
  void aClassThatDoesNotOccurHasNoWeight() {
    ClassWeights weights = ClassWeights.of(List.of(NCC, NCC, NCC, NCC));
    assertArrayEquals(new double[] {0, 0, 0.5}, weights.weights(), 0);
    assertEquals(List.of(CC, WCC), weights.absent());
    assertEquals(NCC, weights.majority());
  }
}
