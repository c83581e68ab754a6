package org.clusternet.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.clusternet.nn.testing.Expect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepDecayTest {

  @ParameterizedTest
  @CsvSource({"0, 1e-3", "9, 1e-3", "10, 1e-4", "19, 1e-4", "20, 1e-5", "35, 1e-6"})
  void paperScheduleDividesTheRateByTenEveryTenEpochs(int epoch, double rate) {
    assertEquals(rate, StepDecay.paper().rate(epoch), 1e-12 * rate);
  }

  @Test
  void rejectsInvalidSchedules() {
    assertEquals(
        "step decay: initial=0.001, every=0, factor=0.1;"
            + " it needs initial > 0, every >= 1, 0 < factor <= 1",
        Expect.refusal(IllegalArgumentException.class, () -> new StepDecay(1e-3, 0, 0.1)));
    assertThrows(IllegalArgumentException.class, () -> new StepDecay(Double.NaN, 1, 0.1));
    assertThrows(IllegalArgumentException.class, () -> new StepDecay(1e-3, 1, 0));
  }
}
