package org.clusternet.experiment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.clusternet.data.DataException;
import org.clusternet.run.ConfigFile;
import org.clusternet.run.Json;
import org.clusternet.training.TrainingConfig;

/**
 * Whether what lies in a folder was made with the settings asked for. The path of the dataset does
 * not count, for a folder may be named in several ways: whether the images are the same is told by
 * the hash of their pixels.
 */
final class Settings {
  private static final String PATH = "data.folder";

  private Settings() {}

  /**
   * Compares a folder's {@code config.yaml}.
   *
   * @throws DataException if it is damaged or of other settings, naming the first that differs
   */
  static void requireSame(Path file, TrainingConfig asked) {
    difference(ConfigFile.read(file), asked)
        .ifPresent(
            difference -> {
              throw new DataException(
                  "%s: was made with other settings: %s; choose another folder or delete %s"
                      .formatted(file, difference, file.getParent()));
            });
  }

  /** For instance {@code optimizer.epochs=12, asked for is 15}. */
  static Optional<String> difference(TrainingConfig before, TrainingConfig asked) {
    Map<String, Object> old = flat(before);
    Map<String, Object> now = flat(asked);
    now.keySet().forEach(key -> old.putIfAbsent(key, "none"));
    return old.entrySet().stream()
        .filter(e -> !e.getKey().equals(PATH))
        .filter(e -> !e.getValue().equals(now.getOrDefault(e.getKey(), "none")))
        .map(
            e ->
                "%s=%s, asked for is %s"
                    .formatted(e.getKey(), e.getValue(), now.getOrDefault(e.getKey(), "none")))
        .findFirst();
  }

  private static Map<String, Object> flat(TrainingConfig config) {
    Map<String, Object> flat = new LinkedHashMap<>();
    add("", Json.read(Json.write(config), Map.class, "settings"), flat);
    return flat;
  }

  private static void add(String key, Object value, Map<String, Object> flat) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, part) -> add(key.isEmpty() ? "" + name : key + "." + name, part, flat));
    } else {
      flat.put(key, value == null ? "none" : value);
    }
  }
}
