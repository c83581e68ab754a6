package org.clusternet.bench.runs;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/**
 * A successful run of the launcher: the lines that it printed, and when.
 *
 * @param lines lines in the order of their printing
 */
record Launched(List<Line> lines) {
  private static final int TAIL = 15;

  /**
   * A printed line.
   *
   * @param seconds time since the start of the launcher in seconds
   * @param text text without the line terminator
   */
  record Line(double seconds, String text) {}

  /**
   * Runs the launcher to its end.
   *
   * @param launcher launcher of a checkout or of a distribution
   * @param arguments arguments of the command line
   * @throws IOException if it fails; the message has the end of its output
   */
  static Launched run(Path launcher, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(arguments);
    List<Line> lines = new ArrayList<>();
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        lines.add(new Line((System.nanoTime() - start) * 1e-9, text));
      }
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IOException(
            "%s failed with exit code %d:%n%s"
                .formatted(
                    String.join(" ", command),
                    exit,
                    lines.subList(Math.max(0, lines.size() - TAIL), lines.size()).stream()
                        .map(Line::text)
                        .collect(Collectors.joining("\n"))));
      }
    } finally {
      process.destroy();
    }
    return new Launched(List.copyOf(lines));
  }

  /**
   * The time of the first line with a given beginning.
   *
   * @param beginning beginning of the line
   * @return time since the start in seconds
   * @throws NoSuchElementException if there is no such line
   */
  double secondsTo(String beginning) {
    return lines.stream()
        .filter(line -> line.text().startsWith(beginning))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no line begins with " + beginning))
        .seconds();
  }

  /** The launcher of the checkout in which these classes were built. */
  static Path ofThisCheckout() {
    Path classes =
        Path.of(Launched.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    return classes.resolve("../../../bin/cluster-net").normalize();
  }
}
