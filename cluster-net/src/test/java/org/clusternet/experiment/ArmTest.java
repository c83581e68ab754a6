package org.clusternet.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.clusternet.config.TrainingConfig;
import org.clusternet.network.Alphas;
import org.clusternet.network.Variant;
import org.junit.jupiter.api.Test;

/** The rows of the paper's tables, as printed there. */
class ArmTest {

  @Test
  void tableOneHasThePapersRows() {
    List<Arm> arms = Arm.tableOne(Alphas.PAPER);
    assertEquals(
        List.of("baseline", "attention", "gaussian", "both", "all"),
        arms.stream().map(Arm::name).toList());
    assertEquals(
        List.of("Baseline", "Ours(Att)", "Ours(Gauss)", "Ours(Att+Gauss)", "Ours(all)"),
        arms.stream().map(Arm::approach).toList());
    assertEquals(
        List.of(0.803, 0.823, 0.813, 0.827, 0.830),
        arms.stream().map(arm -> arm.paperMacroF1().orElseThrow()).toList());
  }

  @Test
  void tableTwoHasThePapersRows() {
    List<Arm> arms = Arm.tableTwo();
    assertEquals(
        List.of(
            "baseline",
            "all_0.8-0.1-0.1-1",
            "all_0.8-0.1-0.1-100",
            "all_0.1-0.1-0.8-0.1",
            "all_0.1-0.8-0.1-0.1",
            "all"),
        arms.stream().map(Arm::name).toList());
    assertEquals(
        List.of(0.803, 0.813, 0.817, 0.823, 0.820, 0.830),
        arms.stream().map(arm -> arm.paperMacroF1().orElseThrow()).toList());
  }

  @Test
  void otherAlphasHaveNoPaperFigures() {
    Alphas other = new Alphas(1, 1, 1, 0.25);
    assertEquals("both_1-1-1-0.25", new Arm(Variant.BOTH, other).name());
    assertTrue(new Arm(Variant.BOTH, other).paperMacroF1().isEmpty());
    assertTrue(new Arm(Variant.ALL, other).paperMacroF1().isEmpty());
  }

  @Test
  void aPlanHasSeedsFromThatOfItsSettingsAndFoldsOfEachRow() {
    TrainingConfig base = TrainingConfig.quick(null).withSeed(5);
    Plan plan = Plan.tableOne(base, List.of(Variant.ALL, Variant.BASELINE), 2, false);
    assertEquals(List.of(5L, 6L), plan.seeds());
    List<FoldJob> jobs = plan.jobs(3);
    assertEquals(12, jobs.size());
    assertEquals("baseline, seed 5, fold 0", jobs.get(0).toString());
    assertEquals("all, seed 6, fold 2", jobs.get(11).toString());
    TrainingConfig last = jobs.get(11).config(base);
    assertEquals(6, last.seed());
    assertEquals(2, last.data().fold());
    assertEquals(Variant.ALL, last.variant());
  }

  @Test
  void aPlanWithoutRowsOrSeedsIsRefused() {
    TrainingConfig base = TrainingConfig.quick(null);
    assertEquals(
        "seeds=0; it must be at least 1",
        assertThrows(IllegalArgumentException.class, () -> Plan.crossval(base, 0)).getMessage());
    assertEquals(
        "rows=[]; name at least one, each once",
        assertThrows(IllegalArgumentException.class, () -> Plan.tableOne(base, List.of(), 1, false))
            .getMessage());
  }
}
