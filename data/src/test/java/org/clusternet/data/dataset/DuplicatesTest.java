package org.clusternet.data.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.clusternet.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuplicatesTest {
  private static Duplicates.Source named(String id) {
    return new Duplicates.Source(id, Optional.empty(), OptionalLong.empty());
  }

  private static Duplicates.Source at(String id, double ra, double dec) {
    return new Duplicates.Source(id, Optional.of(new double[] {ra, dec}), OptionalLong.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "SIM00000, sim00000, 1",
    "A 85, A85, 1",
    "A_85, a-85, 1",
    "MS 0735.6+7421, MS0735.6+7421, 1",
    "RXJ1347-1145, RX J1347_1145, 1",
    "J1347-1145, J13471145, 1",
    "RXJ1347\u22121145, RXJ1347-1145, 1",
    "A85, A86, 0",
    "A85, A85N, 0",
    "J0123+4567, J0123-4567, 0",
    "halo_1_12, halo_11_2, 0",
    "halo_1_2, halo_12, 1",
    "same, same, 0"
  })
  void namesThatDifferBySeparatorsAreOne(String a, String b, int found) {
    List<String> lines = Duplicates.find(List.of(named(a), named("other"), named(b)));
    assertEquals(found, lines.size(), lines::toString);
    if (found == 1) {
      assertEquals(
          "cluster_id=" + a + " and cluster_id=" + b + " differ only by case, blanks, - or _",
          lines.get(0));
    }
  }

  /** 30 arcsec are 1 / 120 degree; in right ascension twice as much at a declination of 60. */
  @Test
  void placesWithinThirtyArcsecAreOne() {
    List<Duplicates.Source> sources = new ArrayList<>();
    sources.add(at("a", 359.9999, 60));
    sources.add(at("b", 0.0160, 60));
    sources.add(at("c", 0.0340, 60));
    sources.add(at("d", 200, 10));
    sources.add(at("e", 200, 10 + 29.9 / 3600));
    sources.add(at("f", 200, 10 - 30.2 / 3600));
    sources.add(at("d", 200, 10));
    List<String> lines = Duplicates.find(sources);
    assertEquals(2, lines.size(), lines::toString);
    assertTrue(
        lines.contains("cluster_id=a and cluster_id=b are 29.0 arcsec apart"), lines::toString);
    assertTrue(
        lines.contains("cluster_id=d and cluster_id=e are 29.9 arcsec apart"), lines::toString);
  }

  /** Mock observations all look at the same place; two in ten do not. */
  @Test
  void aPlaceThatMostShareSaysNothing() {
    List<Duplicates.Source> mocks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      mocks.add(at("mock" + i, 30, 45));
    }
    assertEquals(List.of(), Duplicates.find(mocks));
    for (int i = 0; i < 8; i++) {
      mocks.set(i, at("real" + i, 30 + i, 45));
    }
    assertEquals(3, Duplicates.find(mocks).size(), "real0, mock8 and mock9");
  }

  @Test
  void equalPixelsAreOneClusterButNotThoseOfOneName() {
    OptionalLong one = Duplicates.fingerprint(new float[] {0, 0.25f, 1});
    OptionalLong same = Duplicates.fingerprint(new float[] {0, 0.25f, 1});
    OptionalLong other = Duplicates.fingerprint(new float[] {0.25f, 0, 1});
    assertEquals(OptionalLong.empty(), Duplicates.fingerprint(new float[3]));
    List<Duplicates.Source> sources =
        List.of(
            new Duplicates.Source("a", Optional.empty(), one),
            new Duplicates.Source("a", Optional.empty(), same),
            new Duplicates.Source("b", Optional.empty(), other),
            new Duplicates.Source("c", Optional.empty(), same));
    assertEquals(
        List.of("cluster_id=a and cluster_id=c have an image of equal pixels"),
        Duplicates.find(sources));
  }

  @Test
  void theErrorNamesThreePairsAndTheRemedy() {
    List<Duplicates.Source> sources =
        Stream.of("a", "A", "b", "B", "c", "C", "d", "D").map(DuplicatesTest::named).toList();
    DataException e =
        assertThrows(DataException.class, () -> Duplicates.refuse("table.csv", sources));
    assertEquals(
        "table.csv: cluster_id=a and cluster_id=A differ only by case, blanks, - or _"
            + " | cluster_id=b and cluster_id=B differ only by case, blanks, - or _"
            + " | cluster_id=c and cluster_id=C differ only by case, blanks, - or _"
            + " | and 1 more pairs; one cluster under two names can be in training and test: give"
            + " it one name, or use --allow-duplicates if they are different clusters",
        e.getMessage());
  }
}
