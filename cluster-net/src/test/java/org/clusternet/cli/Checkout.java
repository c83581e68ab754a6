package org.clusternet.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the tests run: the checkout, found by its launcher script. */
public final class Checkout {

  private Checkout() {}

  /**
   * The top folder of the checkout.
   *
   * @throws IllegalStateException if the tests run outside of one
   */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("bin/cluster-net"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException(
            "no folder above holds the launcher script bin/cluster-net");
      }
    }
    return folder;
  }
}
