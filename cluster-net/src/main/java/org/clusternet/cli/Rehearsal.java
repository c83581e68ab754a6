package org.clusternet.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Goes once through what users do most: simulate, train on a dataset, predict; each so small that
 * all of it takes seconds. The launcher runs this after a build, with a JVM that writes down which
 * classes were loaded, so that later ones take them, parsed and linked, from an archive (JEP 514);
 * {@code jvm.sh} says how. A main class of its own, as {@link Main} ends the JVM after one command.
 */
final class Rehearsal {
  private Rehearsal() {}

  /**
   * Runs the commands one after the other.
   *
   * @param args the folder to write to, which must not be there yet
   */
  public static void main(String[] args) {
    System.exit(run(Path.of(args[0]), System.err));
  }

  /**
   * Runs the commands one after the other, up to one that fails.
   *
   * @param folder for what they write
   * @param log hears which command is on; what the commands themselves say goes where it always
   *     goes
   * @return the exit code of the last one
   */
  static int run(Path folder, PrintStream log) {
    String data = folder.resolve("data").toString();
    String run = folder.resolve("run").toString();
    String image = folder.resolve("data/images/sim00000_x.fits").toString();
    for (List<String> command :
        List.of(
            List.of("simulate", "--clusters", "6", "--size", "256", "--out", data),
            List.of(
                "train",
                "--data",
                data,
                "--folds",
                "3",
                "--epochs",
                "1",
                "--device",
                "cpu",
                "--out",
                run),
            List.of(
                "predict",
                "--model",
                run,
                image,
                "--device",
                "cpu",
                "--out",
                folder.resolve("predicted").toString()))) {
      log.println("rehearsal of " + command.get(0));
      String[] words = command.toArray(String[]::new);
      int exit = Main.commandLine(words).execute(words);
      if (exit != 0) {
        return exit;
      }
    }
    return 0;
  }
}
