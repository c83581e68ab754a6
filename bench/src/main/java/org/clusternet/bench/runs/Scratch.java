package org.clusternet.bench.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for runs that are only measured: models and simulated images, which take gigabytes. It
 * ends with all that is in it.
 *
 * @param path where it is
 */
record Scratch(Path path) implements AutoCloseable {

  /** A new one, with a name that begins so. */
  static Scratch named(String prefix) throws IOException {
    return new Scratch(Files.createTempDirectory(prefix));
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(path)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
