package org.clusternet.nn.safetensors;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file, memory-mapped and checked completely when it is opened.
 *
 * <pre>
 * 0        8                     8 + n                     end
 * | n (u64) | JSON header, n bytes | bytes of array 0 | of 1 | ... |
 * </pre>
 *
 * <p>The format is the one of <a href="https://github.com/huggingface/safetensors">safetensors</a>:
 * little-endian, row-major, arrays without overlap or gap. Whatever a file contains, this class
 * allocates at most a multiple of the header, whose length is limited to {@value #MAX_HEADER}
 * bytes.
 */
public final class SafetensorsFile implements AutoCloseable {
  /** The longest header that is read, in bytes: some 100 000 arrays. */
  static final int MAX_HEADER = 1 << 24;

  private static final int PREFIX = 8;
  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path path;
  private final Arena arena;
  private final Map<String, String> metadata;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

  private SafetensorsFile(Path path, Arena arena) throws IOException {
    this.path = path;
    this.arena = arena;
    MemorySegment file = map(path, arena);
    long size = file.byteSize();
    long length = file.get(LENGTH, 0);
    if (length < 0 || length > MAX_HEADER) {
      throw new SafetensorsException(
          path,
          "header length=%s exceeds %d bytes; this is not a safetensors file"
              .formatted(Long.toUnsignedString(length), MAX_HEADER));
    }
    if (length > size - PREFIX) {
      throw new SafetensorsException(
          path,
          "header length=%d, but only %d bytes follow; the file is truncated or not a safetensors file"
              .formatted(length, size - PREFIX));
    }
    MemorySegment data = file.asSlice(PREFIX + length);
    String text = text(file.asSlice(PREFIX, length).toArray(ValueLayout.JAVA_BYTE));
    Header header = Header.parse(path, text, data.byteSize());
    this.metadata = Collections.unmodifiableMap(header.metadata());
    for (Header.Entry e : header.entries()) {
      MemorySegment bytes = data.asSlice(e.begin(), e.end() - e.begin());
      tensors.put(e.key(), new StoredTensor(e.key(), e.type(), e.shape(), bytes));
    }
  }

  /**
   * Opens a file.
   *
   * @throws SafetensorsException if it does not exist, is truncated or breaks a rule of the format;
   *     the message names the file, the key and the values
   * @throws IOException if it cannot be read
   */
  @SuppressWarnings("MustBeClosedChecker") // the arena is this object's, closed with it
  public static SafetensorsFile open(Path path) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      return new SafetensorsFile(path, arena);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static MemorySegment map(Path path, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < PREFIX) {
        throw new SafetensorsException(
            path, "size=" + size + " bytes; a safetensors file has at least " + PREFIX);
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena).asReadOnly();
    } catch (NoSuchFileException e) {
      throw new SafetensorsException(path, "there is no such file", e);
    }
  }

  private String text(byte[] header) throws SafetensorsException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
    } catch (CharacterCodingException e) {
      throw new SafetensorsException(path, "the header is not valid UTF-8", e);
    }
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** Free text by name. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The names of the arrays in the order of their bytes. */
  public Set<String> keys() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  /** The arrays in the order of their bytes; their data can be read until this is closed. */
  public Collection<StoredTensor> tensors() {
    return Collections.unmodifiableCollection(tensors.values());
  }

  /**
   * The array of a name.
   *
   * @throws SafetensorsException if there is none; the message lists the names that exist
   */
  public StoredTensor get(String key) throws SafetensorsException {
    StoredTensor tensor = tensors.get(key);
    if (tensor == null) {
      throw new SafetensorsException(path, "there is no key=" + key + "; there are " + keys());
    }
    return tensor;
  }

  /** Unmaps the file. */
  @Override
  public void close() {
    arena.close();
  }
}
