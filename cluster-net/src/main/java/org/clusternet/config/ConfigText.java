package org.clusternet.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.clusternet.text.Json;

/** Settings as YAML for people: above every key a comment with its meaning and its default. */
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
        "All settings of a training run. cluster-net train --config FILE runs it; --set key=value"
            + " and options override it. A setting that is left out has the value of the preset.");
    text.section("", "", Json.tree(config));
    return text.text.toString();
  }

  private void section(String indent, String prefix, JsonNode values) {
    for (Map.Entry<String, JsonNode> entry : values.properties()) {
      if (indent.isEmpty()) {
        text.append('\n');
      }
      String key = prefix + entry.getKey();
      comment(indent, ConfigSchema.setting(key).help());
      JsonNode value = entry.getValue();
      text.append(indent).append(entry.getKey()).append(':');
      if (value.isObject()) {
        text.append('\n');
        section(indent + STEP, key + ".", value);
      } else {
        text.append(' ').append(scalar(value)).append('\n');
      }
    }
  }

  /** Plain words stay as they are; other text is quoted as in JSON, which is valid YAML. */
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
