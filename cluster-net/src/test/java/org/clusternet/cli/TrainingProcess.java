package org.clusternet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code train} in a JVM of its own, which can be told to end, or be killed. */
final class TrainingProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;

  /** Starts {@code train} with these arguments in the folder of the file that its log goes to. */
  TrainingProcess(Path log, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "org.clusternet.cli.Main",
                "train"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(log.toAbsolutePath().getParent().toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    this.process = builder.start();
  }

  /** Waits until there is a file of the run. */
  void awaitFile(Path file) throws InterruptedException {
    for (int tries = 0; !Files.exists(file); tries++) {
      if (tries > 50 * PATIENCE_SECONDS || !process.isAlive()) {
        throw new AssertionError(file + ": is not written");
      }
      Thread.sleep(20);
    }
  }

  /** The signal TERM, and the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return await();
  }

  /** The signal KILL, which no process can answer. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    await();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code, once it has ended. */
  int await() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
