package org.clusternet.kernels;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sources that a module's PTX was built from, and its entries: written beside the PTX by the
 * builder, and compared with both by the tests.
 *
 * @param sourceHash SHA-256 of the {@code .cu} and of every header of the folder
 * @param target oldest architecture that it runs on, for instance {@code sm_75}
 * @param isa version of the PTX language in its header
 * @param compiler name and version of the compiler
 * @param entries the entry points
 */
public record PtxManifest(
    String sourceHash, String target, String isa, String compiler, List<Entry> entries) {

  /**
   * An entry point.
   *
   * @param name symbol
   * @param parameters types of its parameters in PTX, for instance {@code u64}
   */
  public record Entry(String name, List<String> parameters) {

    @Override
    public String toString() {
      return name + "(" + String.join(", ", parameters) + ")";
    }
  }

  /** Parses the result of {@link #format}. */
  public static PtxManifest parse(String text) {
    Map<String, String> values = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      String key = line.substring(0, equals);
      String value = line.substring(equals + 1);
      if (key.equals("entry")) {
        entries.add(entry(value));
      } else {
        values.put(key, value);
      }
    }
    return new PtxManifest(
        value(values, "source-sha256"),
        value(values, "target"),
        value(values, "isa"),
        value(values, "compiler"),
        entries);
  }

  private static Entry entry(String text) {
    int open = text.indexOf('(');
    String inner = text.substring(open + 1, text.length() - 1);
    List<String> parameters = inner.isEmpty() ? List.of() : List.of(inner.split(", "));
    return new Entry(text.substring(0, open), parameters);
  }

  private static String value(Map<String, String> values, String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("PTX manifest: there is no line " + key + "=...");
    }
    return value;
  }

  /** One {@code key=value} per line. */
  public String format() {
    StringBuilder text = new StringBuilder();
    text.append("source-sha256=").append(sourceHash).append('\n');
    text.append("target=").append(target).append('\n');
    text.append("isa=").append(isa).append('\n');
    text.append("compiler=").append(compiler).append('\n');
    for (Entry entry : entries) {
      text.append("entry=").append(entry).append('\n');
    }
    return text.toString();
  }
}
