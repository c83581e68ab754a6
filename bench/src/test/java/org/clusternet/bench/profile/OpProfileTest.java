package org.clusternet.bench.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OpProfileTest {

  @Test
  void sortsByTimeAndAccountsForAllOfIt() {
    Map<String, TimingDevice.Total> totals = new LinkedHashMap<>();
    totals.put("Small", new TimingDevice.Total(4, 2_000_000, new Work(0, 8e6)));
    totals.put("Large", new TimingDevice.Total(2, 6_000_000, new Work(12e6, 0)));
    List<String> lines = OpProfile.table(totals, 10_000_000, 2).markdown().lines().toList();
    List<String> rows = lines.stream().map(line -> line.replaceAll(" +", " ")).toList();
    assertEquals("| Large | 1 | 3.00 | 60.0 % | 2.0 | |", rows.get(2));
    assertEquals("| Small | 2 | 1.00 | 20.0 % | | 4.0 |", rows.get(3));
    assertEquals("| outside ops | | 1.00 | 20.0 % | | |", rows.get(4));
    assertEquals("| step | | 5.00 | 100.0 % | | |", rows.get(5));
  }

  @Test
  void profilesATrainingStep() {
    StringWriter text = new StringWriter();
    CommandLine line = new CommandLine(new OpProfile()).setOut(new PrintWriter(text));
    String[] args = "--batch 2 --size 33 --threads 1 --warmup 1 --steps 1 --shapes".split(" ");
    assertEquals(0, line.execute(args), text.toString());
    assertTrue(
        text.toString().contains("| Conv2d F32(2, 3, 33, 33) F32(64, 3, 7, 7) "), text.toString());
    assertTrue(text.toString().contains("| AdamStep "), text.toString());
  }
}
