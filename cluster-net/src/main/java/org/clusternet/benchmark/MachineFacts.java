package org.clusternet.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The machine of a measurement, as Linux describes it; elsewhere what the JVM knows.
 *
 * @param cpu model of the CPU, with the vector extensions that matter here
 * @param cores number of processors that the JVM may use
 * @param caches caches of the first processor, for instance {@code L1d 32K, L2 1024K}
 * @param memory size of the memory, for instance {@code 23 GiB}
 * @param system name, version and architecture of the operating system
 * @param jdk version and vendor of the JDK
 */
public record MachineFacts(
    String cpu, int cores, String caches, String memory, String system, String jdk) {
  private static final List<String> EXTENSIONS =
      List.of("avx2", "avx512f", "avx512_bf16", "amx_bf16");

  /** The facts of this machine. */
  public static MachineFacts here() {
    return read(Path.of("/"));
  }

  /** The facts from the system's files under another root. */
  static MachineFacts read(Path root) {
    List<String> cpuinfo = lines(root.resolve("proc/cpuinfo"));
    List<String> meminfo = lines(root.resolve("proc/meminfo"));
    return new MachineFacts(
        value(cpuinfo, "model name").orElse("unknown") + extensions(cpuinfo),
        Runtime.getRuntime().availableProcessors(),
        caches(root.resolve("sys/devices/system/cpu/cpu0/cache")),
        value(meminfo, "MemTotal").map(MachineFacts::gibibytes).orElse("unknown"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        Runtime.version() + ", " + System.getProperty("java.vm.vendor"));
  }

  /**
   * Average number of running or waiting processes over the last minute; negative where it is not
   * known.
   */
  public static double loadAverage() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String extensions(List<String> cpuinfo) {
    Set<String> flags = Set.of(unique(value(cpuinfo, "flags").orElse("").split(" ")));
    List<String> present = EXTENSIONS.stream().filter(flags::contains).toList();
    return present.isEmpty() ? "" : " (" + String.join(", ", present) + ")";
  }

  private static String[] unique(String[] words) {
    return Arrays.stream(words).distinct().toArray(String[]::new);
  }

  private static String caches(Path folder) {
    List<String> caches = new ArrayList<>();
    for (int i = 0; Files.isDirectory(folder.resolve("index" + i)); i++) {
      Path index = folder.resolve("index" + i);
      String level = first(index.resolve("level"));
      String type = first(index.resolve("type"));
      String size = first(index.resolve("size"));
      if (!type.equals("Instruction")) {
        caches.add("L" + level + (type.equals("Data") ? "d " : " ") + size);
      }
    }
    return caches.isEmpty() ? "unknown" : String.join(", ", caches);
  }

  private static Optional<String> value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  private static String gibibytes(String kilobytes) {
    long kib = Long.parseLong(kilobytes.replace("kB", "").strip());
    return Math.round(kib / 1048576.0) + " GiB";
  }

  private static String first(Path file) {
    return lines(file).stream().findFirst().orElse("?");
  }

  private static List<String> lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.toList();
    } catch (IOException e) {
      return List.of(); // not every system has these files
    }
  }
}
