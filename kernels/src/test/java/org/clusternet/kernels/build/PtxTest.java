package org.clusternet.kernels.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.clusternet.kernels.Ptx;
import org.clusternet.kernels.PtxManifest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The committed PTX matches the sources, and ptxas assembles it for every supported architecture
 * without spilling. The resources of each kernel are listed in {@code target/kernel-resources.txt}.
 */
class PtxTest {
  private static final List<String> ARCHITECTURES =
      List.of("75", "80", "86", "89", "90", "100", "120");
  private static final Pattern SPILL = Pattern.compile("(\\d+) bytes spill");

  @Test
  void everySourceHasItsPtxAndNothingElseDoes() throws IOException {
    assertEquals(CudaSources.MAIN.stems(), Ptx.modules(), "modules.txt; mvn -Pptx rebuilds it");
    try (Stream<Path> files = Files.list(CudaSources.MAIN.resources())) {
      List<String> stems =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".ptx"))
              .map(name -> name.substring(0, name.length() - ".ptx".length()))
              .sorted()
              .toList();
      assertEquals(CudaSources.MAIN.stems(), stems);
    }
  }

  @TestFactory
  Stream<DynamicTest> manifestMatchesSourceAndPtx() throws IOException {
    return CudaSources.MAIN.stems().stream().map(stem -> dynamicTest(stem, () -> matches(stem)));
  }

  private static void matches(String stem) throws IOException {
    PtxManifest manifest = Ptx.manifest(stem);
    String ptx = Ptx.text(stem);
    assertEquals(
        CudaSources.MAIN.hash(stem),
        manifest.sourceHash(),
        stem + ".cu or a header changed since its PTX was built; rebuild it by mvn -Pptx");
    assertEquals(CudaSources.directive(ptx, "version"), manifest.isa());
    assertEquals("sm_75", manifest.target());
    assertTrue(Double.parseDouble(manifest.isa()) <= 8.0, "drivers of CUDA 12.0 must load it");
    assertEquals(CudaSources.entries(ptx), manifest.entries());
    assertEquals(PtxManifest.parse(manifest.format()), manifest);
  }

  @TestFactory
  Stream<DynamicTest> testKernelsMatchTheirSources() throws IOException {
    return CudaSources.FIXTURES.stems().stream()
        .map(
            stem ->
                dynamicTest(
                    stem,
                    () -> {
                      Path file = CudaSources.FIXTURES.resources().resolve(stem + ".manifest");
                      assertEquals(
                          CudaSources.FIXTURES.hash(stem),
                          PtxManifest.parse(Files.readString(file)).sourceHash(),
                          "rebuild it by mvn -Pptx");
                    }));
  }

  @Test
  void everyPromisedArchitectureAssemblesWithoutSpills() throws Exception {
    Optional<Tool> ptxas = Tool.find("ptxas");
    assumeTrue(ptxas.isPresent(), "ptxas of the CUDA toolkit is not on this machine");
    List<String> report = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (String stem : CudaSources.MAIN.stems()) {
      Path ptx = CudaSources.MAIN.resources().resolve(stem + ".ptx");
      for (String architecture : ARCHITECTURES) {
        Tool.Outcome outcome =
            ptxas
                .get()
                .run(List.of("-v", "-arch=sm_" + architecture, "-o", "/dev/null", ptx.toString()));
        report.add("== " + stem + " sm_" + architecture + "\n" + outcome.output());
        if (outcome.status() != 0 || spills(outcome.output())) {
          faults.add(stem + " sm_" + architecture + ":\n" + outcome.output());
        }
      }
    }
    Files.write(Path.of("target", "kernel-resources.txt"), report);
    assertEquals(List.of(), faults);
  }

  private static boolean spills(String output) {
    Matcher spill = SPILL.matcher(output);
    while (spill.find()) {
      if (!spill.group(1).equals("0")) {
        return true;
      }
    }
    return false;
  }
}
