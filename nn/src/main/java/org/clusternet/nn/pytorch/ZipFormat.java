package org.clusternet.nn.pytorch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The format since PyTorch 1.6: a zip archive, stored without compression.
 *
 * <pre>
 * name/data.pkl    the pickle
 * name/byteorder   "little" or "big", since 2.1
 * name/data/KEY    the bytes of a storage
 * </pre>
 *
 * <p>Compressed entries, which torch.save never writes, are refused, so that no more is read than
 * the file is long. Names of entries are looked up and never become paths.
 */
final class ZipFormat {
  private static final String PICKLE = "data.pkl";

  private final Path path;
  private final ZipFile zip;
  private final String prefix;
  private long budget;

  private ZipFormat(Path path, ZipFile zip) throws IOException {
    this.path = path;
    this.zip = zip;
    this.budget = Files.size(path);
    this.prefix = prefix();
  }

  static boolean hasMagic(byte[] head) {
    return head.length >= 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
  }

  static PthFile.Blocks read(Path path) throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      return new ZipFormat(path, zip).blocks();
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw new PthException(path, "is a damaged zip archive: " + e.getMessage(), e);
    }
  }

  private String prefix() throws PthException {
    List<String> pickles =
        zip.stream().map(ZipEntry::getName).filter(n -> n.endsWith("/" + PICKLE)).toList();
    if (pickles.size() != 1) {
      throw new PthException(
          path,
          "is a zip archive with %d entries */data.pkl; torch.save writes one"
              .formatted(pickles.size()));
    }
    String name = pickles.get(0);
    return name.substring(0, name.length() - PICKLE.length());
  }

  private PthFile.Blocks blocks() throws IOException {
    if (zip.getEntry(prefix + "constants.pkl") != null) {
      throw new PthException(
          path, "is a TorchScript program; save its state_dict() with torch.save");
    }
    requireLittleEndian();
    byte[] pickle = bytes(entry(PICKLE), PickleBytes.MAX_BYTES);
    StorageList storages = new StorageList();
    Object root = new PickleReader(path, ByteBuffer.wrap(pickle), storages).read();
    Map<String, byte[]> blocks = new HashMap<>();
    for (Storage storage : storages.all()) {
      ZipEntry entry = entry("data/" + storage.key());
      if (entry.getSize() != storage.bytes()) {
        throw new PthException(
            path,
            "storage %s: %d bytes, but %d elements of %s have %d"
                .formatted(
                    storage.key(),
                    entry.getSize(),
                    storage.elements(),
                    storage.type(),
                    storage.bytes()));
      }
      blocks.put(storage.key(), bytes(entry, storage.bytes()));
    }
    return new PthFile.Blocks(root, blocks);
  }

  private void requireLittleEndian() throws IOException {
    if (zip.getEntry(prefix + "byteorder") == null) {
      return;
    }
    String order = new String(bytes(entry("byteorder"), 16), StandardCharsets.US_ASCII);
    if (!order.equals("little")) {
      throw new PthException(path, "byteorder=" + order + "; only little is read");
    }
  }

  private ZipEntry entry(String name) throws PthException {
    ZipEntry entry = zip.getEntry(prefix + name);
    if (entry == null) {
      throw new PthException(path, "has no entry " + prefix + name + "; the file is damaged");
    }
    return entry;
  }

  private byte[] bytes(ZipEntry entry, int limit) throws IOException {
    long size = entry.getSize();
    if (entry.getMethod() != ZipEntry.STORED || entry.getCompressedSize() != size) {
      throw new PthException(
          path,
          "entry " + entry.getName() + " is compressed; torch.save writes uncompressed entries");
    }
    budget -= size;
    if (size < 0 || size > limit || budget < 0) {
      throw new PthException(
          path, "entry %s of %d bytes is too large".formatted(entry.getName(), size));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) size);
      CRC32 sum = new CRC32();
      sum.update(bytes);
      if (bytes.length != size || sum.getValue() != entry.getCrc()) {
        throw new PthException(
            path, "entry " + entry.getName() + " does not match its checksum; the file is damaged");
      }
      return bytes;
    }
  }
}
