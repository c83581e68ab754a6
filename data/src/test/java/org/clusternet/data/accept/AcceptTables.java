package org.clusternet.data.accept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes small tables in ACCEPT's format. */
final class AcceptTables {
  static final String HEADER = "#Name Rin Rout nelec ...\n### Mpc Mpc cm^-3 ...\n";

  private AcceptTables() {}

  /** A line with the used columns given and the others at 1. */
  static String line(
      String name, double rin, double rout, double ne, double kT, double lambda, double tCool) {
    return String.format(
        Locale.ROOT,
        "%s %.5e %.5e %.4e 1 1 1 1 1 1 1 nan nan %.4e 1 %.4e 1 1 %.4e 1",
        name,
        rin,
        rout,
        ne,
        kT,
        lambda,
        tCool);
  }

  /**
   * Shells of 10 kpc, from the outermost inwards as in ACCEPT, of a density n0 / (1 + r/50 kpc).
   */
  static List<String> cluster(String name, int shells, double n0, double centralTime) {
    List<String> lines = new ArrayList<>();
    for (int i = shells - 1; i >= 0; i--) {
      double ne = n0 / (1 + (i + 0.5) / 5);
      lines.add(line(name, i * 0.01, (i + 1) * 0.01, ne, 4, 1.8e-23, centralTime * (1 + i)));
    }
    return lines;
  }

  static Path write(Path folder, List<String> lines) throws IOException {
    return Files.writeString(
        folder.resolve("profiles.txt"), HEADER + String.join("\n", lines) + "\n");
  }
}
