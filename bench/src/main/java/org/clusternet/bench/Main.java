package org.clusternet.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.clusternet.bench.compare.Compare;
import org.clusternet.bench.profile.OpProfile;
import picocli.CommandLine;

/**
 * All that can be measured, by one command: {@code compare} and {@code profile} are our own, any
 * other arguments are JMH's.
 */
public final class Main {
  private Main() {}

  /** Runs what the first argument names. */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT); // tables are alike on every machine
    String first = args.length == 0 ? "" : args[0];
    if (first.equals("compare")) {
      System.exit(run(new Compare(), args));
    } else if (first.equals("profile")) {
      System.exit(run(new OpProfile(), args));
    }
    org.openjdk.jmh.Main.main(args);
  }

  private static int run(Callable<Integer> command, String[] args) {
    return new CommandLine(command)
        .setExecutionExceptionHandler(
            (error, line, parsed) -> {
              line.getErr().println(parsed.commandSpec().name() + ": " + error.getMessage());
              return line.getCommandSpec().exitCodeOnExecutionException();
            })
        .execute(Arrays.copyOfRange(args, 1, args.length));
  }
}
