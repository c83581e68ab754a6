package org.clusternet.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A case's temporary folder, deleted with the case. */
abstract class ScratchFolder implements BenchCase.Opened {
  private final Path path;

  ScratchFolder() {
    try {
      path = Files.createTempDirectory("cluster-net-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A path in the folder. */
  final Path path(String name) {
    return path.resolve(name);
  }

  /** Deletes a folder with its contents. */
  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> inner = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : inner) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    delete(path);
  }
}
