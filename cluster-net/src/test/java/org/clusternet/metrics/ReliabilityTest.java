package org.clusternet.metrics;

import static org.clusternet.data.CoreType.CC;
import static org.clusternet.data.CoreType.NCC;
import static org.clusternet.data.CoreType.WCC;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Five verdicts worked out by hand. */
class ReliabilityTest {
  private static final double EXACT = 1e-15;

  private final Reliability reliability =
      Reliability.of(
          List.of(
              Verdicts.of("a", "x", CC, 0.9, 0.1, 0),
              Verdicts.of("b", "x", WCC, 0.92, 0.08, 0),
              Verdicts.of("c", "x", WCC, 0.25, 0.5, 0.25),
              Verdicts.of("d", "x", NCC, 0, 0, 1),
              Verdicts.of("e", "x", CC, 0, 0, 1)));

  @Test
  void eceIsTheWeightedGapOfTheBins() {
    double nine = Math.abs(0.5 - 0.91) * 2;
    double half = Math.abs(1 - 0.5) * 1;
    double sure = Math.abs(0.5 - 1) * 2;
    assertEquals((nine + half + sure) / 5, reliability.ece(), EXACT);
  }

  @Test
  void binsAreOpenBelowAndClosedAbove() {
    assertEquals(15, reliability.bins().size());
    Reliability.Bin nine = reliability.bins().get(13);
    assertEquals(new Reliability.Bin(13 / 15.0, 14 / 15.0, 2, 0.91, 0.5), nine);
    assertEquals(1, reliability.bins().get(7).count(), "0.5 is in (7/15, 8/15]");
    assertEquals(2, reliability.bins().get(14).count(), "1 is in the last");
    Reliability edge = Reliability.of(List.of(Verdicts.of("a", "x", CC, 0.6, 0.2, 0.2)));
    assertEquals(1, edge.bins().get(8).count(), "9/15 is in (8/15, 9/15]");
  }

  @Test
  void likelihoodAndBrierScoreFollowFromTheProbabilities() {
    double brier =
        (0.01 + 0.01) + (0.92 * 0.92 + 0.92 * 0.92) + (0.0625 + 0.25 + 0.0625) + 0 + (1 + 1);
    assertEquals(brier / 5, reliability.brier(), EXACT);
    double loss = -Math.log(0.9) - Math.log(0.08) - Math.log(0.5) - Math.log(Float.MIN_VALUE);
    assertEquals(loss / 5, reliability.negativeLogLikelihood(), 1e-13);
  }

  /** The paper of Guo et al.: perfect calibration has no error. */
  @Test
  void aCalibratedClassifierHasNoCalibrationError() {
    List<ScoredImage> fair =
        List.of(
            Verdicts.of("a", "x", CC, 0.75, 0.25, 0),
            Verdicts.of("b", "x", CC, 0.75, 0.25, 0),
            Verdicts.of("c", "x", CC, 0.75, 0.25, 0),
            Verdicts.of("d", "x", WCC, 0.75, 0.25, 0));
    assertEquals(0, Reliability.of(fair).ece(), EXACT);
  }
}
