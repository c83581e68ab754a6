package org.clusternet.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.clusternet.config.ConfigSchema;
import org.clusternet.config.ConfigSchema.Setting;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option that sets keys of {@code config.yaml}. Its type, help and default are those of the key.
 *
 * @param name name, such as {@code --epochs}
 * @param label placeholder of the value in the help; empty for a switch
 * @param keys the key that it sets; several for an option with a list of numbers
 */
record KeyOption(String name, String label, List<String> keys) {
  KeyOption(String name, String label, String... keys) {
    this(name, label, List.of(keys));
  }

  /** A switch. */
  static KeyOption flag(String name, String key) {
    return new KeyOption(name, "", key);
  }

  /**
   * The option for picocli.
   *
   * @param defaults default that the help shows for the key, where the command has its own
   */
  OptionSpec.Builder builder(Map<String, String> defaults) {
    OptionSpec.Builder option = OptionSpec.builder(name);
    if (label.isEmpty()) {
      option.type(boolean.class).arity("0");
    } else if (keys.size() > 1) {
      option.type(double[].class).splitRegex(",").hideParamSyntax(true).paramLabel(label);
    } else {
      option.type(ConfigSchema.setting(keys.get(0)).type()).paramLabel(label);
    }
    return option.description(escaped(help(defaults)));
  }

  private String help(Map<String, String> defaults) {
    Setting first = ConfigSchema.setting(keys.get(0));
    if (keys.size() == 1) {
      String usual = label.isEmpty() ? "" : first.defaults();
      return first.withDefaults(defaults.getOrDefault(first.key(), usual));
    }
    Setting section = ConfigSchema.setting(first.key().substring(0, first.key().lastIndexOf('.')));
    String values =
        keys.stream()
            .map(key -> ConfigSchema.setting(key).value())
            .collect(Collectors.joining(","));
    return section.withDefaults("default: " + values);
  }

  /** picocli takes a description for a format of {@link String#format}. */
  private static String escaped(String text) {
    return text.replace("%", "%%");
  }
}
