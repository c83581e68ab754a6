package org.clusternet.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.clusternet.cli.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the sources of all modules to the rules, and the rules to sources that break them. */
class ProductionSourcesTest {
  private static final String LONG_BODY = "\n".repeat(300);

  @TempDir private Path folder;

  @Test
  void noTwoClassesShareASimpleName() throws IOException {
    assertEquals(List.of(), ours().sharedNames());
  }

  @Test
  void longFilesGiveTheirReason() throws IOException {
    assertEquals(List.of(), ours().longWithoutReason());
  }

  @Test
  void allPackagesAreNullMarked() throws IOException {
    assertEquals(List.of(), ours().notNullMarked());
  }

  @Test
  void sourcesOfEveryModuleAreRead() throws IOException {
    List<Path> files = ours().files();
    for (String module : List.of("kernels", "engine", "nn", "data", "cluster-net", "bench")) {
      assertTrue(files.stream().anyMatch(file -> file.startsWith(module)), module);
    }
    assertTrue(files.contains(Path.of("kernels/src/main/cuda/batch_norm.cu")));
  }

  @Test
  void aSharedNameIsFound() throws IOException {
    plant("a/src/main/java/a/Report.java", "package org.clusternet.a;\nclass Report {}\n");
    plant("b/src/main/java/b/Report.java", "package org.clusternet.b;\nrecord Report() {}\n");
    plant("a/src/main/java/op/Linear.java", "package org.clusternet.engine.op;\n");
    plant("b/src/main/java/layer/Linear.java", "package org.clusternet.nn.layer;\n");
    assertEquals(
        List.of("Report in [org.clusternet.a, org.clusternet.b]"), planted().sharedNames());
  }

  @Test
  void aLongFileWithoutAReasonIsFound() throws IOException {
    String reason = "/**\n * A table, long\n * because it lists all. */\n";
    plant(
        "a/src/main/java/A.java", "package a;\nimport b.B;\n" + reason + "class A {}" + LONG_BODY);
    plant("a/src/main/cuda/a.cuh", "// A header, long because.\n" + LONG_BODY);
    plant("a/src/main/java/B.java", "package a;\n/** It takes long. */\nclass B {}" + LONG_BODY);
    plant("b/src/main/cuda/b.cu", "int b;\n" + reason + LONG_BODY);
    plant("b/src/main/java/Short.java", "package b;\nclass Short {}\n");
    assertEquals(
        List.of("a/src/main/java/B.java: 302 lines", "b/src/main/cuda/b.cu: 304 lines"),
        planted().longWithoutReason());
  }

  @Test
  void anUnmarkedPackageIsFound() throws IOException {
    plant("a/src/main/java/a/A.java", "package a;\nclass A {}\n");
    plant("a/src/main/java/a/package-info.java", "/** A. */\n@NullMarked\npackage a;\n");
    plant("b/src/main/java/b/B.java", "package b;\nclass B {}\n");
    plant("b/src/main/java/b/package-info.java", "/** Not @NullMarked. */\npackage b;\n");
    plant("b/src/main/java/c/C.java", "package c;\nclass C {}\n");
    assertEquals(List.of("b/src/main/java/b", "b/src/main/java/c"), planted().notNullMarked());
  }

  private static ProductionSources ours() throws IOException {
    return new ProductionSources(Checkout.root());
  }

  private ProductionSources planted() throws IOException {
    Files.writeString(folder.resolve("pom.xml"), "<module>a</module>\n<module>b</module>\n");
    return new ProductionSources(folder);
  }

  private void plant(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
