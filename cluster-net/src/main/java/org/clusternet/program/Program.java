package org.clusternet.program;

/**
 * The program's name as its user typed it: {@code bin/cluster-net}, or {@code cluster-net} where
 * the PATH leads to it. The launchers pass it on as {@code -Dclusternet.command}, so that a command
 * in a message can be copied and run.
 */
public final class Program {
  private static final String PROPERTY = "clusternet.command";
  private static final String NAME = "cluster-net";

  private Program() {}

  /**
   * A command line of this program.
   *
   * @param arguments the subcommand and what follows, for instance {@code doctor}
   */
  public static String command(String arguments) {
    return System.getProperty(PROPERTY, NAME) + " " + arguments;
  }
}
