package org.clusternet.kernels;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The PTX of every module, as committed; nvcc is needed only to change it. */
public final class Ptx {
  private Ptx() {}

  /** The stems of all modules, in alphabetical order. */
  public static List<String> modules() {
    return read("modules.txt").lines().toList();
  }

  /**
   * The PTX of a module.
   *
   * @param module file-name stem
   * @throws IllegalArgumentException if there is no such module
   */
  public static String text(String module) {
    return read(module + ".ptx");
  }

  /** The manifest of {@code module}: its sources, target and entries. */
  public static PtxManifest manifest(String module) {
    return PtxManifest.parse(read(module + ".manifest"));
  }

  private static String read(String resource) {
    try (InputStream in = Ptx.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "kernels: there is no resource "
                + resource
                + "; build it with mvn -Pptx -pl kernels process-test-classes");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("kernels: resource " + resource + " cannot be read", e);
    }
  }
}
