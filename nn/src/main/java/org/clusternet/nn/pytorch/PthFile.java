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
 * the file is allocated.
 */
public final class PthFile {
  /** Keys under which training programs keep the state dict in a larger dictionary. */
  private static final List<String> WRAPPERS = List.of("state_dict", "model_state_dict", "model");

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
    for (Map.Entry<?, ?> e : stateDict(path, blocks.root()).entrySet()) {
      if (!(e.getKey() instanceof String key) || !(e.getValue() instanceof Storage.Tensor tensor)) {
        throw new PthException(
            path,
            "key=%s is %s; a state dict holds tensors only"
                .formatted(e.getKey(), TorchObjects.kind(e.getValue())));
      }
      tensors.put(key, copies.stored(key, tensor));
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

  private static Map<?, ?> stateDict(Path path, @Nullable Object root) throws PthException {
    if (!(root instanceof Map<?, ?> dict)) {
      throw new PthException(path, "holds " + TorchObjects.kind(root) + ", no state dict");
    }
    if (dict.values().stream().noneMatch(Storage.Tensor.class::isInstance)) {
      for (String wrapper : WRAPPERS) {
        if (dict.get(wrapper) instanceof Map<?, ?> inner) {
          return inner;
        }
      }
      throw new PthException(
          path,
          "holds a dictionary without tensors, keys="
              + dict.keySet().stream().limit(10).toList()
              + "; save model.state_dict()");
    }
    return dict;
  }

  /** Takes tensors from storages; those that are not contiguous are copied, within a limit. */
  private static final class Copies {
    private final Path path;
    private final Map<String, byte[]> storages;
    private long budget;

    Copies(Path path, Blocks blocks) {
      this.path = path;
      this.storages = blocks.storages();
      this.budget = storages.values().stream().mapToLong(b -> b.length).sum();
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
            path, "key=" + key + ": tensors overlap to more than the file has bytes");
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
