package org.clusternet.data.simulate.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;

/**
 * A reference sample as text: one halo per line, {@value #COLUMNS} numbers separated by blanks: id,
 * log10 M500 in solar masses, r500 in Mpc, then {@link Quantity} in its order. Lines that begin
 * with # are comments. This is the layout of the core columns of the TNG-Cluster catalogue
 * (tng-project.org/data/cluster).
 */
public final class ReferenceTable {
  private static final int FIRST = 3;
  private static final int COLUMNS = 10;

  /**
   * A halo of the sample.
   *
   * @param mass M500 in solar masses
   * @param values value of each quantity
   */
  public record Halo(double mass, Map<Quantity, Double> values) {
    /**
     * The core type.
     *
     * @return the type, decided by the cooling time
     */
    public CoreType type() {
      return CoreType.ofCoolingTime(value(Quantity.COOLING_TIME));
    }

    /**
     * The value of a quantity.
     *
     * @param quantity the quantity
     * @return its value
     */
    public double value(Quantity quantity) {
      return Objects.requireNonNull(values.get(quantity));
    }
  }

  private ReferenceTable() {}

  /**
   * Reads a table.
   *
   * @param file the table
   * @return the haloes in the order of the file
   * @throws DataException if the file cannot be read, a line has another number of columns, or a
   *     core type has fewer than three haloes
   */
  public static List<Halo> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e, e);
    }
    List<Halo> haloes = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        haloes.add(halo(file, i + 1, line));
      }
    }
    for (CoreType type : CoreType.values()) {
      long count = haloes.stream().filter(halo -> halo.type() == type).count();
      if (count < 3) {
        throw new DataException(
            "%s: haloes of type %s=%d; at least 3 of each type are needed"
                .formatted(file, type, count));
      }
    }
    return haloes;
  }

  private static Halo halo(Path file, int number, String line) {
    String[] words = line.split("\\s+");
    if (words.length != COLUMNS) {
      throw new DataException(
          "%s: line %d: columns=%d; a halo has %d: id, log10 M500, r500, %s"
              .formatted(file, number, words.length, COLUMNS, columns()));
    }
    try {
      Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
      int column = FIRST;
      for (Quantity quantity : Quantity.values()) {
        values.put(quantity, Double.parseDouble(words[column++]));
      }
      Halo halo = new Halo(StrictMath.pow(10, Double.parseDouble(words[1])), values);
      halo.type();
      return halo;
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "%s: line %d: %s; correct or remove the line".formatted(file, number, e.getMessage()), e);
    }
  }

  private static String columns() {
    List<String> names = new ArrayList<>();
    for (Quantity quantity : Quantity.values()) {
      names.add(quantity.column());
    }
    return String.join(", ", names);
  }
}
