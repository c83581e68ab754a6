package org.clusternet.data.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.clusternet.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesAndReplaces() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.writeText(file, "first, \u03b2\n");
    assertEquals("first, \u03b2\n", Files.readString(file));
    AtomicFile.write(file, out -> out.write("second".getBytes(StandardCharsets.UTF_8)));
    assertEquals("second", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void readersSeeTheOldContentWhileTheNewOneIsWritten() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.writeText(file, "old");
    AtomicFile.write(
        file,
        out -> {
          out.write(new byte[1 << 20]);
          out.flush();
          assertEquals("old", Files.readString(file));
        });
    assertEquals(1 << 20, Files.size(file));
  }

  @Test
  void aFailureLeavesTheOldContentAndNothingElse() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.writeText(file, "old");
    DataException full =
        assertThrows(
            DataException.class,
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IOException("No space left on device");
                    }));
    assertEquals(file + ": cannot be written: No space left on device", full.getMessage());
    IllegalStateException bug = new IllegalStateException("bug");
    assertSame(
        bug,
        assertThrows(
            IllegalStateException.class,
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      throw bug;
                    })));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void aNewFileThatFailsDoesNotAppear() throws IOException {
    assertThrows(
        DataException.class,
        () ->
            AtomicFile.write(
                folder.resolve("a.txt"),
                out -> {
                  throw new IOException("broken");
                }));
    assertEquals(List.of(), names());
  }

  @Test
  void foldersAsTargetAreRefusedByName() {
    Path file = folder.resolve("none").resolve("a.txt");
    assertEquals(
        file
            + ": folder="
            + folder.resolve("none").toAbsolutePath()
            + " does not exist; create it or name another file",
        assertThrows(DataException.class, () -> AtomicFile.writeText(file, "")).getMessage());
    assertEquals(
        folder + ": is a folder; name a file to write to",
        assertThrows(DataException.class, () -> AtomicFile.writeText(folder, "")).getMessage());
  }

  @Test
  void filesHaveTheUsualPermissions() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain"), "x");
    Path file = folder.resolve("atomic");
    AtomicFile.writeText(file, "x");
    assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(file));
  }
}
