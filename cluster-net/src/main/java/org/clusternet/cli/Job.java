package org.clusternet.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.clusternet.progress.BarProgress;
import org.clusternet.progress.LineProgress;
import org.clusternet.progress.Progress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Base of the commands: where results, progress and errors go. */
abstract class Job implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Standard output: results. */
  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Progress on standard error: with a progress bar if it is a terminal. */
  Progress progress() {
    PrintWriter err = spec.commandLine().getErr();
    if (StandardError.isTerminal()) {
      return new BarProgress(err);
    }
    return new LineProgress(
        text -> {
          err.println(text);
          err.flush();
        });
  }

  /** Reports invalid settings as invalid usage. */
  <T> T checked(Supplier<T> settings) {
    try {
      return settings.get();
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
