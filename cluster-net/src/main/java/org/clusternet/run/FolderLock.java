package org.clusternet.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.clusternet.data.DataException;

/**
 * Keeps two processes, or two jobs of one process, from writing into the same run folder. The lock
 * is the operating system's: it ends with the process in any case, and a lock file that is left
 * behind does not lock the folder.
 */
final class FolderLock implements AutoCloseable {
  /** Name of the locked file. */
  static final String NAME = ".lock";

  /** Locked by this process, which must not open such a file again: closing it would unlock it. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks an existing folder.
   *
   * @throws DataException if it is locked already or the file cannot be written
   */
  static FolderLock of(Path folder) {
    try {
      Path file = folder.toRealPath().resolve(NAME);
      if (!HELD.add(file)) {
        throw inUse(folder);
      }
      FileChannel channel = null;
      try {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
          throw inUse(folder);
        }
        return new FolderLock(file, channel);
      } catch (IOException | RuntimeException e) {
        HELD.remove(file);
        if (channel != null) {
          channel.close();
        }
        throw e;
      }
    } catch (IOException e) {
      throw new DataException(folder + ": cannot be written: " + e, e);
    }
  }

  private static DataException inUse(Path folder) {
    return new DataException(
        folder + ": another run is writing here; wait for its end or choose another folder");
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
      channel.close();
    } catch (IOException e) {
      // The folder is deleted or cannot be written any more; the lock ends with the process.
      return;
    } finally {
      HELD.remove(file);
    }
  }
}
