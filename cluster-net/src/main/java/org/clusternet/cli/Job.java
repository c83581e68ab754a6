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

/** What the commands share: where results, log and complaints go. */
abstract class Job implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Standard output: results. */
  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Standard error as a log: with a bar if it is a terminal. */
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

  /** Takes what is wrong with settings for what it is: a command line that makes no sense. */
  <T> T checked(Supplier<T> settings) {
    try {
      return settings.get();
    } catch (IllegalArgumentException e) {
      throw misuse(e.getMessage());
    }
  }

  ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
