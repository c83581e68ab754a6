package org.clusternet.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.clusternet.data.DataException;
import org.clusternet.data.image.LogFloor;
import org.clusternet.text.Json;
import org.jspecify.annotations.Nullable;

/**
 * Settings from several sources, each a layer that overrides those before it, in this order
 * whatever the order of the calls: a preset, defaults of a command, files, single values ({@code
 * --set}), options of the command line.
 *
 * <p>Some settings follow others within and across layers, unless their own layer sets them:
 *
 * <ul>
 *   <li>the size of the crop follows that of the images as long as both are equal;
 *   <li>a dataset folder replaces the simulation, and the other way round;
 *   <li>simulated images are at least as large as the central crop;
 *   <li>a number of folds replaces a table of folds;
 *   <li>a file with every key of {@code data} but the floor and later ones was written before the
 *       floor existed, by a run with the paper's floor, and keeps it.
 * </ul>
 */
public final class ConfigLayers {
  private static final Set<String> NEW_DATA_KEYS = Set.of("floor", "allow_duplicates");
  private static final String DEFAULT_PRESET = "quick";
  private static final String SINGLE_VALUES = "--set";
  private static final String OPTIONS = "options";
  private static final String DEFAULTS = "defaults";
  private static final SnakeCaseStrategy SPELLING = new SnakeCaseStrategy();

  private final @Nullable TrainingConfig base;
  private final Map<String, ObjectNode> files = new LinkedHashMap<>();
  private final Map<String, ObjectNode> values = new LinkedHashMap<>();
  private boolean augmented;

  /** Layers over the preset that one of them names, else over {@code quick}. */
  public ConfigLayers() {
    this.base = null;
  }

  /** Layers over settings that are complete. */
  public ConfigLayers(TrainingConfig base) {
    this.base = base;
  }

  /**
   * Adds a file.
   *
   * @throws DataException if it cannot be read or is not valid YAML
   */
  public ConfigLayers file(Path file) {
    return add(ConfigFile.tree(ConfigFile.content(file), file.toString()), file.toString());
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
          "--set " + assignment + ": is not of the form key=value, such as optimizer.epochs=20");
    }
    try {
      String text = assignment.substring(equals + 1);
      JsonNode value = ConfigFile.value(text, "--set " + assignment);
      return put(SINGLE_VALUES, assignment.substring(0, equals).strip(), value);
    } catch (DataException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Adds the value of an option of the command line; all of them are one layer.
   *
   * @param key key of the setting, such as {@code optimizer.epochs}
   */
  public ConfigLayers option(String key, Object value) {
    return put(OPTIONS, key, Json.tree(value));
  }

  /** Adds a value that a command has as its own default. */
  public ConfigLayers defaultValue(String key, Object value) {
    return put(DEFAULTS, key, Json.tree(value));
  }

  /** Switches on the usual augmentation for the size of the images that results. */
  public ConfigLayers augmented() {
    augmented = true;
    return this;
  }

  private ConfigLayers put(String source, String key, JsonNode value) {
    String[] names = key.split("\\.", -1);
    ObjectNode place = values.computeIfAbsent(source, name -> Json.object());
    for (int i = 0; i < names.length - 1; i++) {
      if (place.has(names[i]) && !place.get(names[i]).isObject()) {
        throw new IllegalArgumentException(
            source + ": key=" + names[i] + " has both a value and keys of its own; remove one");
      }
      place = place.withObjectProperty(names[i]);
    }
    place.set(names[names.length - 1], value);
    return this;
  }

  /** Adds a tree; {@code source} names it in errors. */
  ConfigLayers add(ObjectNode tree, String source) {
    files.put(source, tree);
    return this;
  }

  /**
   * The settings.
   *
   * @throws DataException in one line if a key of a file is unknown, naming the nearest known one,
   *     or a value is wrong
   * @throws IllegalArgumentException if that is so of a single value or an option, or there is no
   *     such preset
   */
  public TrainingConfig resolve() {
    Map<String, ObjectNode> layers = layers();
    ObjectNode known = (ObjectNode) Json.tree(TrainingConfig.preset(presetName(layers), null));
    ObjectNode resolved = base == null ? known.deepCopy() : (ObjectNode) Json.tree(base);
    layers.forEach((source, layer) -> apply(resolved, layer, known, source));
    if (augmented) {
      int size = resolved.path("data").path("image_size").asInt();
      resolved.set("augmentation", Json.tree(Augmentation.usual(size)));
    }
    return Json.convert(resolved, TrainingConfig.class, "settings");
  }

  private Map<String, ObjectNode> layers() {
    Map<String, ObjectNode> ordered = new LinkedHashMap<>();
    ordered.put(DEFAULTS, values.getOrDefault(DEFAULTS, Json.object()));
    ordered.putAll(files);
    ordered.put(SINGLE_VALUES, values.getOrDefault(SINGLE_VALUES, Json.object()));
    ordered.put(OPTIONS, values.getOrDefault(OPTIONS, Json.object()));
    return ordered;
  }

  /** Each layer is checked by itself, so that an error names the one that is wrong. */
  private static void apply(ObjectNode values, ObjectNode layer, ObjectNode known, String source) {
    try {
      ObjectNode spelled = respell(layer, known, source);
      follow(values, spelled, known);
      merge(values, spelled, known, "", source);
      Json.convert(values, TrainingConfig.class, source);
    } catch (DataException e) {
      if (source.equals(SINGLE_VALUES)) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
      if (source.equals(OPTIONS)) {
        throw new IllegalArgumentException(reason(e), e);
      }
      throw e;
    }
  }

  /** The message of the record that refused a value: it says the value, and the option is known. */
  private static String reason(DataException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException refused) {
        return String.valueOf(refused.getMessage());
      }
    }
    return String.valueOf(e.getMessage());
  }

  private String presetName(Map<String, ObjectNode> layers) {
    String name = base == null ? DEFAULT_PRESET : base.preset();
    for (ObjectNode layer : layers.values()) {
      name = layer.path("preset").asText(name);
    }
    return name;
  }

  /** The layer with keys such as {@code image-size} and {@code imageSize} as image_size. */
  private static ObjectNode respell(JsonNode layer, JsonNode known, String source) {
    ObjectNode spelled = Json.object();
    for (Map.Entry<String, JsonNode> entry : layer.properties()) {
      String name = entry.getKey();
      String usual = SPELLING.translate(name.replace('-', '_'));
      if (!known.has(name) && known.has(usual)) {
        if (layer.has(usual)) {
          throw new DataException(
              "%s: key=%s is given twice, also as %s; remove one".formatted(source, usual, name));
        }
        name = usual;
      }
      boolean section = entry.getValue().isObject() && known.path(name).isObject();
      spelled.set(
          name, section ? respell(entry.getValue(), known.get(name), source) : entry.getValue());
    }
    return spelled;
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
    if (set instanceof ObjectNode section && isBeforeFloor(section, data)) {
      section.set("floor", Json.tree(LogFloor.PAPER));
    }
    if (set.has("folds") && !set.has("splits")) {
      data.set("splits", NullNode.instance);
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

  private static boolean isBeforeFloor(ObjectNode set, ObjectNode data) {
    return !set.has("floor")
        && data.properties().stream()
            .allMatch(key -> NEW_DATA_KEYS.contains(key.getKey()) || set.has(key.getKey()));
  }

  private static void merge(
      ObjectNode values, JsonNode layer, JsonNode known, String prefix, String source) {
    for (Map.Entry<String, JsonNode> entry : layer.properties()) {
      String name = entry.getKey();
      String key = prefix + name;
      JsonNode value = entry.getValue();
      if (!known.has(name)) {
        throw new DataException(
            "%s: unknown key=%s; did you mean %s?".formatted(source, key, nearest(key)));
      }
      if (!known.get(name).isObject()) {
        values.set(name, value);
      } else if (value.isObject()) {
        if (!values.get(name).isObject()) {
          values.set(name, known.get(name).deepCopy());
        }
        merge((ObjectNode) values.get(name), value, known.get(name), key + ".", source);
      } else if (value.isNull() && key.equals("data.simulation")) {
        values.set(name, value);
      } else {
        throw new DataException(
            "%s: key=%s has keys of its own, such as %s.%s; set one of those"
                .formatted(source, key, key, known.get(name).fieldNames().next()));
      }
    }
  }

  /** The known key whose last part is nearest; of equals, the one that is nearest as a whole. */
  private static String nearest(String key) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    List<String> keys = ConfigSchema.settings().stream().map(ConfigSchema.Setting::key).toList();
    return Collections.min(
        keys,
        Comparator.<String>comparingInt(known -> distance.apply(lastPart(key), lastPart(known)))
            .thenComparingInt(known -> distance.apply(key, known)));
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
