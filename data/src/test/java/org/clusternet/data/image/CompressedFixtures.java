package org.clusternet.data.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Compressed files that other programs wrote, see make_compressed.py beside compressed.zip. */
final class CompressedFixtures {
  static final int WIDTH = 31;
  static final int HEIGHT = 23;

  /** Each file's bytes by its name. */
  static final Map<String, byte[]> FILES = Collections.unmodifiableMap(read());

  private CompressedFixtures() {}

  static byte[] bytes(String name) {
    return Objects.requireNonNull(FILES.get(name), name).clone();
  }

  private static Map<String, byte[]> read() {
    Map<String, byte[]> files = new TreeMap<>();
    InputStream stream = CompressedFixtures.class.getResourceAsStream("compressed.zip");
    try (ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(stream))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        files.put(e.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return files;
  }
}
