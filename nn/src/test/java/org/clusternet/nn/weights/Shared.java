package org.clusternet.nn.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Data in a folder beside the checkout, which not every machine has. */
final class Shared {
  private Shared() {}

  /** A folder of {@code ../shared}; the test is skipped if it does not exist. */
  static Path folder(String name) {
    Path root = Path.of("").toAbsolutePath();
    while (root.getParent() != null && Files.exists(root.getParent().resolve("pom.xml"))) {
      root = root.getParent();
    }
    Path folder = root.resolveSibling("shared").resolve(name);
    Assumptions.assumeTrue(Files.isDirectory(folder), "there is no ../shared/" + name);
    return folder;
  }
}
