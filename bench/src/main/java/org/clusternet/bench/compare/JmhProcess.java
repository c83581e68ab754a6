package org.clusternet.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.Main;

/**
 * Runs one contender by JMH's command line with one fork, as one could by hand, in a process with
 * the contender's environment, which the fork inherits.
 */
final class JmhProcess {
  /** JMH's property that allows it to run beside another JMH, which distorts the figures. */
  private static final String IGNORE_LOCK = "jmh.ignoreLock";

  private static final int TAIL = 30;
  private static final long TIMEOUT_MINUTES = 30;

  private final Path folder;

  /** Processes that leave their logs and results in {@code folder}. */
  JmhProcess(Path folder) {
    this.folder = folder;
  }

  /**
   * Runs a contender.
   *
   * @param name name of its files
   * @param contender contender to run
   * @param options options of JMH besides the benchmark and its parameters
   * @throws IOException if it fails; the message has the end of its log
   */
  Measured run(String name, Contender contender, List<String> options)
      throws IOException, InterruptedException {
    Path json = folder.resolve(name + ".json");
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command(contender, json, options));
    builder.environment().putAll(contender.environment());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    try {
      if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException(contender.label() + " ran past " + TIMEOUT_MINUTES + " minutes");
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      List<String> lines = Files.readAllLines(log);
      throw new IOException(
          "%s failed with exit code %d; the end of %s:%n%s"
              .formatted(
                  contender.label(),
                  process.exitValue(),
                  log,
                  String.join(
                      "\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()))));
    }
    return Measured.read(json);
  }

  static List<String> command(Contender contender, Path json, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Boolean.getBoolean(IGNORE_LOCK)) {
      command.add("-D" + IGNORE_LOCK + "=true");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add("^" + contender.benchmark().replace(".", "\\.") + "$");
    contender.params().forEach((key, value) -> command.addAll(List.of("-p", key + "=" + value)));
    command.addAll(List.of("-f", "1", "-foe", "true"));
    command.addAll(List.of("-rf", "json", "-rff", json.toString()));
    command.addAll(options);
    return command;
  }
}
