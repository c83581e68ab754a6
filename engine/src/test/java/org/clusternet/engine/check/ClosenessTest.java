package org.clusternet.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The comparator must refuse everything that is not known to be close. */
class ClosenessTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static double[] of(double... values) {
    return values;
  }

  private static void accepted(double[] expected, double[] actual, double rel, double abs) {
    assertEquals(Optional.empty(), Closeness.difference(expected, actual, rel, abs));
  }

  private static void refused(double[] expected, double[] actual, double rel, double abs) {
    assertTrue(Closeness.difference(expected, actual, rel, abs).isPresent());
  }

  @Test
  void withinTheToleranceIsClose() {
    accepted(of(), of(), 0, 0);
    accepted(of(1, -2, 0), of(1, -2, -0.0), 0, 0);
    accepted(of(1, 100), of(1.9, 100), 1e-2, 0);
    accepted(of(0), of(1e-6), 0, 1e-6);
  }

  @Test
  void beyondTheToleranceIsNotClose() {
    refused(of(1, 100), of(2.1, 100), 1e-2, 0);
    refused(of(0), of(1.1e-6), 1, 1e-6);
    refused(of(1), of(Math.nextUp(1.0)), 0, 0);
  }

  @Test
  void notANumberOnEitherSideIsNotClose() {
    refused(of(1), of(NAN), 1, 1);
    refused(of(NAN), of(1), 1, 1);
    refused(of(NAN), of(NAN), 1, 1);
    refused(of(1, NAN, 3), of(1, 2, 3), 1e9, 1e9);
    refused(of(1, 2, 3), of(1, 2, NAN), 1e9, 1e9);
  }

  @Test
  void infinitiesAreNotClose() {
    refused(of(1), of(INFINITY), 1, 1);
    refused(of(INFINITY), of(INFINITY), 1, 1);
    refused(of(INFINITY), of(-INFINITY), 1, 1);
    refused(of(INFINITY, 1), of(INFINITY, 2), 1e-3, 0);
    refused(of(INFINITY), of(1), 1, 1);
  }

  @Test
  void differingLengthsAreNotClose() {
    refused(of(1, 2), of(1), 1, 1);
    refused(of(), of(1), 1, 1);
  }

  @Test
  void theMessageNamesTheElement() {
    assertEquals(
        Optional.of(
            "element 1 is 3.00000000, expected 2.00000000; tolerance 0.00 (largest magnitude"
                + " 2.00)"),
        Closeness.difference(of(1, 2), of(1, 3), 0, 0));
    assertEquals(Optional.of("length=1, expected 2"), Closeness.difference(of(1, 2), of(1), 0, 0));
  }

  @Test
  void theNormOfTheErrorIsHeldAgainstTheNormOfAll() {
    assertEquals(Optional.empty(), Closeness.normDifference(of(3, 4), of(3, 4.5), 0.1));
    assertEquals(
        Optional.of("error 0.5100 of norm 5.000; at most 0.100 of it is allowed"),
        Closeness.normDifference(of(3, 4), of(3, 4.51), 0.1));
    assertTrue(Closeness.normDifference(of(1, NAN), of(1, NAN), 1).isPresent());
    assertTrue(Closeness.normDifference(of(1, 2), of(1, INFINITY), 1).isPresent());
    assertTrue(Closeness.normDifference(of(1, 2), of(1), 1).isPresent());
  }

  @Test
  void bitsAreMoreThanEquality() {
    assertEquals(Optional.empty(), Closeness.bitDifference(of(1, NAN), of(1, NAN)));
    assertTrue(Closeness.bitDifference(of(0), of(-0.0)).isPresent());
    assertTrue(Closeness.bitDifference(of(1), of(1, 2)).isPresent());
    assertEquals(
        Optional.of("element 0 is 1.0000000000000000 in one run, 1.0000000000000002 in another"),
        Closeness.bitDifference(of(1), of(Math.nextUp(1.0))));
  }
}
