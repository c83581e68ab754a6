package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root command: what it prints where, and the exit codes that scripts rely on. */
class MainTest {

  /** A job that always fails. */
  @Command(name = "fail")
  static final class Failing implements Runnable {
    @Override
    public void run() {
      throw new IllegalArgumentException("file=x.fits: rank=3; give a 2-D image");
    }
  }

  /** A job that needs more memory than there is. */
  @Command(name = "fill")
  static final class Filling implements Runnable {
    @Override
    public void run() {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  /** A job with a bug. */
  @Command(name = "crash")
  static final class Crashing implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("no votes");
    }
  }

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private CommandLine commandLine;

  @BeforeEach
  void plainText() {
    commandLine = Main.commandLine();
    commandLine
        .addSubcommand(new Failing())
        .addSubcommand(new Filling())
        .addSubcommand(new Crashing());
    // picocli's setters reach only the subcommands that are there already.
    commandLine
        .setExecutionExceptionHandler(commandLine.getExecutionExceptionHandler())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
  }

  @Test
  void versionIsTheVersionOfThePom() throws IOException {
    assertEquals(0, commandLine.execute("--version"));
    assertEquals("cluster-net " + pomVersion(), out.toString().lines().findFirst().orElseThrow());
    assertEquals("", err.toString());
  }

  @Test
  void helpGoesToStandardOutput() {
    assertEquals(0, commandLine.execute("--help"));
    assertTrue(out.toString().startsWith("Usage: cluster-net "), out::toString);
    assertEquals("", err.toString());
  }

  @Test
  void noSubcommandIsAUsageError() {
    assertEquals(2, commandLine.execute());
    assertEquals(
        "cluster-net: missing command (cluster-net --help lists the options)\n", err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertEquals(2, commandLine.execute("--epoch"));
    assertEquals(
        "cluster-net: Unknown option: '--epoch' (cluster-net --help lists the options)\n",
        err.toString());
  }

  @Test
  void aFailureIsOneLine() {
    assertEquals(1, commandLine.execute("fail"));
    assertEquals("cluster-net: file=x.fits: rank=3; give a 2-D image\n", err.toString());
  }

  @Test
  void outOfMemoryIsOneLineWithARemedy() {
    assertEquals(1, commandLine.execute("fill"));
    assertEquals(
        "cluster-net: out of memory: Java heap space; reduce --batch or --image-size,"
            + " or give the JVM more memory: CLUSTER_NET_JAVA_OPTS=-Xmx8g\n",
        err.toString());
  }

  @Test
  void aBugIsReportedAsInternalError() {
    assertEquals(1, commandLine.execute("crash"));
    assertEquals(
        "cluster-net: internal error (please report it with the output of --stack-trace):"
            + " IllegalStateException: no votes\n",
        err.toString());
  }

  @Test
  void stackTraceIsPrintedOnRequest() {
    assertEquals(1, commandLine.execute("--stack-trace", "fail"));
    assertTrue(err.toString().contains("at " + Failing.class.getName() + ".run("), err::toString);
    assertFalse(err.toString().lines().findFirst().orElseThrow().contains("Exception"));
  }

  private static String pomVersion() throws IOException {
    String pom = Files.readString(Checkout.root().resolve(Path.of("cluster-net", "pom.xml")));
    Matcher version =
        Pattern.compile("<parent>.*?<version>(.*?)</version>", Pattern.DOTALL).matcher(pom);
    assertTrue(version.find(), "no version in the pom");
    return version.group(1);
  }
}
