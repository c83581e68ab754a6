package org.clusternet.nn.pytorch;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.nn.safetensors.StoredTensor;
import org.jspecify.annotations.Nullable;

/**
 * A state dict that {@code torch.save} wrote, in either of its formats: since PyTorch 1.6 a zip
 * archive ({@link ZipFormat}), before that pickles with the numbers behind them ({@link
 * LegacyFormat}). Both begin with a pickle of the names and shapes; see {@link PickleReader} for
 * why that is safe to read.
 *
 * <p>Tensors are returned row-major, whatever their strides in the file. At most twice the size of
 * the file and 256 MiB more are allocated; the latter is for tensors that {@code expand} has made,
 * which name one number many times.
 */
public final class PthFile {
  /** What copies may have beyond the file's own size: expanded tensors repeat their numbers. */
  private static final long MAX_REPEATED = 1L << 28;

  private PthFile() {}

  /**
   * Whether a file begins like one of the formats.
   *
   * @param head first bytes of the file, at least four
   */
  public static boolean hasMagic(byte[] head) {
    return ZipFormat.hasMagic(head) || LegacyFormat.hasMagic(head);
  }

  /**
   * Reads a file.
   *
   * @param path the file
   * @param head first bytes of the file, at least four
   * @return the tensors by name, in the order of the file
   * @throws PthException if it is damaged or holds anything but a state dict
   * @throws IOException if it cannot be read
   */
  public static Map<String, StoredTensor> read(Path path, byte[] head) throws IOException {
    Blocks blocks = ZipFormat.hasMagic(head) ? ZipFormat.read(path) : LegacyFormat.read(path);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    Copies copies = new Copies(path, blocks);
    for (Map.Entry<String, Storage.Tensor> e : StateDict.of(path, blocks.root()).entrySet()) {
      tensors.put(e.getKey(), copies.stored(e.getKey(), e.getValue()));
    }
    return Collections.unmodifiableMap(tensors);
  }

  /**
   * The content of a file.
   *
   * @param root the pickled object
   * @param storages bytes of each storage by key
   */
  record Blocks(@Nullable Object root, Map<String, byte[]> storages) {}

  /** Takes tensors from storages; those that are not contiguous are copied, within a limit. */
  private static final class Copies {
    private final Path path;
    private final Map<String, byte[]> storages;
    private long budget;

    Copies(Path path, Blocks blocks) {
      this.path = path;
      this.storages = blocks.storages();
      this.budget = MAX_REPEATED + storages.values().stream().mapToLong(b -> b.length).sum();
    }

    StoredTensor stored(String key, Storage.Tensor tensor) throws PthException {
      Storage storage = tensor.storage();
      int width = storage.type().bytes();
      long begin = storage.begin() + tensor.offset();
      byte[] block = storages.get(storage.key());
      MemorySegment bytes = MemorySegment.ofArray(block);
      long length = tensor.elements() * width;
      MemorySegment data =
          length == 0
              ? bytes.asSlice(0, 0)
              : tensor.isContiguous()
                  ? bytes.asSlice(begin * width, length)
                  : gathered(key, tensor, bytes);
      return new StoredTensor(key, storage.type(), tensor.size(), data);
    }

    private MemorySegment gathered(String key, Storage.Tensor tensor, MemorySegment from)
        throws PthException {
      int width = tensor.storage().type().bytes();
      long count = tensor.elements();
      budget -= count * width;
      if (budget < 0) {
        throw new PthException(
            path,
            "key=%s: tensors name the same numbers so often that %d bytes more than the file has are needed; save them after contiguous()"
                .formatted(key, MAX_REPEATED));
      }
      MemorySegment to = MemorySegment.ofArray(new byte[Math.toIntExact(count * width)]);
      long[] index = new long[tensor.size().size()];
      for (long i = 0; i < count; i++) {
        long at = tensor.storage().begin() + tensor.offset();
        for (int d = 0; d < index.length; d++) {
          at += index[d] * tensor.stride().get(d);
        }
        MemorySegment.copy(from, at * width, to, i * width, width);
        advance(index, tensor.size());
      }
      return to;
    }

    private static void advance(long[] index, List<Long> size) {
      for (int d = index.length - 1; d >= 0 && ++index[d] == size.get(d); d--) {
        index[d] = 0;
      }
    }
  }
}
