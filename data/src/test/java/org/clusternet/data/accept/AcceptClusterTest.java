package org.clusternet.data.accept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptClusterTest {
  private static final AcceptCluster CLUSTER =
      new AcceptCluster(
          "A1",
          List.of(
              new AcceptShell(0, 10, 0.02, 2, 1e-23, 1),
              new AcceptShell(10, 30, 0.01, 4, 1e-23, 4),
              new AcceptShell(30, 50, 0.005, 8, 1e-23, 16)));

  @Test
  void meanTemperatureIsWeightedByEmission() {
    // Weights n^2 Lambda dV: 4e-4 * 1000, 1e-4 * 26000, 0.25e-4 * 98000.
    double expected = (0.4 * 2 + 2.6 * 4 + 2.45 * 8) / (0.4 + 2.6 + 2.45);
    assertEquals(expected, CLUSTER.meanTemperature(), 1e-12);
    assertEquals(1300 * Math.sqrt(expected / 5), CLUSTER.r500(), 1e-9);
  }

  @Test
  void coolingTimeIsAPowerLawBetweenMiddles() {
    // Middles 5, 20, 40; halfway between the first two in the logarithm is 10.
    assertEquals(1, CLUSTER.coolingTimeAt(5), 1e-12);
    assertEquals(2, CLUSTER.coolingTimeAt(10), 1e-12);
    assertEquals(4, CLUSTER.coolingTimeAt(20), 1e-12);
    assertEquals(8, CLUSTER.coolingTimeAt(20 * Math.sqrt(2)), 1e-12);
  }

  @Test
  void coolingTimeIsConstantOutsideTheMiddles() {
    assertEquals(1, CLUSTER.coolingTimeAt(0.1), 0);
    assertEquals(16, CLUSTER.coolingTimeAt(400), 0);
  }

  @Test
  void centralCoolingTimeIsReadAtTheStatedRadius() {
    assertEquals(
        CLUSTER.coolingTimeAt(0.012 * CLUSTER.r500()), CLUSTER.centralCoolingTime(), 1e-15);
  }

  @Test
  void refusesAClusterWithoutShells() {
    assertThrows(IllegalArgumentException.class, () -> new AcceptCluster("A1", List.of()));
  }
}
