package org.clusternet.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.clusternet.benchmark.Ceilings;
import org.clusternet.benchmark.MachineFacts;
import org.clusternet.benchmark.Work;
import org.junit.jupiter.api.Test;

class StepReportTest {

  @Test
  void tableHasOneRowPerContender() {
    Work work = new Work(80e9, 2e9);
    Contender ours = Contender.ours("branch train", "fp32");
    Contender half = Contender.ours("branch train", "bf16");
    Contender peer = Contender.libtorch("branch train", "fp32", "nchw", false);
    Rounds rounds = new Rounds();
    add(rounds, ours, 400, Map.of(PeakMemory.NAME, 1234.4));
    add(rounds, half, 100, Map.of());
    add(rounds, peer, 800, Map.of());
    Ceilings ceilings = new Ceilings(400, 20); // 200 ms to compute, 100 ms to move
    StepReport report =
        new StepReport(rounds, List.of(ours, half, peer), List.of(peer.label()), ceilings);
    List<List<String>> rows = rows(report.table(8, work));
    assertEquals(3, rows.size());
    assertEquals(
        List.of(
            "cluster-net fp32",
            "400.0",
            "400.0 to 400.0",
            "20.00",
            "200",
            "5.0",
            "50 % of FMA",
            "2.00 (2.00 to 2.00)",
            "1234"),
        rows.get(0));
    assertEquals("-", rows.get(1).get(6), "no F32 ceiling for BF16");
    assertEquals("8.00 (8.00 to 8.00)", rows.get(1).get(7));
    assertEquals("-", rows.get(2).get(8), "no memory figure");
  }

  @Test
  void ceilingOfWorkWithoutOperationsIsTheCopy() {
    Contender ours = Contender.ours("fused crop", "bf16");
    Rounds rounds = new Rounds();
    add(rounds, ours, 2, Map.of());
    StepReport report = new StepReport(rounds, List.of(ours), List.of(), new Ceilings(400, 20));
    List<String> row = rows(report.table(8, new Work(0, 10e6))).get(0);
    assertEquals(
        List.of("2.000", "-", "5.0", "25 % of copy"),
        List.of(row.get(1), row.get(4), row.get(5), row.get(6)));
  }

  private static List<List<String>> rows(String table) {
    return table
        .lines()
        .filter(line -> line.startsWith("| c") || line.startsWith("| l"))
        .map(line -> List.of(line.substring(2).split(" *\\| *")))
        .toList();
  }

  @Test
  void describesTheMachine() {
    MachineFacts facts = new MachineFacts("CPU X", 2, "L1d 1K", "3 GiB", "OS", "25");
    String text = StepReport.machine(facts, 223.6, 30.05, 0.25);
    assertTrue(text.contains("CPU X, 2 processors, caches L1d 1K"), text);
    assertTrue(text.contains("224 GFLOP/s"), text);
    assertTrue(text.contains("load average before the run: 0.25"), text);
    assertTrue(StepReport.machine(facts, 1, 1, -1).contains("run: unknown"));
  }

  private static void add(Rounds rounds, Contender who, double ms, Map<String, Double> more) {
    rounds.add(StepReport.key(who.label(), 8), new Measured(List.of(ms), more));
  }
}
