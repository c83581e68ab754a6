package org.clusternet.engine.cuda.jcuda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import jcuda.JCudaVersion;
import org.clusternet.engine.cuda.api.CudaUnavailableException;
import org.clusternet.engine.natives.NativeCache;

/**
 * JCuda's natives, unpacked from its jars to a folder named by their version and that of CUDA.
 * JCuda itself unpacks to fixed names in {@code java.io.tmpdir} and loads whatever lies there
 * already; that it looks there is what makes it load ours.
 */
public final class JCudaNatives {
  private static final String TMPDIR = "java.io.tmpdir";
  private static final String SONAME = "libcublas.so.";
  private static final int BUILT_FOR = 12;

  private final Path folder;

  private JCudaNatives(Path folder) {
    this.folder = folder;
  }

  /** The version of the natives, for instance {@code 12.6.0}. */
  public static String version() {
    return JCudaVersion.get();
  }

  /** Where they are. */
  public Path folder() {
    return folder;
  }

  /**
   * Unpacks all natives.
   *
   * @param cudaMajor CUDA version of the cuBLAS that they are to use
   * @throws CudaUnavailableException if that fails
   */
  public static JCudaNatives unpack(int cudaMajor) {
    return unpack(NativeCache.folder(), cudaMajor);
  }

  static JCudaNatives unpack(Path cache, int cudaMajor) {
    requirePlatform();
    Path folder = cache.resolve("jcuda-" + version() + "-cuda" + cudaMajor);
    try {
      for (String library : new String[] {"JCudaDriver", "JCublas2", "JCudnn"}) {
        String file = fileName(library);
        byte[] content = resource(file);
        if (library.equals("JCublas2") && cudaMajor != BUILT_FOR) {
          content = ElfSoname.replace(content, SONAME + BUILT_FOR, SONAME + cudaMajor);
        }
        NativeCache.put(folder.resolve(file), content);
      }
    } catch (IOException e) {
      throw new CudaUnavailableException(
          "JCuda's natives cannot be unpacked to " + folder + ": " + e,
          "make that folder writable or choose another by -Dclusternet.cache=DIR",
          e);
    }
    return new JCudaNatives(folder);
  }

  private static void requirePlatform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    if (!os.startsWith("linux") || !arch.equals("amd64")) {
      throw new CudaUnavailableException(
          "this build has JCuda's natives for linux-x86_64 only; os.name="
              + os
              + ", os.arch="
              + arch,
          "use the cpu");
    }
  }

  static String fileName(String library) {
    return "lib" + library + "-" + version() + "-linux-x86_64.so";
  }

  private static byte[] resource(String file) throws IOException {
    try (InputStream in = JCudaNatives.class.getResourceAsStream("/lib/" + file)) {
      if (in == null) {
        throw new IOException("the class path holds no lib/" + file);
      }
      return in.readAllBytes();
    }
  }

  /**
   * Runs what makes JCuda load one of its natives.
   *
   * @throws CudaUnavailableException with what the loader said
   */
  void load(String library, Runnable firstUse) {
    String before = System.getProperty(TMPDIR);
    System.setProperty(TMPDIR, folder.toString());
    try {
      firstUse.run();
    } catch (LinkageError e) {
      throw new CudaUnavailableException(
          "JCuda's " + library + " cannot be loaded: " + firstLine(e),
          "install the library that is named here, or use the cpu",
          e);
    } finally {
      System.setProperty(TMPDIR, before);
    }
  }

  /** The loader's own words are on the line that names the missing object, if there is one. */
  private static String firstLine(LinkageError e) {
    String text = String.valueOf(e.getMessage());
    return text.lines()
        .filter(line -> line.contains("cannot open") || line.contains("undefined symbol"))
        .findFirst()
        .or(() -> text.lines().findFirst())
        .orElse(e.toString())
        .strip();
  }
}
