package org.clusternet.engine.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * The folder that native libraries are unpacked to: {@code $XDG_CACHE_HOME/cluster-net}, or {@code
 * -Dclusternet.cache}. Each library has a folder of its own within, named by its version, so that
 * one version can never be loaded in place of another.
 */
public final class NativeCache {
  private NativeCache() {}

  /** The folder; it need not exist. */
  public static Path folder() {
    String chosen = System.getProperty("clusternet.cache");
    if (chosen != null) {
      return Path.of(chosen);
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || xdg.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return base.resolve("cluster-net");
  }

  /**
   * Makes a file hold these bytes. It appears by rename; one that holds them already is left alone,
   * as another process may have it open.
   */
  public static Path put(Path file, byte[] content) throws IOException {
    if (Files.exists(file)
        && Files.size(file) == content.length
        && Arrays.equals(Files.readAllBytes(file), content)) {
      return file;
    }
    Files.createDirectories(file.getParent());
    Path partial = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
    try {
      Files.write(partial, content);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
    return file;
  }
}
