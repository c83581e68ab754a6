package org.clusternet.engine.cuda.jcuda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The folders in which CUDA's libraries may be, in the order in which they are looked through:
 * those of {@code -Dclusternet.cuda.path}, of {@code LD_LIBRARY_PATH}, {@code /usr/local/cuda*},
 * those of the loader's cache, and the {@code site-packages/nvidia/<part>/lib} of every Python
 * around, where PyTorch brings its own.
 */
final class SearchRoots {
  /** Folders to look through first, separated as in a path. */
  static final String PROPERTY = "clusternet.cuda.path";

  private static final int LINKS = 8;

  private final Path root;
  private final Map<String, String> environment;
  private final @Nullable String chosen;
  private final String loaderCache;

  /**
   * The folders of a machine.
   *
   * @param root the root of its file system
   * @param environment its variables
   * @param chosen value of the property, where it is set
   * @param loaderCache what {@code ldconfig -p} prints
   */
  SearchRoots(
      Path root, Map<String, String> environment, @Nullable String chosen, String loaderCache) {
    this.root = root;
    this.environment = environment;
    this.chosen = chosen;
    this.loaderCache = loaderCache;
  }

  /** The folders of this machine. */
  static SearchRoots ofThisMachine() {
    return new SearchRoots(
        Path.of("/"), System.getenv(), System.getProperty(PROPERTY), readLoaderCache());
  }

  private static String readLoaderCache() {
    for (String program : List.of("/sbin/ldconfig", "/usr/sbin/ldconfig")) {
      if (Files.isExecutable(Path.of(program))) {
        try {
          Process process =
              new ProcessBuilder(program, "-p")
                  .redirectError(ProcessBuilder.Redirect.DISCARD)
                  .start();
          String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
          process.waitFor(10, TimeUnit.SECONDS);
          return text;
        } catch (IOException e) {
          return "";
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return "";
        }
      }
    }
    return "";
  }

  /** All folders that exist, each once. */
  List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    addPath(folders, chosen);
    addPath(folders, environment.get("LD_LIBRARY_PATH"));
    for (Path toolkit : newestFirst(matching(root.resolve("usr/local"), "cuda*"))) {
      folders.add(toolkit.resolve("lib64"));
      folders.add(toolkit.resolve("targets/x86_64-linux/lib"));
      folders.add(toolkit.resolve("lib"));
    }
    addLoaderCache(folders);
    for (Path python : pythons()) {
      for (Path packages : matching(python, "{site,dist}-packages")) {
        matching(packages.resolve("nvidia"), "*").forEach(p -> folders.add(p.resolve("lib")));
      }
    }
    return folders.stream().filter(Files::isDirectory).distinct().toList();
  }

  private static List<Path> newestFirst(List<Path> folders) {
    List<Path> sorted = new ArrayList<>(folders);
    Collections.reverse(sorted);
    return sorted;
  }

  private void addPath(List<Path> folders, @Nullable String path) {
    if (path != null) {
      Arrays.stream(path.split(":"))
          .filter(folder -> !folder.isEmpty())
          .forEach(folder -> folders.add(Path.of(folder)));
    }
  }

  /** Lines such as {@code libcublas.so.12 (libc6,x86-64) => /usr/lib/libcublas.so.12}. */
  private void addLoaderCache(List<Path> folders) {
    for (String line : loaderCache.lines().toList()) {
      int arrow = line.indexOf("=> ");
      if (arrow >= 0 && line.contains("x86-64") && line.strip().matches("lib(cublas|cudnn).*")) {
        folders.add(Path.of(line.substring(arrow + 3).strip()).getParent());
      }
    }
  }

  /** The folders {@code lib/python3.x} of every prefix at which a Python may be. */
  private List<Path> pythons() {
    List<Path> prefixes = new ArrayList<>();
    for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      if (environment.get(variable) != null) {
        prefixes.add(Path.of(environment.get(variable)));
      }
    }
    String path = environment.getOrDefault("PATH", "");
    for (String folder : path.split(":")) {
      if (!folder.isEmpty()) {
        addPrefixes(prefixes, Path.of(folder, "python3"));
      }
    }
    if (environment.get("HOME") != null) {
      prefixes.add(Path.of(environment.get("HOME"), ".local"));
    }
    prefixes.add(root.resolve("usr/local"));
    prefixes.add(root.resolve("usr"));
    for (Path installed : matching(root.resolve("opt"), "*")) {
      prefixes.add(installed);
      prefixes.addAll(matching(installed, "*"));
    }
    List<Path> pythons = new ArrayList<>();
    for (Path prefix : prefixes) {
      pythons.addAll(newestFirst(matching(prefix.resolve("lib"), "python3*")));
    }
    return pythons;
  }

  /**
   * The prefix of a Python, and of those that it is a link to: a virtual environment's among them.
   */
  private static void addPrefixes(List<Path> prefixes, Path python) {
    Path file = python;
    for (int hop = 0; hop < LINKS && Files.exists(file); hop++) {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null && folder.getParent() != null) {
        prefixes.add(folder.getParent());
      }
      if (!Files.isSymbolicLink(file)) {
        return;
      }
      try {
        file = file.resolveSibling(Files.readSymbolicLink(file));
      } catch (IOException e) {
        return;
      }
    }
  }

  /** What is in a folder and matches, in alphabetical order; nothing if it cannot be read. */
  private static List<Path> matching(Path folder, String glob) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
      files.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    Collections.sort(found);
    return found;
  }
}
