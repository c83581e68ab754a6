package org.clusternet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class CoreTypeTest {
  @Test
  void coolingTimesAreClassifiedByTheLimitsOfThePaper() {
    assertEquals(CoreType.CC, CoreType.ofCoolingTime(Double.MIN_VALUE));
    assertEquals(CoreType.CC, CoreType.ofCoolingTime(1.0));
    assertEquals(CoreType.WCC, CoreType.ofCoolingTime(Math.nextUp(1.0)));
    assertEquals(CoreType.WCC, CoreType.ofCoolingTime(Math.nextDown(7.7)));
    assertEquals(CoreType.NCC, CoreType.ofCoolingTime(7.7));
    assertEquals(CoreType.NCC, CoreType.ofCoolingTime(1e6));
  }

  @Test
  void refusesInvalidCoolingTimes() {
    for (double time : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> CoreType.ofCoolingTime(time))
              .getMessage();
      assertEquals(
          "core type: t_cool_gyr=" + time + " is not a finite positive number of Gyr", message);
    }
  }

  @Test
  void indexIsThePositionAmongTheNetworksOutputs() {
    assertEquals(0, CoreType.CC.index());
    assertEquals(1, CoreType.WCC.index());
    assertEquals(2, CoreType.NCC.index());
    for (CoreType type : CoreType.values()) {
      assertEquals(type, CoreType.ofIndex(type.index()));
    }
    assertEquals(
        "core type: index=3 is not within 0 to 2",
        assertThrows(IllegalArgumentException.class, () -> CoreType.ofIndex(3)).getMessage());
  }

  @Test
  void parsesLabelsInAnyCaseAndLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertEquals(CoreType.WCC, CoreType.parse(" wcc "));
      assertEquals(CoreType.CC, CoreType.parse("Cc"));
      assertEquals(CoreType.NCC, CoreType.parse("NCC"));
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(
        "core type: unknown label=SCC; the known labels are [CC, WCC, NCC]",
        assertThrows(IllegalArgumentException.class, () -> CoreType.parse("SCC")).getMessage());
  }
}
