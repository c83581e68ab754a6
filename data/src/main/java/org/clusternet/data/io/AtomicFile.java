package org.clusternet.data.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.clusternet.data.DataException;

/**
 * Writes a file so that readers see either the old or the new content, never part of it.
 *
 * <p>The content goes to a temporary file in the same folder (a rename within one folder never
 * crosses file systems), is forced to the disk and then renamed to the target; the folder is forced
 * to the disk too where the platform supports that, so that the rename survives a power failure. If
 * anything fails, the temporary file is deleted and the target is unchanged. The temporary file is
 * created by name and not by {@link Files#createTempFile}, whose files only their owner can read.
 */
public final class AtomicFile {
  private static final AtomicLong SEQUENCE = new AtomicLong();

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the whole content; need not flush or close the stream.
     *
     * @param out buffered stream to write to
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes a file, replacing one of the same name.
   *
   * @param target the file; its folder must exist
   * @param content writes the bytes
   * @throws DataException if the folder is missing, the target is a folder, or writing fails; an
   *     unchecked exception of {@code content} is passed on
   */
  public static void write(Path target, Content content) {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new DataException(target + ": is a folder; name a file to write to");
    }
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          target + ": folder=" + folder + " does not exist; create it or name another file");
    }
    String name =
        "."
            + target.getFileName()
            + "."
            + ProcessHandle.current().pid()
            + "-"
            + SEQUENCE.incrementAndGet()
            + ".tmp";
    Path temporary = folder.resolve(name);
    try {
      fill(temporary, content);
      move(temporary, target);
    } catch (IOException e) {
      deleteAfter(e, temporary);
      throw new DataException(target + ": cannot be written: " + reason(e), e);
    } catch (RuntimeException | Error e) {
      deleteAfter(e, temporary);
      throw e;
    }
    forceFolder(folder);
  }

  /**
   * Writes a text file in UTF-8, replacing one of the same name.
   *
   * @param target the file; its folder must exist
   * @param text the whole text
   * @throws DataException as {@link #write(Path, Content)}
   */
  public static void writeText(Path target, String text) {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void fill(Path temporary, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  private static void move(Path temporary, Path target) throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("the file system cannot rename atomically", e);
    }
  }

  private static void deleteAfter(Throwable failure, Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows cannot open folders; the file itself is already on the disk.
      return;
    }
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
