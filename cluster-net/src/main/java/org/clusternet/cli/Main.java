package org.clusternet.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.data.DataException;
import org.clusternet.engine.cuda.api.CudaUnavailableException;
import org.clusternet.program.Program;
import org.clusternet.training.TrainingException;
import org.clusternet.training.TrainingStoppedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The main class of {@code bin/cluster-net}: the root command, under which each job is a
 * subcommand.
 *
 * <p>Exit codes are picocli's: 0 for success, 1 for a failed command, 2 for invalid usage; and the
 * shell's: 128 plus the number of the signal that ended the process. A failure is one line on
 * standard error, to which {@code --stack-trace} adds the stack trace. Results go to standard
 * output, progress and messages to standard error.
 */
@Command(
    name = "cluster-net",
    description = {
      "Classifies galaxy clusters by the type of their core from an X-ray image: cool core (CC),",
      "weak cool core (WCC) or non-cool core (NCC).",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Example: a first training run on a simulated sample, which takes minutes on two cores:",
      "  cluster-net train"
    })
public final class Main implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          TrainCommand.class,
          CrossvalCommand.class,
          AblationCommand.class,
          PredictCommand.class,
          ExplainCommand.class,
          ReportCommand.class,
          ExportCommand.class,
          SimulateCommand.class,
          ProjectCommand.class,
          ValidateSimulationCommand.class,
          ObservingStudyCommand.class,
          ValidateLikenessCommand.class,
          ImportAcceptCommand.class,
          ImportImagesCommand.class,
          ClassicalCommand.class,
          DoctorCommand.class,
          SelftestCommand.class,
          BenchCommand.class);
  private static final int WIDTH = 100;
  private static final int INTERRUPTED = 130;

  @Spec private CommandSpec spec;

  @Option(
      names = "--stack-trace",
      scope = ScopeType.INHERIT,
      description = "Also print the stack trace if the command fails.")
  private boolean stackTrace;

  private Main() {}

  /**
   * Runs one command and ends the JVM with its exit code.
   *
   * @param args the command line, without the program's name
   */
  public static void main(String[] args) {
    StandardError.restore();
    System.exit(commandLine(args).execute(args));
  }

  /**
   * A command line, ready to execute; tests set their own writers. To start faster it has only the
   * subcommand that the first word names; if the first word names none, it has all of them.
   *
   * @param args arguments that it will be executed with; may be empty
   */
  static CommandLine commandLine(String... args) {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    named(args).forEach(line::addSubcommand);
    Map<String, String> exitCodes = new LinkedHashMap<>();
    exitCodes.put("0", "success");
    exitCodes.put(
        "1",
        "the command failed, for example because of unusable input or a loss that is not finite");
    exitCodes.put("2", "invalid usage: unknown options, missing or invalid values");
    exitCodes.put("130", "interrupted by Ctrl-C (143: by SIGTERM); train leaves a checkpoint");
    for (CommandLine command : allOf(line)) {
      command
          .getCommandSpec()
          .usageMessage()
          .exitCodeListHeading("%nExit codes:%n")
          .exitCodeList(exitCodes);
    }
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setUnmatchedOptionsAllowedAsOptionParameters(false)
        .setUsageHelpWidth(WIDTH)
        .setExecutionStrategy(main::execute)
        .setParameterExceptionHandler((failure, words) -> main.misused(failure))
        .setExecutionExceptionHandler((failure, command, parsed) -> main.report(failure, command));
  }

  private static List<Class<?>> named(String[] args) {
    String first = args.length == 0 ? "" : args[0];
    return COMMANDS.stream()
        .filter(command -> command.getAnnotation(Command.class).name().equals(first))
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(COMMANDS);
  }

  private static List<CommandLine> allOf(CommandLine line) {
    List<CommandLine> all = new ArrayList<>(line.getSubcommands().values());
    all.add(line);
    return all;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command");
  }

  private int execute(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (OutOfMemoryError e) {
      return outOfMemory(e);
    }
  }

  private int outOfMemory(OutOfMemoryError e) {
    print(
        spec.commandLine(),
        "cluster-net: out of memory: %s; reduce --batch or --image-size, or give the JVM more memory: CLUSTER_NET_JAVA_OPTS=-Xmx8g"
            .formatted(e.getMessage()),
        e);
    return spec.exitCodeOnExecutionException();
  }

  /** One line, with the nearest option where one was misspelt. */
  private int misused(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    StringBuilder line = new StringBuilder(name + ": " + failure.getMessage());
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      line.append("; did you mean ").append(unmatched.getSuggestions().get(0)).append('?');
    }
    print(command, line.append(" (").append(name).append(" --help lists the options)"), failure);
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private int report(Exception failure, CommandLine command) {
    if (failure instanceof TrainingStoppedException) {
      // The run has already reported this and how to resume; the process is ending.
      return INTERRUPTED;
    }
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    print(
        command,
        "cluster-net: "
            + (isForUsers(failure) ? "" : internalError(failure))
            + message
            + hint(failure),
        failure);
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  /** Whether the message was written for users; any other exception is a bug in this program. */
  private static boolean isForUsers(Exception failure) {
    return failure instanceof DataException
        || failure instanceof TrainingException
        || failure instanceof IllegalArgumentException
        || failure instanceof IOException
        || failure instanceof UncheckedIOException;
  }

  /** Where to read on, if there is more to say than fits into a line. */
  private static String hint(Exception failure) {
    return failure.getCause() instanceof CudaUnavailableException
        ? " (" + Program.command("doctor") + " says more)"
        : "";
  }

  private static String internalError(Exception failure) {
    return "internal error (please report it with the output of --stack-trace): "
        + failure.getClass().getSimpleName()
        + ": ";
  }

  private void print(CommandLine command, CharSequence line, Throwable failure) {
    command.getErr().println(command.getColorScheme().errorText(line.toString()));
    if (stackTrace) {
      failure.printStackTrace(command.getErr());
    }
    command.getErr().flush();
  }
}
