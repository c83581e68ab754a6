package org.clusternet.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.clusternet.data.DataException;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.training.TrainingConfig;

/**
 * A run's settings as a file, {@code config.json}, and as the text that its model carries along.
 */
public final class ConfigFile {
  private static final Set<String> ELSEWHERE = Set.of("compute.device", "compute.threads");

  private ConfigFile() {}

  static String text(TrainingConfig config) {
    return Json.write(config);
  }

  /**
   * Settings from text.
   *
   * @param source names the text in errors
   * @throws DataException if a key is unknown, missing or wrong
   */
  static TrainingConfig parse(String text, String source) {
    return Json.read(text, TrainingConfig.class, source);
  }

  /** Writes the settings of a run. */
  public static void write(Path file, TrainingConfig config) {
    AtomicFile.writeText(file, text(config));
  }

  /**
   * Reads the settings of a run.
   *
   * @throws DataException if the file is missing, or a key unknown, missing or wrong
   */
  public static TrainingConfig read(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e, e);
    }
  }

  /**
   * How two settings differ, for instance {@code optimizer.epochs=12, now 20}. On what is computed,
   * device and number of threads, does not count: a run may go on elsewhere.
   */
  static List<String> differences(TrainingConfig before, TrainingConfig now) {
    List<String> differences = new ArrayList<>();
    compare("", Json.tree(before), Json.tree(now), differences);
    return differences;
  }

  private static void compare(String key, JsonNode before, JsonNode now, List<String> differences) {
    if (before.equals(now) || ELSEWHERE.contains(key)) {
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
      differences.add(key + "=" + before + ", now " + now);
    }
  }
}
