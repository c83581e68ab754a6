package org.clusternet.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The main class of {@code ./cluster-net}: the root command, under which each job is a subcommand.
 *
 * <p>Exit codes are picocli's: 0 success, 1 a job that failed, 2 a command line that makes no
 * sense. A failure is one line on standard error; {@code --stack-trace} adds where it came from.
 */
@Command(
    name = "cluster-net",
    description = {
      "Tells the core types of galaxy clusters (CC, WCC, NCC) apart by their X-ray image.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = "--stack-trace",
      scope = ScopeType.INHERIT,
      description = "On a failure, print the stack trace too.")
  private boolean stackTrace;

  private Main() {}

  /**
   * Runs one command and ends the JVM with its exit code.
   *
   * @param args the command line, without the program's name
   */
  public static void main(String[] args) {
    StandardError.restore();
    System.exit(commandLine().execute(args));
  }

  /** The whole command line, ready to execute; tests give it writers of their own. */
  static CommandLine commandLine() {
    Main main = new Main();
    return new CommandLine(main)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((failure, command, parsed) -> main.report(failure, command));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }

  private int report(Exception failure, CommandLine command) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    command.getErr().println(command.getColorScheme().errorText("cluster-net: " + message));
    if (stackTrace) {
      failure.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
