package org.clusternet.data.accept;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.data.DataException;
import org.clusternet.data.physics.Units;

/**
 * Reads ACCEPT's main table: one shell per line, 20 columns separated by blanks, comments after
 * '#'.
 *
 * <p>The columns used are Name, Rin, Rout (Mpc), nelec (cm^-3), Tx (keV), Lambda (erg cm^3 s^-1)
 * and tcool3/2 (Gyr); the other columns may hold anything (the mass is "nan" in 88 lines). A line
 * with another number of columns, or with a used value that is not a number or impossible for gas
 * in a cluster (such as NaN, zero or negative; Rin may be 0), or whose Rin is not below Rout, is
 * skipped and reported; so is a shell that overlaps the one inside it, and then a cluster with
 * fewer than {@value #MIN_SHELLS} usable shells.
 */
public final class AcceptProfiles {
  /** The number of usable shells that a cluster must have. */
  public static final int MIN_SHELLS = 3;

  private static final int COLUMNS = 20;
  private static final int R_IN = 1;
  private static final int R_OUT = 2;
  private static final int N_ELEC = 3;
  private static final int TX = 13;
  private static final int LAMBDA = 15;
  private static final int T_COOL_32 = 18;

  /** In Mpc. */
  private static final double MAX_RADIUS = 100;

  /** Radii have five digits, so neighbours may seem to overlap by their rounding. */
  private static final double ROUNDING = 1e-3;

  private record Row(int line, AcceptShell shell) {}

  private AcceptProfiles() {}

  /**
   * Reads the clusters of a table.
   *
   * @param file ACCEPT's main table
   * @param problems list to which skipped lines and clusters are added, with reasons
   * @return the clusters in the order of the file
   * @throws DataException if the file cannot be read or has no usable cluster
   */
  public static List<AcceptCluster> read(Path file, List<Problem> problems) {
    Map<String, List<Row>> rows = readRows(file, problems);
    List<AcceptCluster> clusters = new ArrayList<>();
    rows.forEach(
        (name, all) -> {
          List<AcceptShell> shells = ordered(name, all, problems);
          if (shells.size() < MIN_SHELLS) {
            problems.add(
                new Problem(
                    0,
                    name,
                    "only "
                        + shells.size()
                        + " good shells, need "
                        + MIN_SHELLS
                        + "; cluster skipped"));
          } else {
            clusters.add(new AcceptCluster(name, shells));
          }
        });
    if (clusters.isEmpty()) {
      throw new DataException(
          file
              + ": no cluster with "
              + MIN_SHELLS
              + " good shells"
              + (problems.isEmpty() ? "" : " (first problem: " + problems.get(0) + ")")
              + "; give ACCEPT's main table of profiles, "
              + COLUMNS
              + " columns a line");
    }
    return clusters;
  }

  private static Map<String, List<Row>> readRows(Path file, List<Problem> problems) {
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
          continue;
        }
        String[] columns = text.split("\\s+");
        List<Row> of = rows.computeIfAbsent(columns[0], name -> new ArrayList<>());
        try {
          of.add(new Row(number, shell(columns)));
        } catch (IllegalArgumentException e) {
          problems.add(new Problem(number, columns[0], e.getMessage() + "; line skipped"));
        }
      }
    } catch (NoSuchFileException e) {
      throw new DataException(file + ": no such file; name ACCEPT's main table of profiles", e);
    } catch (CharacterCodingException e) {
      throw new DataException(
          file + ": is not text in UTF-8; name ACCEPT's main table of profiles", e);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
    }
    return rows;
  }

  private static AcceptShell shell(String[] columns) {
    if (columns.length != COLUMNS) {
      throw new IllegalArgumentException("columns=%d, need %d".formatted(columns.length, COLUMNS));
    }
    double inner = number(columns, R_IN, "Rin", 0, MAX_RADIUS);
    double outer = number(columns, R_OUT, "Rout", 0, MAX_RADIUS);
    if (!(inner < outer)) {
      throw new IllegalArgumentException(
          "Rin=%s is not below Rout=%s".formatted(columns[R_IN], columns[R_OUT]));
    }
    return new AcceptShell(
        inner * Units.MPC_KPC,
        outer * Units.MPC_KPC,
        number(columns, N_ELEC, "nelec", 1e-9, 1e3),
        number(columns, TX, "Tx", 1e-3, 1e3),
        number(columns, LAMBDA, "Lambda", 1e-30, 1e-15),
        number(columns, T_COOL_32, "tcool3/2", 1e-6, 1e9));
  }

  private static double number(String[] columns, int index, String name, double min, double max) {
    String text = columns[index];
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("%s=%s is not a number".formatted(name, text));
    }
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          "%s=%s is outside %s to %s".formatted(name, text, min, max));
    }
    return value;
  }

  private static List<AcceptShell> ordered(String name, List<Row> rows, List<Problem> problems) {
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingDouble(row -> row.shell().inner()));
    List<AcceptShell> shells = new ArrayList<>();
    double edge = 0;
    for (Row row : sorted) {
      AcceptShell shell = row.shell();
      if (shell.inner() < edge * (1 - ROUNDING)) {
        problems.add(
            new Problem(
                row.line(),
                name,
                "Rin="
                    + shell.inner()
                    + " kpc lies within a shell that ends at "
                    + edge
                    + " kpc; line skipped"));
      } else {
        shells.add(shell);
        edge = shell.outer();
      }
    }
    return shells;
  }
}
