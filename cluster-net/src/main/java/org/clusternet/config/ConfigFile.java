package org.clusternet.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.clusternet.data.DataException;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.text.Json;

/**
 * The settings of a run as a file, {@code config.yaml}, with a comment for every key; and as the
 * JSON text that is stored in the model. Both are read by the same code, as JSON is YAML. An
 * unknown key is an error; a missing key has the value of the preset that the text names, so that
 * files written before a setting existed can still be read.
 */
public final class ConfigFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ConfigFile() {}

  /** The settings on one line of JSON. */
  public static String metadata(TrainingConfig config) {
    return Json.tree(config).toString();
  }

  /**
   * Writes all settings with explanations; {@code train --config} with the file repeats the run.
   *
   * @throws DataException if the file cannot be written
   */
  public static void write(Path file, TrainingConfig config) {
    AtomicFile.writeText(file, text(config));
  }

  /** The text that {@link #write} writes. */
  public static String text(TrainingConfig config) {
    return ConfigText.of(config);
  }

  /**
   * Settings from a file.
   *
   * @throws DataException in one line if the file cannot be read or is not valid YAML, a key is
   *     unknown, or a value is wrong
   */
  public static TrainingConfig read(Path file) {
    return parse(content(file), file.toString());
  }

  /**
   * Settings from text.
   *
   * @param source names the text in errors
   * @throws DataException as {@link #read}
   */
  public static TrainingConfig parse(String text, String source) {
    return new ConfigLayers().add(tree(text, source), source).resolve();
  }

  static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new DataException(file + ": no such file; check the path", e);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e, e);
    }
  }

  /** The tree of a YAML text; empty if the text has no keys. */
  static ObjectNode tree(String text, String source) {
    try {
      JsonNode tree = YAML.readTree(text);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      if (tree == null || tree.isMissingNode() || tree.isNull()) {
        return YAML.createObjectNode();
      }
      throw new DataException(source + ": is not a mapping; it must have lines such as seed: 1");
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s: is not valid YAML: %s (line %d)"
              .formatted(
                  source,
                  e.getOriginalMessage().lines().findFirst().orElse(""),
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
          e);
    }
  }

  /** A single value as in a file. */
  static JsonNode value(String text, String source) {
    return tree("value: " + text, source).path("value");
  }

  /**
   * A setting that differs between two runs.
   *
   * @param key such as {@code optimizer.epochs}
   * @param before value in the first, as JSON
   * @param now value in the second, as JSON
   */
  public record Difference(String key, JsonNode before, JsonNode now) {}

  /** The settings in which two configurations differ. */
  public static List<Difference> differences(TrainingConfig before, TrainingConfig now) {
    List<Difference> differences = new ArrayList<>();
    compare("", Json.tree(before), Json.tree(now), differences);
    return differences;
  }

  private static void compare(
      String key, JsonNode before, JsonNode now, List<Difference> differences) {
    if (before.equals(now)) {
      return;
    }
    if (before.isObject() && now.isObject()) {
      before
          .fieldNames()
          .forEachRemaining(
              name ->
                  compare(
                      key.isEmpty() ? name : key + "." + name,
                      before.get(name),
                      now.get(name),
                      differences));
    } else {
      differences.add(new Difference(key, before, now));
    }
  }
}
