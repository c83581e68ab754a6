package org.clusternet.data.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.clusternet.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFolderTest {
  @TempDir Path folder;

  private static Consumer<Path> files(Path target) {
    return inside -> {
      assertFalse(Files.exists(target.resolve("a.txt")), "the target appears at the end");
      try {
        Files.writeString(inside.resolve("a.txt"), "a");
        Files.createDirectory(inside.resolve("sub"));
        Files.writeString(inside.resolve("sub/b.txt"), "b");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void folderAppearsComplete() throws IOException {
    Path target = folder.resolve("deep/er/out");
    AtomicFolder.write(target, files(target));
    assertEquals("b", Files.readString(target.resolve("sub/b.txt")));
    try (Stream<Path> beside = Files.list(target.getParent())) {
      assertEquals(List.of(target), beside.toList());
    }
  }

  @Test
  void emptyFolderIsFilled() throws IOException {
    Path target = Files.createDirectory(folder.resolve("out"));
    AtomicFolder.write(target, files(target));
    assertEquals("a", Files.readString(target.resolve("a.txt")));
    assertEquals(List.of(target), left());
  }

  @Test
  void failureLeavesNoFolder() throws IOException {
    Path target = folder.resolve("out");
    IllegalStateException failure = new IllegalStateException("half way");
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                AtomicFolder.write(
                    target,
                    files(target)
                        .andThen(
                            inside -> {
                              throw failure;
                            })));
    assertEquals(failure, thrown);
    assertEquals(List.of(), left());
  }

  @Test
  void existingFolderIsNotChanged() throws IOException {
    Path target = Files.createDirectory(folder.resolve("out"));
    Files.writeString(target.resolve("mine"), "mine");
    String message =
        assertThrows(DataException.class, () -> AtomicFolder.write(target, inside -> {}))
            .getMessage();
    assertEquals(target + ": is not empty; name a new folder or remove this one", message);
    Path file = target.resolve("mine");
    assertEquals(
        file + ": is a file; name a new folder",
        assertThrows(DataException.class, () -> AtomicFolder.write(file, inside -> {}))
            .getMessage());
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void folderThatAppearsMeanwhileIsNotChanged() throws IOException {
    Path target = folder.resolve("out");
    assertThrows(
        DataException.class,
        () ->
            AtomicFolder.write(
                target,
                inside -> {
                  try {
                    Files.createDirectory(target);
                    Files.writeString(target.resolve("mine"), "mine");
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
    assertEquals("mine", Files.readString(target.resolve("mine")));
    assertEquals(List.of(target), left());
  }

  @Test
  void unwritableParentIsAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Path target = file.resolve("out");
    String message =
        assertThrows(DataException.class, () -> AtomicFolder.write(target, inside -> {}))
            .getMessage();
    assertTrue(message.startsWith(target + ": cannot be written"), message);
  }
}
