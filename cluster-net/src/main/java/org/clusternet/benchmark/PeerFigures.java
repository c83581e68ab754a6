package org.clusternet.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.clusternet.data.DataException;

/**
 * The figures of another library, in the JSON that its script prints: batch, size and crop, and
 * numbers by keys that name the measurement ({@code crop_ms_}, {@code
 * train_images_per_s_PRECISION_}, {@code infer_images_per_s_PRECISION_}) and end with a variant of
 * the peer such as {@code eager}. Ours have the same keys with variants of our own, so that ratios
 * follow from the keys.
 */
public final class PeerFigures {
  private static final String TIME = "crop_ms_";
  private static final List<String> SHAPE = List.of("batch", "size", "crop");

  private final String name;
  private final JsonNode figures;

  /**
   * Figures of a peer.
   *
   * @param source name of the figures in error messages
   * @throws DataException if batch, size or crop are missing
   */
  public PeerFigures(String source, JsonNode figures) {
    this.figures = figures;
    this.name = figures.has("torch") ? "torch " + figures.get("torch").asText() : "peer";
    for (String key : SHAPE) {
      if (!figures.path(key).isInt()) {
        throw new DataException(
            source
                + ": key="
                + key
                + " is no whole number; name a file with the output of torch_peer.py");
      }
    }
  }

  /** Name and version of the library. */
  public String name() {
    return name;
  }

  /**
   * A row for each figure of ours that the peer has too.
   *
   * @param ours an entry of {@link BenchReport#steps}
   * @return what was measured, batch, our figure, variant of the peer, its figure, our speed as a
   *     multiple of its; empty if batch or size differ
   */
  List<List<String>> rows(Map<String, Object> ours) {
    List<List<String>> rows = new ArrayList<>();
    for (String key : SHAPE) {
      if (!(ours.get(key) instanceof Number n) || n.intValue() != figures.get(key).asInt()) {
        return rows;
      }
    }
    for (Map.Entry<String, Object> entry : ours.entrySet()) {
      int end = entry.getKey().lastIndexOf('_') + 1;
      if (!SHAPE.contains(entry.getKey()) && entry.getValue() instanceof Number figure) {
        rows.addAll(rows(entry.getKey().substring(0, end), figure.doubleValue()));
      }
    }
    return rows;
  }

  private List<List<String>> rows(String stem, double ours) {
    List<List<String>> rows = new ArrayList<>();
    for (Iterator<String> keys = figures.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (key.startsWith(stem)) {
        double theirs = figures.get(key).asDouble();
        boolean time = stem.equals(TIME);
        rows.add(
            List.of(
                stem.substring(0, stem.length() - 1).replace('_', ' '),
                figures.get("batch").asText(),
                (time ? "%.3f" : "%.1f").formatted(ours),
                name + ", " + key.substring(stem.length()),
                (time ? "%.3f" : "%.1f").formatted(theirs),
                "%.2f".formatted(time ? theirs / ours : ours / theirs)));
      }
    }
    return rows;
  }
}
