package org.clusternet.nn.pytorch;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The format before PyTorch 1.6: five pickles, then the storages in the order of the fifth.
 *
 * <pre>
 * | magic | protocol 1001 | system | state dict | [key, ...] | n (i64), n numbers | n, numbers | ...
 * </pre>
 */
final class LegacyFormat {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long PROTOCOL = 1001;

  private final Path path;
  private final ByteBuffer in;
  private final StorageList storages = new StorageList();

  private LegacyFormat(Path path, ByteBuffer in) {
    this.path = path;
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A pickle of protocol 2 that begins with an integer of ten bytes. */
  static boolean hasMagic(byte[] head) {
    return head.length >= 4
        && head[0] == (byte) 0x80
        && head[1] == 2
        && head[2] == (byte) 0x8a
        && head[3] == 10;
  }

  static PthFile.Blocks read(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      long size = channel.size();
      if (size > Integer.MAX_VALUE) {
        throw new PthException(path, "size=" + size + " bytes; at most 2 GiB are read");
      }
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
      return new LegacyFormat(path, bytes.asByteBuffer()).blocks();
    }
  }

  private @Nullable Object pickle() throws PthException {
    return new PickleReader(path, in, storages).read();
  }

  private PthFile.Blocks blocks() throws PthException {
    Object magic = pickle();
    Object protocol = pickle();
    if (!MAGIC.equals(magic) || !Long.valueOf(PROTOCOL).equals(protocol)) {
      throw new PthException(path, "is a pickle, but not one of torch.save");
    }
    if (!(pickle() instanceof Map<?, ?> system)
        || !Boolean.TRUE.equals(system.get("little_endian"))) {
      throw new PthException(path, "was not written on a little-endian machine");
    }
    Object root = pickle();
    if (!(pickle() instanceof List<?> keys)) {
      throw new PthException(path, "has no list of storages; the file is damaged");
    }
    Map<String, byte[]> blocks = new HashMap<>();
    for (Object key : keys) {
      Storage storage = key instanceof String text ? storages.get(text) : null;
      if (storage == null || blocks.containsKey(storage.key())) {
        throw new PthException(path, "has a storage that no tensor names; the file is damaged");
      }
      blocks.put(storage.key(), block(storage));
    }
    for (Storage storage : storages.all()) {
      if (!blocks.containsKey(storage.key())) {
        throw new PthException(path, "lacks storage " + storage.key() + "; the file is damaged");
      }
    }
    return new PthFile.Blocks(root, blocks);
  }

  private byte[] block(Storage storage) throws PthException {
    long elements = in.remaining() < Long.BYTES ? -1 : in.getLong();
    if (elements != storage.elements() || in.remaining() < storage.bytes()) {
      throw new PthException(
          path,
          "storage %s: %d elements of %s are announced, %d bytes are left; the file is truncated or damaged"
              .formatted(storage.key(), storage.elements(), storage.type(), in.remaining()));
    }
    byte[] bytes = new byte[storage.bytes()];
    in.get(bytes);
    return bytes;
  }
}
