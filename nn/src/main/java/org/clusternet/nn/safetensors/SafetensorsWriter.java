package org.clusternet.nn.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes safetensors files. The same content gives the same bytes, and the bytes are those of the
 * reference implementation: arrays by decreasing alignment of their type, then by key; compact
 * JSON; metadata sorted by name; the header padded so that every array is aligned to its type.
 *
 * <p>A file appears by a rename within its folder once all of it is on the disk, or not at all. The
 * folder is forced to the disk too where the platform allows it, so that the rename survives a
 * power failure.
 */
public final class SafetensorsWriter {
  private static final int PREFIX = 8;

  private SafetensorsWriter() {}

  /**
   * Writes a file, replacing one of the same name.
   *
   * @param path path of the file, in a folder that exists
   * @param metadata free text by name
   * @param tensors arrays in any order
   * @throws IllegalArgumentException if two arrays have one key
   * @throws IOException if it cannot be written; an existing file is then unchanged
   */
  public static void write(
      Path path, Map<String, String> metadata, Collection<StoredTensor> tensors)
      throws IOException {
    List<StoredTensor> sorted = new ArrayList<>(tensors);
    sorted.sort(
        Comparator.comparing(StoredTensor::type).reversed().thenComparing(StoredTensor::key));
    requireDistinctKeys(path, sorted);
    byte[] header = header(metadata, sorted).bytes();
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(path)) {
      throw new SafetensorsException(
          path, "cannot be written: it must be a file in a folder that exists");
    }
    Path temporary =
        folder.resolve("." + path.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      writeAll(temporary, header, sorted);
      Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    force(folder);
  }

  /** Forces the rename to the disk. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows cannot open folders; the file itself is on the disk by now.
      return;
    }
  }

  private static void requireDistinctKeys(Path path, List<StoredTensor> tensors) {
    Set<String> keys = new HashSet<>();
    for (StoredTensor tensor : tensors) {
      if (!keys.add(tensor.key())) {
        throw new IllegalArgumentException(path + ": key=" + tensor.key() + " is given twice");
      }
    }
  }

  private static Header header(Map<String, String> metadata, List<StoredTensor> tensors) {
    List<Header.Entry> entries = new ArrayList<>();
    long begin = 0;
    for (StoredTensor t : tensors) {
      long end = begin + t.data().byteSize();
      entries.add(new Header.Entry(t.key(), t.type(), t.shape(), begin, end));
      begin = end;
    }
    return new Header(new TreeMap<>(metadata), entries);
  }

  private static void writeAll(Path file, byte[] header, List<StoredTensor> tensors)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer start = ByteBuffer.allocate(PREFIX + header.length).order(ByteOrder.LITTLE_ENDIAN);
      writeFully(channel, start.putLong(header.length).put(header).flip());
      for (StoredTensor tensor : tensors) {
        writeFully(channel, tensor.data().asByteBuffer());
      }
      channel.force(true);
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
