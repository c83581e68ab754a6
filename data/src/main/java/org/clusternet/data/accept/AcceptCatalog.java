package org.clusternet.data.accept;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.clusternet.data.io.CsvFile;
import org.clusternet.data.physics.Units;

/**
 * Positions of the clusters in the sky, from ACCEPT's table of global properties.
 *
 * <p>The two tables write names differently (ABELL_0068 and Abell_68, ZWCL_3146 and
 * ZwCl_1021.0+0426), so a cluster is found in two steps: by its name without case, underscores,
 * leading zeros and tenths of a minute; then, among the remaining ones, by the only cluster that
 * has a shell with the catalogue's Rin and nelec. The name is tried first because the catalogue has
 * the shell columns of RX_J0439.0+0520 and RX_J0439.0+0715 exchanged.
 */
public final class AcceptCatalog {
  /**
   * One cluster of the catalogue.
   *
   * @param name name in the catalogue
   * @param ra right ascension in degrees (J2000), from 0 up to 360
   * @param dec declination in degrees (J2000), from -90 to 90
   * @param z redshift, above 0
   * @param inner Rin of the central shell that the catalogue quotes, in kpc
   * @param electronDensity nelec of that shell, in cm^-3
   */
  public record Entry(
      String name, double ra, double dec, double z, double inner, double electronDensity) {}

  private static final String[] COLUMNS = {"Name", "RA", "Dec", "z", "Rin", "nelec"};
  private static final Pattern FRACTION = Pattern.compile("\\.[0-9]+");
  private static final Pattern LEADING_ZEROS = Pattern.compile("(?<![0-9])0+(?=[0-9])");
  private static final Pattern BLANKS = Pattern.compile("[_ ]");

  /** The catalogue quotes radii with three digits and densities with five. */
  private static final double RADIUS_ROUNDING = 6e-3;

  private static final double DENSITY_ROUNDING = 2e-4;

  private AcceptCatalog() {}

  /**
   * Finds the entries of clusters.
   *
   * @param file accept_catalog.csv: Name, RA, Dec, z, Rin, nelec among its columns; a row of units
   *     named '#' is skipped
   * @param clusters the clusters of the table of profiles
   * @param problems rows that cannot be used and clusters that are not found are added here
   * @return entries by the name of the cluster, for those that were found
   * @throws org.clusternet.data.DataException if the file cannot be read or lacks a column
   */
  public static Map<String, Entry> find(
      Path file, List<AcceptCluster> clusters, List<Problem> problems) {
    List<Entry> entries = read(file, problems);
    Map<String, Entry> found = new LinkedHashMap<>();
    Set<Entry> left = new HashSet<>(entries);
    Map<String, Entry> byName = byName(entries);
    for (AcceptCluster cluster : clusters) {
      Entry entry = byName.get(key(cluster.name()));
      if (entry != null && left.remove(entry)) {
        found.put(cluster.name(), entry);
      }
    }
    for (AcceptCluster cluster : clusters) {
      if (!found.containsKey(cluster.name())) {
        List<Entry> same = left.stream().filter(entry -> hasShell(cluster, entry)).toList();
        if (same.size() == 1) {
          found.put(cluster.name(), same.get(0));
          left.remove(same.get(0));
        } else {
          problems.add(
              new Problem(0, cluster.name(), "not in " + file + "; written without sky position"));
        }
      }
    }
    return found;
  }

  private static List<Entry> read(Path file, List<Problem> problems) {
    List<Entry> entries = new ArrayList<>();
    for (CsvFile.Row row : CsvFile.read(file, COLUMNS)) {
      String name = row.get("Name");
      if (name.startsWith("#")) {
        continue;
      }
      try {
        entries.add(
            new Entry(
                name,
                number(row, "RA", 0, 360),
                number(row, "Dec", -90, 90),
                number(row, "z", Double.MIN_VALUE, 10),
                number(row, "Rin", 0, Double.MAX_VALUE) * Units.MPC_KPC,
                number(row, "nelec", 0, Double.MAX_VALUE)));
      } catch (IllegalArgumentException e) {
        problems.add(
            new Problem((int) row.line(), name, file + ": " + e.getMessage() + "; row skipped"));
      }
    }
    return entries;
  }

  private static double number(CsvFile.Row row, String column, double min, double max) {
    String text = row.get(column);
    try {
      double value = Double.parseDouble(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(column + "=" + text + " is not a number", e);
    }
    throw new IllegalArgumentException(
        "%s=%s is outside %s to %s".formatted(column, text, min, max));
  }

  private static Map<String, Entry> byName(List<Entry> entries) {
    Map<String, Entry> byName = new HashMap<>();
    Set<String> ambiguous = new HashSet<>();
    for (Entry entry : entries) {
      String key = key(entry.name());
      if (byName.put(key, entry) != null) {
        ambiguous.add(key);
      }
    }
    byName.keySet().removeAll(ambiguous);
    return byName;
  }

  private static String key(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    String whole = FRACTION.matcher(upper).replaceAll("");
    String plain = LEADING_ZEROS.matcher(whole).replaceAll("");
    return BLANKS.matcher(plain).replaceAll("");
  }

  private static boolean hasShell(AcceptCluster cluster, Entry entry) {
    return cluster.shells().stream()
        .anyMatch(
            shell ->
                near(shell.inner(), entry.inner(), RADIUS_ROUNDING)
                    && near(shell.electronDensity(), entry.electronDensity(), DENSITY_ROUNDING));
  }

  private static boolean near(double a, double b, double relative) {
    return Math.abs(a - b) <= relative * b;
  }
}
