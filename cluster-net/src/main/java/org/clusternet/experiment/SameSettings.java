package org.clusternet.experiment;

import java.nio.file.Path;
import org.clusternet.config.ConfigFile;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;

/**
 * Checks that the files of a folder were made with the settings asked for. The path of the dataset
 * is not compared, since it can be written in several ways: the hash of the pixels tells whether
 * the images are the same.
 */
final class SameSettings {
  private static final String PATH = "data.folder";

  private SameSettings() {}

  /**
   * Compares a folder's {@code config.yaml}.
   *
   * @throws DataException if it is damaged or has other settings, naming the first that differs
   */
  static void requireSame(Path file, TrainingConfig asked) {
    ConfigFile.differences(ConfigFile.read(file), asked).stream()
        .filter(difference -> !difference.key().equals(PATH))
        .findFirst()
        .ifPresent(
            difference -> {
              throw new DataException(
                  "%s: was made with other settings: %s=%s, asked for is %s; choose another folder or delete %s"
                      .formatted(
                          file,
                          difference.key(),
                          difference.before().asText(),
                          difference.now().asText(),
                          file.getParent()));
            });
  }
}
