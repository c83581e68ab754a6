package org.clusternet.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.clusternet.benchmark.Statistics;
import org.junit.jupiter.api.Test;

class RoundsTest {

  /** The machine is twice as slow in the second round: no ratio may show it. */
  @Test
  void ratiosAreTakenWithinARound() {
    Rounds rounds = new Rounds();
    rounds.add("ours", run(10, 11, 90));
    rounds.add("peer", run(22, 22, 21));
    rounds.add("ours", run(20, 22, 24));
    rounds.add("peer", run(44, 44, 40));
    assertEquals(new Statistics(16.5, 11, 22), rounds.of("ours"));
    assertEquals(new Statistics(2, 2, 2), rounds.speed("ours", "peer"));
    assertEquals(new Statistics(1, 1, 1), rounds.speed("peer", "peer"));
  }

  @Test
  void rejectsRoundsOfDifferentNumber() {
    Rounds rounds = new Rounds();
    rounds.add("ours", run(1));
    rounds.add("ours", run(1));
    rounds.add("peer", run(1));
    assertThrows(IllegalStateException.class, () -> rounds.speed("ours", "peer"));
  }

  @Test
  void secondaryFigureIsNullUnlessAllRoundsHaveIt() {
    Rounds rounds = new Rounds();
    rounds.add("ours", new Measured(List.of(1.0), Map.of("m", 5.0)));
    assertEquals(new Statistics(5, 5, 5), rounds.secondary("ours", "m"));
    rounds.add("ours", run(1));
    assertNull(rounds.secondary("ours", "m"));
  }

  private static Measured run(double... figures) {
    return new Measured(Arrays.stream(figures).boxed().toList(), Map.of());
  }
}
