package org.clusternet.data.io;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.clusternet.data.DataException;

/**
 * Writes a folder of files so that it appears completely or not at all.
 *
 * <p>The files go to a hidden folder beside the target, which is renamed when it is complete. It is
 * removed if anything fails, and by a shutdown hook if the program is terminated. A target that is
 * not empty is never changed.
 */
public final class AtomicFolder {
  private static final AtomicLong SEQUENCE = new AtomicLong();

  private AtomicFolder() {}

  /**
   * Writes a folder.
   *
   * @param target the new folder; must not exist or must be empty; its parents are created
   * @param content writes the files into the given folder; need not remove any on failure
   * @throws DataException if the target is not empty or cannot be written; an unchecked exception
   *     of {@code content} is passed on
   */
  public static void write(Path target, Consumer<Path> content) {
    requireFree(target);
    Path absolute = target.toAbsolutePath().normalize();
    if (absolute.getParent() == null) {
      throw new DataException(target + ": is the root of the file system; name a new folder");
    }
    Path temporary =
        absolute.resolveSibling(
            ".%s.%d-%d.tmp"
                .formatted(
                    absolute.getFileName(),
                    ProcessHandle.current().pid(),
                    SEQUENCE.incrementAndGet()));
    Thread hook = new Thread(() -> deleteTree(temporary));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      Files.createDirectories(temporary);
      content.accept(temporary);
      requireFree(target);
      Files.deleteIfExists(absolute);
      Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new DataException(target + ": cannot be written: " + e, e);
    } finally {
      deleteTree(temporary);
      removeHook(hook);
    }
  }

  /**
   * Checks early that a folder can be written, with the errors of {@link #write}.
   *
   * @param target the new folder; must not exist or must be empty
   * @throws DataException if it is not empty or is a file
   */
  public static void requireFree(Path target) {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(target)) {
      throw new DataException(target + ": is a file; name a new folder");
    }
    try (Stream<Path> inside = Files.list(target)) {
      if (inside.findAny().isPresent()) {
        throw new DataException(target + ": is not empty; name a new folder or remove this one");
      }
    } catch (IOException e) {
      throw new DataException(target + ": cannot be read: " + e, e);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down and runs the hook anyway.
      return;
    }
  }

  /**
   * Deletes a folder and its contents, as far as possible.
   *
   * @param folder the folder; need not exist
   */
  public static void deleteTree(Path folder) {
    try {
      Files.walkFileTree(folder, new Deleter());
    } catch (IOException e) {
      // Either it has been renamed to the target, or the earlier failure is the error to report.
      return;
    }
  }

  private static final class Deleter extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
