package org.clusternet.bench.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for runs that are only measured: models and simulated images, which take gigabytes.
 * Closing it deletes it with everything in it.
 *
 * @param path the folder
 */
record TemporaryFolder(Path path) implements AutoCloseable {

  /** Creates a folder whose name begins with {@code prefix}. */
  static TemporaryFolder create(String prefix) throws IOException {
    return new TemporaryFolder(Files.createTempDirectory(prefix));
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
