package org.clusternet.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.clusternet.config.Precision;
import org.clusternet.config.TrainingConfig;
import org.clusternet.engine.check.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The proof that the command {@code selftest --resume} gives, on the CPU. */
class ResumeCheckTest {
  @Test
  @Tag("slow")
  void interruptedRunsEndWithTheSameBytes() {
    for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
      Outcome outcome =
          new ResumeCheck(new TrainingConfig.Compute("cpu", precision, 2)).check("resume");
      assertEquals(List.of(), outcome.failures());
      assertEquals(12, outcome.compared());
    }
  }
}
