package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The report has all its lines and ends well, with a GPU or without. */
class DoctorCommandTest {

  @Test
  void oneLineForEachPartAndOneThatSumsUp() {
    Cli.Result result = Cli.run("doctor");
    assertEquals(0, result.exit(), result.err());
    assertEquals("", result.err());
    List<String> subjects =
        List.of("driver", "GPU", "memory", "cuBLAS", "cuDNN", "JCuda", "PTX modules", "kernels");
    List<String> lines = result.out().lines().toList();
    assertEquals(subjects.size() + 1, lines.size(), result.out());
    for (int i = 0; i < subjects.size(); i++) {
      assertTrue(lines.get(i).matches("(ok|no|- ) " + subjects.get(i) + " +[^ ].*"), lines.get(i));
    }
    String last = lines.get(subjects.size());
    boolean works = last.equals("CUDA works: --device cuda");
    assertTrue(works || last.startsWith("CUDA cannot be used here ("), last);
    assertEquals(works, lines.stream().noneMatch(line -> line.startsWith("no ")), result.out());
  }

  @Test
  void whatIsMissingComesWithWhatMendsIt() {
    Cli.run("doctor")
        .out()
        .lines()
        .filter(line -> line.startsWith("no "))
        .forEach(line -> assertTrue(line.contains("; "), line));
  }
}
