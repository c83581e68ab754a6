package org.clusternet.engine.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.clusternet.engine.cuda.api.CudaUnavailableException;
import org.clusternet.engine.testing.Messages;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unpacking of JCuda's natives, and their fitting to another CUDA. */
class JCudaNativesTest {
  @TempDir private Path cache;

  @BeforeAll
  static void requireALinuxWithNatives() {
    Assumptions.assumeTrue(
        System.getProperty("os.name").startsWith("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "JCuda's natives are for linux-x86_64");
  }

  private static byte[] packed(String library) throws IOException {
    String file = "/lib/" + JCudaNatives.fileName(library);
    try (InputStream in = JCudaNatives.class.getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }

  @Test
  void eachVersionHasAFolderOfItsOwn() throws IOException {
    Path folder = JCudaNatives.unpack(cache, 12).folder();
    assertEquals(cache.resolve("jcuda-12.6.0-cuda12"), folder);
    for (String library : new String[] {"JCudaDriver", "JCublas2", "JCudnn"}) {
      byte[] unpacked = Files.readAllBytes(folder.resolve(JCudaNatives.fileName(library)));
      assertArrayEquals(packed(library), unpacked, library);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(3, files.count(), "nothing else is left there");
    }
  }

  @Test
  void unpacksTruncatedFilesAgainAndLeavesWholeOnesAlone() throws IOException {
    Path folder = JCudaNatives.unpack(cache, 12).folder();
    Path whole = folder.resolve(JCudaNatives.fileName("JCudnn"));
    Path truncated = folder.resolve(JCudaNatives.fileName("JCublas2"));
    Object before = Files.getAttribute(whole, "unix:ino");
    Files.write(truncated, new byte[] {1, 2, 3});
    JCudaNatives.unpack(cache, 12);
    assertArrayEquals(packed("JCublas2"), Files.readAllBytes(truncated));
    assertEquals(before, Files.getAttribute(whole, "unix:ino"));
  }

  @Test
  void onlyTheNameOfCublasChangesForCuda13() throws IOException {
    Path folder = JCudaNatives.unpack(cache, 13).folder();
    assertEquals(cache.resolve("jcuda-12.6.0-cuda13"), folder);
    byte[] before = packed("JCublas2");
    byte[] after = Files.readAllBytes(folder.resolve(JCudaNatives.fileName("JCublas2")));
    assertEquals(before.length, after.length);
    int changed = 0;
    for (int i = 0; i < before.length; i++) {
      changed += before[i] == after[i] ? 0 : 1;
    }
    assertTrue(changed >= 2 && changed <= 5, "bytes changed=" + changed);
    String text = new String(after, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains("\0libcublas.so.13\0") && !text.contains("\0libcublas.so.12\0"));
    assertArrayEquals(
        packed("JCudnn"), Files.readAllBytes(folder.resolve(JCudaNatives.fileName("JCudnn"))));
    assertArrayEquals(before, ElfSoname.replace(after, "libcublas.so.13", "libcublas.so.12"));
  }

  @Test
  void aFolderThatCannotBeWritten() throws IOException {
    Path file = Files.createFile(cache.resolve("file"));
    CudaUnavailableException error =
        assertThrows(CudaUnavailableException.class, () -> JCudaNatives.unpack(file, 12));
    assertTrue(error.remedy().contains("-Dclusternet.cache=DIR"), Messages.of(error));
  }

  /** The worked example of the System V ABI is printf. */
  @Test
  void hashesNamesAsTheAbiSays() {
    assertEquals(0x077905a6, ElfSoname.hash("printf"));
    assertEquals(0, ElfSoname.hash(""));
  }

  @Test
  void aFileThatDoesNotAskForTheNameIsRefused() throws IOException {
    byte[] file = packed("JCudnn");
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> ElfSoname.replace(file, "libcublas.so.12", "libcublas.so.13"));
    assertTrue(Messages.of(error).contains("names=0, versions=0"), Messages.of(error));
    assertThrows(
        IllegalArgumentException.class, () -> ElfSoname.replace(file, "libcudnn.so.9", "other"));
  }
}
