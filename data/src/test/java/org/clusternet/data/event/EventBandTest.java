package org.clusternet.data.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.clusternet.data.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bands as users write them, and good times that overlap. */
class EventBandTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.5-7keV", "0.5-7 kev", "500-7000eV", ".5:7.0keV"})
  void energiesAreInKevWhateverTheirUnit(String text) {
    assertEquals(new EventBand(0.5, 7, EventBand.Unit.KEV), EventBand.energies(text));
    assertEquals("0.5-7 keV", EventBand.energies(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5-7", "7keV", "0.5keV-7keV", "-1-7keV", "", "1e3-2e3eV"})
  void otherEnergiesAreRefused(String text) {
    String message = Refused.message(() -> EventBand.energies(text));
    assertEquals(
        "energy=" + text + "; give two energies and their unit, such as 0.5-7keV, or all", message);
  }

  @Test
  void emptyBandsAreRefusedAndOneChannelIsNot() {
    assertTrue(Refused.message(() -> EventBand.energies("7-0.5keV")).contains("must be above"));
    assertTrue(Refused.message(() -> EventBand.channels("70-60")).contains("must be above"));
    assertEquals("channels 60-60", EventBand.channels("60-60").toString());
    assertTrue(Refused.message(() -> EventBand.channels("50-70keV")).contains("such as 50-700"));
  }

  @Test
  void goodTimesMayOverlapAndBeUnsorted() {
    TimeIntervals times =
        TimeIntervals.union(new double[][] {{5, 6}, {1, 3}, {2, 4}, {9, 8}, {Double.NaN, 20}});
    assertEquals(4, times.total());
    double[] inside = {1, 3.5, 4, 5, 6};
    double[] outside = {0.9, 4.5, 6.1, 8.5, 15, Double.NaN};
    for (int round = 0; round < 2; round++) {
      for (double time : inside) {
        assertTrue(times.contains(time), "time " + time);
      }
      for (double time : outside) {
        assertTrue(!times.contains(time), "time " + time);
      }
    }
  }
}
