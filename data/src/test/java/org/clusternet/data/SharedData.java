package org.clusternet.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Real data that are not part of the repository: the folder {@code shared} beside the repository's
 * root. Where it is absent, the test that asks for it is reported as skipped.
 */
public final class SharedData {
  private SharedData() {}

  /**
   * A file of the shared folder.
   *
   * @param relative its path within the folder
   * @return the file; the test is skipped if it is absent
   */
  public static Path require(String relative) {
    Path root = Path.of("").toAbsolutePath();
    for (Path p = root; p != null; p = p.getParent()) {
      if (Files.exists(p.resolve("pom.xml"))) {
        root = p;
      }
    }
    Path file = root.resolveSibling("shared").resolve(relative);
    Assumptions.assumeTrue(
        Files.exists(file), () -> "shared/" + relative + " is absent beside the repository");
    return file;
  }
}
