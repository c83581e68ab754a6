package org.clusternet.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.data.DataException;
import org.clusternet.text.Json;

/**
 * Settings from several places, later ones over earlier ones: a preset, a file, single values.
 *
 * <p>Three things follow what they belong to unless they are set beside it: the size of the crop
 * follows that of the images as long as they are equal; a dataset folder takes the place of the
 * simulation, and the other way round; and simulated images are at least as large as the central
 * crop.
 */
public final class ConfigLayers {
  private static final String DEFAULT_PRESET = "quick";

  private static final String SINGLE_VALUES = "--set";

  private final String preset;
  private final Map<String, ObjectNode> layers = new LinkedHashMap<>();

  /**
   * No layers yet.
   *
   * @param preset what lies under all, or null for the one that the layers name, or quick
   */
  public ConfigLayers(String preset) {
    this.preset = preset;
  }

  /**
   * Adds a file.
   *
   * @throws DataException if it cannot be read or is no YAML
   */
  public ConfigLayers file(Path file) {
    return add(ConfigFile.tree(ConfigFile.content(file), file.toString()), file.toString());
  }

  /** Adds a dataset folder. */
  public ConfigLayers folder(String folder) {
    ObjectNode layer = Json.object();
    layer.putObject("data").put("folder", folder);
    return add(layer, "--data");
  }

  /** Adds a number of threads, for jobs that run beside each other. */
  public ConfigLayers threads(int threads) {
    ObjectNode layer = Json.object();
    layer.putObject("compute").put("threads", threads);
    return add(layer, "--threads");
  }

  /**
   * Adds a single value; all of them are one layer.
   *
   * @param assignment for instance {@code optimizer.epochs=20}
   * @throws IllegalArgumentException if it is not of this form
   */
  public ConfigLayers set(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          "--set " + assignment + ": is no key=value, such as optimizer.epochs=20");
    }
    String[] keys = assignment.substring(0, equals).strip().split("\\.", -1);
    ObjectNode place = layers.computeIfAbsent(SINGLE_VALUES, name -> Json.object());
    for (int i = 0; i < keys.length - 1; i++) {
      place = place.withObjectProperty(keys[i]);
    }
    try {
      String text = assignment.substring(equals + 1);
      place.set(keys[keys.length - 1], ConfigFile.value(text, "--set " + assignment));
    } catch (DataException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return this;
  }

  /** Adds a tree; {@code source} names it in errors. */
  ConfigLayers add(ObjectNode tree, String source) {
    layers.put(source, tree);
    return this;
  }

  /**
   * The settings.
   *
   * @throws DataException in one line if a key of a file is unknown, naming the nearest known one,
   *     or a value is wrong
   * @throws IllegalArgumentException if that is so of a single value, or there is no such preset
   */
  public TrainingConfig resolve() {
    ObjectNode known = (ObjectNode) Json.tree(TrainingConfig.preset(presetName(), null));
    ObjectNode values = known.deepCopy();
    layers.forEach((source, layer) -> lay(values, layer, known, source));
    if (preset != null) {
      values.put("preset", preset);
    }
    return Json.convert(values, TrainingConfig.class, "settings");
  }

  /** Each layer is checked by itself, so that an error names the one that is wrong. */
  private static void lay(ObjectNode values, ObjectNode layer, ObjectNode known, String source) {
    try {
      follow(values, layer, known);
      merge(values, layer, known, known, "", source);
      Json.convert(values, TrainingConfig.class, source);
    } catch (DataException e) {
      if (source.equals(SINGLE_VALUES)) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
      throw e;
    }
  }

  private String presetName() {
    String name = preset;
    if (name == null) {
      name = DEFAULT_PRESET;
      for (ObjectNode layer : layers.values()) {
        name = layer.path("preset").asText(name);
      }
    }
    return name;
  }

  private static void follow(ObjectNode values, ObjectNode layer, ObjectNode known) {
    JsonNode set = layer.path("data");
    ObjectNode data = (ObjectNode) values.get("data");
    if (set.hasNonNull("folder") && !set.has("simulation")) {
      data.set("simulation", NullNode.instance);
    } else if (set.hasNonNull("simulation") && !set.has("folder")) {
      data.set("folder", NullNode.instance);
    } else if (set.has("folder") && !set.has("simulation") && data.get("simulation").isNull()) {
      data.set("simulation", known.get("data").get("simulation").deepCopy());
    }
    ObjectNode crop = (ObjectNode) values.get("crop");
    if (set.has("image_size")
        && !layer.path("crop").has("size")
        && crop.get("size").equals(data.get("image_size"))) {
      crop.set("size", set.get("image_size"));
    }
    JsonNode simulation = data.get("simulation");
    if (simulation instanceof ObjectNode object
        && !set.path("simulation").has("size")
        && set.path("central_crop").asInt() > object.get("size").asInt()) {
      object.set("size", set.get("central_crop"));
    }
  }

  private static void merge(
      ObjectNode values,
      JsonNode layer,
      JsonNode known,
      ObjectNode all,
      String prefix,
      String source) {
    for (Map.Entry<String, JsonNode> entry : layer.properties()) {
      String name = entry.getKey();
      String key = prefix + name;
      JsonNode value = entry.getValue();
      if (!known.has(name)) {
        throw new DataException(
            "%s: unknown key=%s; did you mean %s?".formatted(source, key, nearest(key, all)));
      }
      if (!known.get(name).isObject()) {
        values.set(name, value);
      } else if (value.isObject()) {
        if (!values.get(name).isObject()) {
          values.set(name, known.get(name).deepCopy());
        }
        merge((ObjectNode) values.get(name), value, known.get(name), all, key + ".", source);
      } else if (value.isNull() && key.equals("data.simulation")) {
        values.set(name, value);
      } else {
        throw new DataException(
            "%s: key=%s has keys of its own, such as %s.%s; set one of those"
                .formatted(source, key, key, known.get(name).fieldNames().next()));
      }
    }
  }

  /** The known key whose last part is nearest, of equals the one that is nearest as a whole. */
  private static String nearest(String key, ObjectNode all) {
    List<String> keys = new ArrayList<>();
    collect(all, "", keys);
    return Collections.min(
        keys,
        Comparator.<String>comparingInt(known -> edits(lastPart(key), lastPart(known)))
            .thenComparingInt(known -> edits(key, known)));
  }

  private static void collect(JsonNode tree, String prefix, List<String> keys) {
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      keys.add(prefix + entry.getKey());
      collect(entry.getValue(), prefix + entry.getKey() + ".", keys);
    }
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** Levenshtein's distance, row by row. */
  private static int edits(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
