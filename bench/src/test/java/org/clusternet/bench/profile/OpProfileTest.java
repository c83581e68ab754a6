package org.clusternet.bench.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.benchmark.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OpProfileTest {

  @Test
  void tableIsSortedByTimeAndSumsToTheStep() {
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
  void profilesATrainingStep(@TempDir Path folder) throws IOException {
    StringWriter text = new StringWriter();
    CommandLine line = new CommandLine(new OpProfile()).setOut(new PrintWriter(text));
    Path out = folder.resolve("RESULTS.md");
    String options = "--batch 2 --size 33 --threads 1 --warmup 1 --steps 1 --shapes --cpu-time";
    String[] args = (options + " --out " + out).split(" ");
    assertEquals(0, line.execute(args), text.toString());
    assertTrue(
        text.toString().contains("| Conv2d F32(2, 3, 33, 33) F32(64, 3, 7, 7) "), text.toString());
    assertTrue(text.toString().contains("| AdamStep "), text.toString());
    String section = Files.readString(out);
    assertTrue(section.startsWith("<!-- begin profile-fp32-2: "), section);
    assertTrue(section.contains(text.toString().strip()), section);
  }

  @Test
  void rejectsProcessorTimeOnTwoThreads() {
    StringWriter error = new StringWriter();
    CommandLine line = new CommandLine(new OpProfile()).setErr(new PrintWriter(error));
    assertEquals(2, line.execute("--cpu-time", "--threads", "2"));
    assertTrue(error.toString().contains("--threads 1"), error.toString());
  }
}
