package org.clusternet.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.clusternet.bench.step.ResNetWork;
import org.clusternet.bench.step.StepTask;
import org.clusternet.measure.MachineFacts;
import org.junit.jupiter.api.Test;

class StepReportTest {

  @Test
  void oneRowForEachContender() {
    StepTask task = new StepTask(8, 256);
    Contender ours = Contender.ours("fp32");
    Contender half = Contender.ours("bf16");
    Contender peer = Contender.libtorch("nchw", false);
    Rounds rounds = new Rounds();
    add(rounds, ours, 400, Map.of(PeakMemory.NAME, 1234.4));
    add(rounds, half, 100, Map.of());
    add(rounds, peer, 800, Map.of());
    double peak = 2 * ResNetWork.trainingStep(task) / 400e6;
    String table =
        new StepReport(rounds, List.of(ours, half, peer), List.of(peer.label()), peak).table(task);
    List<List<String>> rows =
        table
            .lines()
            .filter(line -> line.startsWith("| c") || line.startsWith("| l"))
            .map(line -> List.of(line.substring(2).split(" *\\| *")))
            .toList();
    assertEquals(3, rows.size(), table);
    String rate = "%.0f".formatted(peak / 2);
    assertEquals(
        List.of(
            "cluster-net fp32",
            "400.0",
            "400.0 to 400.0",
            "20.00",
            rate,
            "50 %",
            "2.00 (2.00 to 2.00)",
            "1234"),
        rows.get(0));
    assertEquals("-", rows.get(1).get(5), "no F32 ceiling for BF16");
    assertEquals("8.00 (8.00 to 8.00)", rows.get(1).get(6));
    assertEquals("-", rows.get(2).get(7), "no memory figure");
  }

  @Test
  void tellsTheMachine() {
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
