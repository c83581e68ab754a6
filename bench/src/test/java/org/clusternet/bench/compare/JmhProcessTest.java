package org.clusternet.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clusternet.benchmark.StepCases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhProcessTest {
  @TempDir private Path folder;

  @Test
  void measuresAStepInItsOwnProcess() throws Exception {
    Contender ours =
        Contender.ours(StepCases.BRANCH_TRAIN, "fp32")
            .with(Map.of("batch", "2", "size", "33", "threads", "1"));
    List<String> profilers =
        List.of("-prof", PeakMemory.class.getName(), "-prof", ProcessorTime.class.getName());
    List<String> options = new ArrayList<>(List.of("-wi", "1", "-i", "3"));
    options.addAll(profilers);
    Measured run = new JmhProcess(folder).run("ours", ours, options);
    assertEquals(3, run.figures().size());
    assertTrue(run.figures().stream().allMatch(ms -> ms > 0), run.toString());
    if (Files.exists(Path.of("/proc/self/status"))) {
      double memory = run.secondary().get(PeakMemory.NAME);
      assertTrue(memory > 100 && memory < 8000, "peak MiB=" + memory);
    }
    assertEquals(
        List.of(run.secondary().get(ProcessorTime.NAME)), run.by(ProcessorTime.NAME).figures());
    assertTrue(run.secondary().get(ProcessorTime.NAME) > 0, run.toString());
    assertThrows(IllegalArgumentException.class, () -> run.by("no.such"));
    String log = Files.readString(folder.resolve("ours.log"));
    assertTrue(log.contains("MiB of tensors at most"), log);
  }

  @Test
  void errorShowsTheEndOfTheLog() {
    Contender broken =
        Contender.ours(StepCases.BRANCH_TRAIN, "fp17").with(Map.of("batch", "1", "size", "33"));
    IOException error =
        assertThrows(
            IOException.class,
            () -> new JmhProcess(folder).run("broken", broken, List.of("-wi", "0", "-i", "1")));
    assertTrue(error.getMessage().contains("precision=fp17"), error.getMessage());
  }

  @Test
  void rejectsResultsOfTwoBenchmarks() throws IOException {
    Path json = folder.resolve("two.json");
    Files.writeString(json, "[{}, {}]");
    IOException error = assertThrows(IOException.class, () -> Measured.read(json));
    assertTrue(error.getMessage().contains("benchmarks=2"), error.getMessage());
  }

  @Test
  void contenderKeepsItsOwnParameters() {
    Contender tuned =
        Contender.libtorch("branch train", "fp32", "nhwc", true)
            .with(Map.of("layout", "x", "batch", "8"));
    assertEquals(
        Map.of("layout", "nhwc", "batch", "8", "pass", "branch train", "precision", "fp32"),
        tuned.params());
    assertEquals("libtorch fp32, nhwc, tuned malloc", tuned.label());
    assertEquals("1", tuned.environment().get("MALLOC_ARENA_MAX"));
    for (Subject subject : Subject.values()) {
      assertTrue(subject.ours().stream().allMatch(Contender::isBuilt), subject.toString());
    }
    assertFalse(
        new Contender("x", "no.such.Type.step", Map.of(), Map.of(), Optional.empty()).isBuilt());
  }
}
