package org.clusternet.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.clusternet.bench.compare.Compare;
import org.clusternet.bench.profile.OpProfile;
import org.clusternet.bench.runs.Converge;
import org.clusternet.bench.runs.Reading;
import org.clusternet.bench.runs.StartUp;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Entry point of all benchmarks: {@code compare}, {@code profile}, {@code start-up}, {@code
 * converge} and {@code reading} are our own commands, any other arguments are passed to JMH.
 */
public final class BenchMain {
  private BenchMain() {}

  /** Runs the command that the first argument names. */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT); // tables are alike on every machine
    String first = args.length == 0 ? "" : args[0];
    @Nullable Callable<Integer> own =
        switch (first) {
          case "compare" -> new Compare();
          case "profile" -> new OpProfile();
          case "start-up" -> new StartUp();
          case "converge" -> new Converge();
          case "reading" -> new Reading();
          default -> null;
        };
    if (own != null) {
      System.exit(run(own, args));
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
