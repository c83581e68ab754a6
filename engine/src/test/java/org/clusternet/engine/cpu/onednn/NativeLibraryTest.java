package org.clusternet.engine.cpu.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a library is loaded from. */
class NativeLibraryTest {
  private static final String NAME = "libdnnl.so.3";
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir private Path folder;

  @Test
  void aFileIsLoadedWhereItLies() throws IOException {
    Path file = Files.write(folder.resolve("100% of it " + NAME), CONTENT);
    Path cache = folder.resolve("cache");
    assertEquals(file, NativeLibrary.file(NAME, file.toUri().toURL(), cache));
    assertFalse(Files.exists(cache), "nothing is written");
  }

  @Test
  void fromAJarItIsUnpackedAndAgainIfItIsCutShort() throws IOException {
    Path jar = folder.resolve("dnnl.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(NAME));
      out.write(CONTENT);
    }
    URI inJar = URI.create("jar:" + jar.toUri() + "!/" + NAME);
    Path cache = folder.resolve("cache");
    Path unpacked = NativeLibrary.file(NAME, inJar.toURL(), cache);
    assertEquals(cache.resolve(NAME), unpacked);
    Files.write(unpacked, new byte[] {9});
    NativeLibrary.file(NAME, inJar.toURL(), cache);
    assertArrayEquals(CONTENT, Files.readAllBytes(unpacked));
  }
}
