package org.clusternet.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All settings as {@code config.yaml} names them. The records under {@link TrainingConfig} are the
 * only place where a setting is declared: its key is the path of component names in snake_case, its
 * description an annotation, its defaults the values of the presets. The comments of {@code
 * config.yaml} and the options of the command line, with their help, are made from this.
 */
public final class ConfigSchema {
  private static final Map<String, Setting> SETTINGS = new ConfigSchema().settings;

  private final SnakeCaseStrategy names = new SnakeCaseStrategy();
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private ConfigSchema() {
    add("", TrainingConfig.class, TrainingConfig.PRESETS.stream().map(ConfigSchema::of).toList());
  }

  /**
   * A setting, or a section of settings.
   *
   * @param key path in {@code config.yaml}, such as {@code optimizer.epochs}
   * @param type type of the value; a record for a section
   * @param description meaning, with the permitted values
   * @param defaults default as shown to users, such as {@code default: 16} or {@code quick: 64,
   *     paper: 256}; empty where it goes without saying
   * @param value value of the first preset, as text
   */
  public record Setting(
      String key, Class<?> type, String description, String defaults, String value) {
    /** Whether this is a section. */
    public boolean isSection() {
      return type.isRecord();
    }

    /** Description and default. */
    public String help() {
      return withDefaults(defaults);
    }

    /** Description and another default, for a command that has its own. */
    public String withDefaults(String other) {
      return other.isEmpty() ? description : description + " (" + other + ")";
    }
  }

  /** All settings and sections in the order of the file, a section before its settings. */
  public static Collection<Setting> settings() {
    return Collections.unmodifiableCollection(SETTINGS.values());
  }

  /**
   * The setting of a key.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Setting setting(String key) {
    Setting setting = SETTINGS.get(key);
    if (setting == null) {
      throw new IllegalArgumentException("unknown key=" + key);
    }
    return setting;
  }

  private static TrainingConfig of(String preset) {
    return TrainingConfig.preset(preset, null);
  }

  private void add(String prefix, Class<?> section, List<? extends @Nullable Object> presets) {
    for (RecordComponent component : section.getRecordComponents()) {
      String key = prefix + names.translate(component.getName());
      Method accessor = component.getAccessor();
      List<@Nullable Object> values = new ArrayList<>();
      presets.forEach(preset -> values.add(preset == null ? null : value(accessor, preset)));
      Class<?> type = component.getType();
      JsonPropertyDescription description = accessor.getAnnotation(JsonPropertyDescription.class);
      settings.put(
          key,
          new Setting(
              key,
              type,
              (description == null ? "" : description.value()) + choices(type),
              defaults(type, values, accessor.getAnnotation(JsonProperty.class)),
              text(values.get(0))));
      if (type.isRecord()) {
        add(key + ".", type, values);
      }
    }
  }

  private static Object value(Method accessor, Object section) {
    try {
      return accessor.invoke(section);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("accessor " + accessor, e);
    }
  }

  private static String choices(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    if (constants == null) {
      return "";
    }
    List<String> all = Arrays.stream(constants).map(ConfigSchema::text).toList();
    int last = all.size() - 1;
    return ": " + String.join(", ", all.subList(0, last)) + " or " + all.get(last);
  }

  private static String defaults(
      Class<?> type, List<@Nullable Object> values, @Nullable JsonProperty stated) {
    if (stated != null && !stated.defaultValue().isEmpty()) {
      return "default: " + stated.defaultValue();
    }
    if (type.isRecord() || values.stream().allMatch(Objects::isNull)) {
      return "";
    }
    List<String> texts = values.stream().map(ConfigSchema::text).toList();
    if (texts.stream().distinct().count() == 1) {
      return "default: " + texts.get(0);
    }
    return IntStream.range(0, texts.size())
        .mapToObj(i -> TrainingConfig.PRESETS.get(i) + ": " + texts.get(i))
        .collect(Collectors.joining(", "));
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
    return String.valueOf(value).replaceFirst("\\.0$", "");
  }
}
