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
 * A run's settings as a file, {@code config.yaml}, with every key and what it means; and as the
 * text, JSON, that its model carries along. Both are read alike, JSON being YAML: a key that is
 * unknown is an error, one that is missing has the value of the preset that the text names, so that
 * what was written before a setting was there can still be read.
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
   * Writes every setting, resolved and explained; {@code train --config} with the file runs the
   * same again.
   *
   * @throws DataException if the file cannot be written
   */
  public static void write(Path file, TrainingConfig config) {
    AtomicFile.writeText(file, text(config));
  }

  /** What {@link #write} writes. */
  public static String text(TrainingConfig config) {
    return ConfigText.of(config);
  }

  /**
   * Settings from a file.
   *
   * @throws DataException in one line if the file cannot be read or is no YAML, a key is unknown,
   *     or a value is wrong
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

  /** The tree of a YAML text; an empty one for a text without keys. */
  static ObjectNode tree(String text, String source) {
    try {
      JsonNode tree = YAML.readTree(text);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      if (tree == null || tree.isMissingNode() || tree.isNull()) {
        return YAML.createObjectNode();
      }
      throw new DataException(source + ": has no keys; it must be lines such as seed: 1");
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s: is no YAML: %s (line %d)"
              .formatted(
                  source,
                  e.getOriginalMessage().lines().findFirst().orElse(""),
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
          e);
    }
  }

  /** A single value, as it would be read from a file. */
  static JsonNode value(String text, String source) {
    return tree("value: " + text, source).path("value");
  }

  /**
   * A setting that two runs do not share.
   *
   * @param key such as {@code optimizer.epochs}
   * @param before its value in the one, as JSON
   * @param now its value in the other
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
