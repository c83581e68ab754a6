package org.clusternet.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/** The command line in this JVM, with what it prints caught. */
final class Cli {

  /** How a command ended and what it printed. */
  record Result(int exit, String out, String err) {
    /** The only line on standard error. */
    String complaint() {
      List<String> lines = err.lines().toList();
      if (lines.size() != 1 || !out.isEmpty()) {
        throw new AssertionError("one line on standard error is expected: " + this);
      }
      return lines.get(0);
    }
  }

  private Cli() {}

  static Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Main.commandLine(arguments)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .execute(arguments);
    return new Result(exit, out.toString(), err.toString());
  }

  /** A training run of seconds: one small epoch of the whole network on images of 64 pixels. */
  static Result train(Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--image-size", "64", "--folds", "3", "--threads", "1"));
    if (!Arrays.asList(more).contains("--epochs")) {
      arguments.addAll(List.of("--epochs", "1"));
    }
    arguments.addAll(List.of("--out", out.toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }
}
