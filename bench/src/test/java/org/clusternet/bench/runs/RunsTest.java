package org.clusternet.bench.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Complete runs, with a script instead of the launcher that writes the files of a run. */
class RunsTest {
  private static final String RUN =
      """
      #!/bin/sh
      [ "$1" = train ] || exit 0
      echo 'log: 1' >&2
      seed=0
      while [ $# -gt 1 ]; do
        case $1 in
          --out) out=$2 ;;
          --precision) precision=$2 ;;
          --seed) seed=$2 ;;
        esac
        shift
      done
      mkdir -p "$out"
      f1=0.$seed
      [ "$precision" = bf16 ] && f1=0.9
      cat >"$out/metrics.csv" <<'END'
      epoch,train_loss,validation_loss,validation_macro_f1,images_per_second
      1,1.5,1.25,0.5,0.09
      2,0.5,0.75,0.625,0.1
      END
      echo "{\\"test\\": {\\"macro_f1\\": $f1}, \\"seconds\\": {\\"images\\": 0.001, \\"training\\": 7}}" \\
        >"$out/metrics.json"
      echo 'fold 0 of 3: 9 images to train (CC 3, WCC 3, NCC 3), 9 to validate, 12 to test'
      echo 'cpu: a processor'
      echo 'variant all: 22.4 million parameters'
      echo 'epoch 1/1  lr 1e-03'
      """;

  @TempDir private Path folder;

  private Path launcher(String script) throws IOException {
    Path file = folder.resolve("launcher");
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private String run(Object command, String... arguments) throws IOException {
    StringWriter text = new StringWriter();
    CommandLine line = new CommandLine(command).setOut(new PrintWriter(text));
    line.setErr(new PrintWriter(text));
    Path results = folder.resolve("RESULTS.md");
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--out", results.toString()));
    assertEquals(0, line.execute(all.toArray(String[]::new)), text.toString());
    return Files.readString(results);
  }

  @Test
  void convergeReportsCurvesAndScoresOfBothPrecisions() throws IOException {
    String launcher = launcher(RUN).toString();
    String section = run(new Converge(), "--seeds", "4,6", "--launcher", launcher);
    assertTrue(section.startsWith("<!-- begin bf16-convergence: "), section);
    String flat = section.replaceAll(" +", " ");
    assertTrue(flat.contains("| 2 | 0.500 | 0.500 | 0.750 | 0.750 | 0.625 | 0.625 |"), section);
    assertTrue(flat.contains("| 6 | 0.600 | 0.900 | +0.300 | 7 | 7 |"), section);
    assertTrue(flat.contains("| 0.500 (0.141) | 0.900 (0.000) | +0.400 (0.141) |"), section);
  }

  @Test
  void startUpReportsTheTimeToTheFirstStep() throws IOException {
    String section = run(new StartUp(), "--rounds", "2", "--launcher", launcher(RUN).toString());
    assertTrue(section.contains("without the loading of the images"), section);
    assertTrue(section.contains("2 runs, 30 images of 64 x 64"), section);
    String step = section.lines().filter(l -> l.contains("first step ")).findFirst().orElseThrow();
    assertTrue(step.matches(".*\\| +10[0-9]\\.\\d\\d \\|.*"), "9 images by 0.09 a second: " + step);
  }

  @Test
  void errorShowsTheOutputOfAFailedRun() throws IOException {
    Path broken = launcher("#!/bin/sh\necho 'no such option' >&2\nexit 2\n");
    IOException error =
        assertThrows(IOException.class, () -> Launched.run(broken, List.of("train")));
    assertTrue(error.getMessage().contains("exit code 2"), error.getMessage());
    assertTrue(error.getMessage().contains("no such option"), error.getMessage());
  }

  @Test
  void missingLineIsAnError() {
    Launched run = new Launched(List.of(new Launched.Line(1.5, "cpu: x")));
    assertEquals(1.5, run.secondsTo("cpu"));
    assertThrows(NoSuchElementException.class, () -> run.secondsTo("epoch"));
  }
}
