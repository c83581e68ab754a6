package org.clusternet.engine.cpu.onednn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Properties;
import org.clusternet.engine.natives.NativeCache;

/**
 * Finds oneDNN's shared libraries on the class path and loads them: in place where they are files,
 * as in the distribution, whose folder then is all that a machine must be able to read.
 *
 * <p>From the jar {@code org.bytedeco:dnnl} the library of 90 MB is unpacked once, into a folder
 * named by the jar's version under {@code $XDG_CACHE_HOME/cluster-net} (or {@code
 * -Dclusternet.cache}); it appears there by rename and is unpacked again if its size is not the
 * jar's, so that neither an interrupted first start nor another version can be loaded by mistake.
 */
final class NativeLibrary {
  private static final String BASE = "org/bytedeco/dnnl/";
  private static final String VERSION_FILE = "META-INF/maven/org.bytedeco/dnnl/pom.properties";

  private final SymbolLookup dnnl;
  private final SymbolLookup openMp;

  private NativeLibrary(SymbolLookup dnnl, SymbolLookup openMp) {
    this.dnnl = dnnl;
    this.openMp = openMp;
  }

  /** Functions of libdnnl. */
  SymbolLookup dnnl() {
    return dnnl;
  }

  /** Functions of libgomp. */
  SymbolLookup openMp() {
    return openMp;
  }

  /** The classifier of this platform's build, for instance {@code linux-x86_64}. */
  static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    String family = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "macosx" : "windows";
    return family
        + "-"
        + (arch.equals("amd64") ? "x86_64" : arch.equals("aarch64") ? "arm64" : arch);
  }

  /** Whether the class path holds a build for this platform. */
  static boolean isPresent() {
    return resource("libdnnl.so.3") != null;
  }

  /**
   * Loads, after unpacking what lies in a jar.
   *
   * @throws IllegalStateException if that fails, naming the file and the remedy
   */
  static NativeLibrary load() {
    Path folder = NativeCache.folder().resolve("dnnl-" + version());
    try {
      Path openMp = file("libgomp.so.1", folder);
      Path dnnl = file("libdnnl.so.3", folder);
      OpenMp.configure();
      SymbolLookup first = SymbolLookup.libraryLookup(openMp, Arena.global());
      return new NativeLibrary(SymbolLookup.libraryLookup(dnnl, Arena.global()), first);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "oneDNN cannot be loaded from "
              + folder
              + ": "
              + e.getMessage()
              + "; make that folder writable or choose another by -Dclusternet.cache=DIR",
          e);
    }
  }

  private static URL resource(String name) {
    return NativeLibrary.class.getClassLoader().getResource(BASE + platform() + "/" + name);
  }

  private static Path file(String name, Path folder) throws IOException {
    URL url = resource(name);
    if (url == null) {
      throw new IOException("the class path holds no " + BASE + platform() + "/" + name);
    }
    return file(name, url, folder);
  }

  /** The file that a resource is, or is unpacked to in a folder. */
  static Path file(String name, URL url, Path folder) throws IOException {
    return url.getProtocol().equals("file")
        ? Path.of(URI.create(url.toString()))
        : unpack(name, url, folder);
  }

  private static Path unpack(String name, URL url, Path folder) throws IOException {
    Files.createDirectories(folder);
    URLConnection connection = url.openConnection();
    Path target = folder.resolve(name);
    if (Files.exists(target) && Files.size(target) == connection.getContentLengthLong()) {
      return target;
    }
    Path partial = Files.createTempFile(folder, name, ".part");
    try (InputStream in = connection.getInputStream()) {
      Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
    return target;
  }

  static String version() {
    Properties properties = new Properties();
    try (InputStream in = NativeLibrary.class.getClassLoader().getResourceAsStream(VERSION_FILE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
