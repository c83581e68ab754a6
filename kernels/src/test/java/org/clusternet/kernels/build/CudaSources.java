package org.clusternet.kernels.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.clusternet.kernels.PtxManifest;

/**
 * A folder of {@code .cu} files and the resources built from it, and what can be read off PTX.
 *
 * @param folder where the sources are; tests run in the module's folder
 * @param resources where the PTX is committed
 */
record CudaSources(Path folder, Path resources) {
  /** The kernels. */
  static final CudaSources MAIN =
      new CudaSources(
          Path.of("src", "main", "cuda"),
          Path.of("src", "main", "resources", "org", "clusternet", "kernels"));

  /** What the emulator is tested with, faults included. */
  static final CudaSources TEST =
      new CudaSources(
          Path.of("src", "test", "cuda"),
          Path.of("src", "test", "resources", "org", "clusternet", "kernels", "emulator"));

  private static final Pattern ENTRY =
      Pattern.compile("\\.visible \\.entry (\\w+)\\(([^)]*)\\)", Pattern.DOTALL);
  private static final Pattern PARAMETER = Pattern.compile("\\.param \\.(\\w+)");

  /** File-name stems of all {@code .cu} files, sorted. */
  List<String> stems() throws IOException {
    return files(".cu").stream()
        .map(file -> file.getFileName().toString())
        .map(name -> name.substring(0, name.length() - ".cu".length()))
        .toList();
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  /** SHA-256 of the stem's source and of every header. */
  String hash(String stem) throws IOException {
    List<Path> files = new ArrayList<>(files(".cuh"));
    files.add(folder.resolve(stem + ".cu"));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The entry points of a PTX text, in its order. */
  static List<PtxManifest.Entry> entries(String ptx) {
    List<PtxManifest.Entry> entries = new ArrayList<>();
    Matcher entry = ENTRY.matcher(ptx);
    while (entry.find()) {
      List<String> parameters = new ArrayList<>();
      Matcher parameter = PARAMETER.matcher(entry.group(2));
      while (parameter.find()) {
        parameters.add(parameter.group(1));
      }
      entries.add(new PtxManifest.Entry(entry.group(1), parameters));
    }
    return entries;
  }

  /** The operand of a directive of the header, for instance {@code target}. */
  static String directive(String ptx, String name) {
    Matcher matcher = Pattern.compile("^\\." + name + " (\\S+)", Pattern.MULTILINE).matcher(ptx);
    if (!matcher.find()) {
      throw new IllegalStateException("PTX without ." + name);
    }
    return matcher.group(1);
  }
}
