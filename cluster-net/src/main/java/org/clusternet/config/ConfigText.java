package org.clusternet.config;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.util.ArrayList;
import java.util.List;
import org.clusternet.text.Json;

/**
 * Settings as YAML for people: every key under a comment that says what it means and what its
 * defaults are. The comments are the descriptions that stand at the settings' records.
 */
final class ConfigText {
  private static final int WIDTH = 100;
  private static final String STEP = "  ";

  private final StringBuilder text = new StringBuilder();

  private ConfigText() {}

  /** The text, which {@link ConfigFile#parse} reads back to the same settings. */
  static String of(TrainingConfig config) {
    ConfigText text = new ConfigText();
    text.comment(
        "",
        "Every setting of a training run. cluster-net train --config FILE runs it, with --set"
            + " key=value and options on top; what is left out has the value of the preset.");
    text.properties("", Json.type(TrainingConfig.class), Json.tree(config));
    return text.text.toString();
  }

  private void properties(String indent, JavaType type, JsonNode values) {
    for (BeanPropertyDefinition property : describe(type)) {
      if (indent.isEmpty()) {
        text.append('\n');
      }
      comment(indent, property.getMetadata().getDescription());
      JsonNode value = values.get(property.getName());
      text.append(indent).append(property.getName()).append(':');
      if (value.isObject()) {
        text.append('\n');
        properties(indent + STEP, property.getPrimaryType(), value);
      } else {
        text.append(' ').append(scalar(value)).append('\n');
      }
    }
  }

  /** The properties of a record in the order of its components. */
  private static List<BeanPropertyDefinition> describe(JavaType type) {
    BeanDescription description = Json.describe(type);
    return description.findProperties();
  }

  /** Words stay as they are, other text is quoted as in JSON, which YAML understands. */
  private static String scalar(JsonNode value) {
    return value.isTextual() && value.textValue().matches("[a-z][a-z0-9_]*")
        ? value.textValue()
        : value.toString();
  }

  private void comment(String indent, String words) {
    for (String line : wrap(words, WIDTH - indent.length() - 2)) {
      text.append(indent).append("# ").append(line).append('\n');
    }
  }

  private static List<String> wrap(String words, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : words.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
