package org.clusternet.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.clusternet.data.DataException;
import org.clusternet.data.io.AtomicFile;
import org.clusternet.training.TrainingConfig;

/**
 * A run's settings as a file, {@code config.json}, and as the text that its model carries along.
 */
public final class ConfigFile {
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
}
