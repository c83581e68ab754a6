package org.clusternet.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFactsTest {
  @TempDir private Path root;

  @Test
  void factsAreReadFromLinux() throws IOException {
    write(
        "proc/cpuinfo",
        "processor\t: 0\nmodel name\t: Some CPU\nflags\t\t: fpu avx2 fpu avx512f\nmodel name : x\n");
    write("proc/meminfo", "MemTotal:       24685164 kB\nMemFree: 1 kB\n");
    cache(0, "1", "Data", "32K");
    cache(1, "1", "Instruction", "64K");
    cache(2, "2", "Unified", "1024K");
    MachineFacts facts = MachineFacts.read(root);
    assertEquals("Some CPU (avx2, avx512f)", facts.cpu());
    assertEquals("L1d 32K, L2 1024K", facts.caches());
    assertEquals("24 GiB", facts.memory());
  }

  @Test
  void factsAreUnknownElsewhere() {
    MachineFacts facts = MachineFacts.read(root);
    assertEquals("unknown", facts.cpu());
    assertEquals("unknown", facts.caches());
    assertEquals("unknown", facts.memory());
    assertEquals(Runtime.getRuntime().availableProcessors(), facts.cores());
    assertTrue(facts.jdk().startsWith(Runtime.version().toString()), facts.jdk());
  }

  private void cache(int index, String level, String type, String size) throws IOException {
    String folder = "sys/devices/system/cpu/cpu0/cache/index" + index + "/";
    write(folder + "level", level + "\n");
    write(folder + "type", type + "\n");
    write(folder + "size", size + "\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
