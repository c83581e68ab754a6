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
 * Writes a folder of files so that it appears complete or not at all.
 *
 * <p>The files go to a hidden folder beside the target, which is renamed when all are there. It is
 * removed if anything fails, and by a shutdown hook if the program is told to end. A target that
 * already holds something is never touched.
 */
public final class AtomicFolder {
  private static final AtomicLong SEQUENCE = new AtomicLong();

  private AtomicFolder() {}

  /**
   * Writes a folder.
   *
   * @param target must not exist or be an empty folder; its parents are created
   * @param content writes the files into the folder that it is given; need not remove anything
   * @throws DataException if the target holds something or cannot be written; what {@code content}
   *     throws unchecked is passed on as it is
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
   * Checks that a folder can be written: tells early what {@link #write} would tell.
   *
   * @param target must not exist or be an empty folder
   * @throws DataException if it holds something or is a file
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
        throw new DataException(
            target + ": already holds files; name a new folder or remove this one");
      }
    } catch (IOException e) {
      throw new DataException(target + ": cannot be read: " + e, e);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook runs anyway.
      return;
    }
  }

  /**
   * Deletes a folder and all in it, as far as that can be done.
   *
   * @param folder need not be there
   */
  public static void deleteTree(Path folder) {
    try {
      Files.walkFileTree(folder, new Deleter());
    } catch (IOException e) {
      // It is gone already, being the target by now, or what failed before is the error to tell.
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
