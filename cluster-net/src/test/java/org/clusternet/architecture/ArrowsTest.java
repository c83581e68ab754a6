package org.clusternet.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.clusternet.cli.Checkout;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the code to the {@link Arrows}, and the arrows to sources that break them: each violation
 * planted here is compiled on the spot and must be found by its own rule and by no other.
 */
class ArrowsTest {

  /** Sources of which the first breaks one rule; a source's package and name are read from it. */
  record Violation(Arrows broken, String... sources) {}

  /** Where a native library's Java side would be. */
  private static final String JCUDA = "package jcuda.driver; public class CUdevice {}";

  private static final String NVIDIA =
      "package org.clusternet.engine.cuda.jcuda; public class Nvidia {}";

  private static final String DNNL = "package org.bytedeco.dnnl; public class Memory {}";
  private static final String KERNEL = "package org.clusternet.kernels; public class Launch {}";
  private static final String TENSOR =
      "package org.clusternet.engine.tensor; public class Shape {}";
  private static final String LAYER = "package org.clusternet.nn; public class Layer {}";
  private static final String IMAGE = "package org.clusternet.data.image; public class Image {}";
  private static final String NETWORK = "package org.clusternet.network; public class Net {}";
  private static final String EXAMPLE = "package org.clusternet.examples; public class Small {}";
  private static final String CASE = "package org.clusternet.bench; public class Case {}";
  private static final String ONEDNN =
      "package org.clusternet.engine.cpu.onednn; public class OneDnn {}";

  static final List<Violation> VIOLATIONS =
      List.of(
          new Violation(Arrows.KERNELS_KNOW_NOBODY, uses("kernels", "engine.tensor.Shape"), TENSOR),
          new Violation(Arrows.KERNELS_KNOW_NOBODY, uses("kernels", "data.image.Image"), IMAGE),
          new Violation(Arrows.ENGINE_KNOWS_KERNELS, uses("engine.op", "nn.Layer"), LAYER),
          new Violation(Arrows.ENGINE_KNOWS_KERNELS, uses("engine.op", "data.image.Image"), IMAGE),
          new Violation(Arrows.ENGINE_KNOWS_KERNELS, uses("engine.op", "network.Net"), NETWORK),
          new Violation(Arrows.NN_KNOWS_ENGINE, uses("nn.resnet", "kernels.Launch"), KERNEL),
          new Violation(Arrows.NN_KNOWS_ENGINE, uses("nn.resnet", "data.image.Image"), IMAGE),
          new Violation(Arrows.NN_KNOWS_ENGINE, uses("nn.resnet", "network.Net"), NETWORK),
          new Violation(Arrows.DATA_KNOWS_NOBODY, uses("data", "engine.tensor.Shape"), TENSOR),
          new Violation(Arrows.DATA_KNOWS_NOBODY, uses("data", "network.Net"), NETWORK),
          new Violation(Arrows.APP_KNOWS_NO_KERNELS, uses("training", "kernels.Launch"), KERNEL),
          new Violation(
              Arrows.APP_KNOWS_NO_KERNELS, uses("training", "engine.cpu.onednn.OneDnn"), ONEDNN),
          new Violation(Arrows.NOBODY_KNOWS_BENCH, uses("training", "bench.Case"), CASE),
          new Violation(Arrows.NOBODY_KNOWS_BENCH, uses("nn", "bench.Case"), CASE),
          new Violation(
              Arrows.EXAMPLES_KNOW_THE_ENGINE, uses("examples", "data.image.Image"), IMAGE),
          new Violation(Arrows.EXAMPLES_KNOW_THE_ENGINE, uses("examples", "network.Net"), NETWORK),
          new Violation(Arrows.NOBODY_KNOWS_EXAMPLES, uses("training", "examples.Small"), EXAMPLE),
          new Violation(
              Arrows.JCUDA_ONLY_IN_ITS_PACKAGE,
              source("engine.cuda", "jcuda.driver.CUdevice"),
              JCUDA),
          new Violation(
              Arrows.JCUDA_ONLY_IN_ITS_PACKAGE, source("training", "jcuda.driver.CUdevice"), JCUDA),
          new Violation(
              Arrows.CUDA_DEVICE_KNOWS_NO_BINDING,
              uses("engine.cuda", "engine.cuda.jcuda.Nvidia"),
              NVIDIA),
          new Violation(
              Arrows.CUDA_DEVICE_KNOWS_NO_BINDING,
              uses("engine.op", "engine.cuda.jcuda.Nvidia"),
              NVIDIA),
          new Violation(
              Arrows.ONEDNN_ONLY_IN_ITS_DEVICE, source("nn", "org.bytedeco.dnnl.Memory"), DNNL),
          new Violation(
              Arrows.FOREIGN_FUNCTIONS_ONLY_IN_DEVICES, source("data", "java.lang.foreign.Linker")),
          new Violation(
              Arrows.FOREIGN_FUNCTIONS_ONLY_IN_DEVICES,
              source("engine.tensor", "java.lang.foreign.SymbolLookup")),
          new Violation(
              Arrows.FOREIGN_FUNCTIONS_ONLY_IN_DEVICES,
              source("cli", "java.lang.foreign.Linker.Option")),
          new Violation(
              Arrows.NO_CIRCLES,
              source("engine.op", "org.clusternet.engine.cpu.Back"),
              "package org.clusternet.engine.cpu; public class Back {"
                  + " org.clusternet.engine.op.Planted there; }"),
          new Violation(
              Arrows.NO_CIRCLES,
              source("network", "org.clusternet.network.crop.Back"),
              "package org.clusternet.network.crop; public class Back {"
                  + " org.clusternet.network.Planted there; }"));

  /** What the plan allows, all of it at once. */
  private static final List<String> ALLOWED =
      List.of(
          KERNEL,
          JCUDA,
          DNNL,
          source("engine.cuda.jcuda", "jcuda.driver.CUdevice"),
          source("engine.cpu", "org.bytedeco.dnnl.Memory"),
          source("engine.cpu.onednn", "java.lang.foreign.Linker"),
          source("engine.tensor", "java.lang.foreign.MemorySegment"),
          source("engine.op", "org.clusternet.kernels.Launch"),
          source("nn", "org.clusternet.engine.op.Planted"),
          IMAGE,
          source("network", "org.clusternet.nn.Planted"),
          source("training", "org.clusternet.data.image.Image"),
          source("examples", "org.clusternet.nn.Planted"),
          source("cli", "org.clusternet.engine.cpu.Planted"),
          source("bench", "org.clusternet.kernels.Launch"));

  private static JavaClasses ours;

  @TempDir private Path folder;

  @BeforeAll
  static void importOurs() {
    ours =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-fixtures.jar"))
            .importPackages("org.clusternet");
  }

  @ParameterizedTest
  @EnumSource
  void holds(Arrows arrow) {
    arrow.check(ours);
  }

  @ParameterizedTest
  @FieldSource("VIOLATIONS")
  void findsAPlantedViolation(Violation planted) throws IOException {
    JavaClasses classes = compile(List.of(planted.sources()));
    for (Arrows arrow : Arrows.values()) {
      if (arrow == planted.broken()) {
        AssertionError error = assertThrows(AssertionError.class, () -> arrow.check(classes));
        assertTrue(error.getMessage().contains("Planted"), error::getMessage);
      } else {
        arrow.check(classes);
      }
    }
  }

  @Test
  void eachRuleHasAPlantedViolation() {
    assertEquals(
        EnumSet.allOf(Arrows.class),
        VIOLATIONS.stream().map(Violation::broken).collect(Collectors.toSet()));
  }

  @Test
  void allowsWhatThePlanAllows() throws IOException {
    JavaClasses classes = compile(ALLOWED);
    for (Arrows arrow : Arrows.values()) {
      arrow.check(classes);
    }
  }

  /** An import that silently leaves a module out would let every rule hold. */
  @ParameterizedTest
  @ValueSource(strings = {"kernels", "engine", "nn", "data", "examples"})
  void everyModuleIsLookedAt(String module) throws IOException {
    Path sources = Checkout.root().resolve(module).resolve("src/main/java");
    Set<String> written;
    try (Stream<Path> files = Files.isDirectory(sources) ? Files.walk(sources) : Stream.empty()) {
      written =
          files
              .map(file -> sources.relativize(file).toString())
              .filter(file -> file.endsWith(".java") && !file.endsWith("-info.java"))
              .map(file -> file.replace(".java", "").replace('/', '.'))
              .collect(Collectors.toSet());
    }
    Set<String> seen = ours.stream().map(type -> type.getName()).collect(Collectors.toSet());
    written.removeAll(seen);
    assertEquals(Set.of(), written, "classes that were not looked at");
  }

  private static String uses(String module, String type) {
    return source(module, "org.clusternet." + type);
  }

  private static String source(String module, String type) {
    return "package org.clusternet." + module + "; public class Planted { " + type + " known; }";
  }

  private JavaClasses compile(List<String> sources) throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Stream<String> options = Stream.of("-proc:none", "-d", classes.toString());
    Stream<String> files = Stream.empty();
    for (int i = 0; i < sources.size(); i++) {
      String name = sources.get(i).replaceAll(".*public class (\\w+).*", "$1");
      Path file = Files.createDirectory(folder.resolve("source" + i)).resolve(name + ".java");
      Files.writeString(file, sources.get(i));
      files = Stream.concat(files, Stream.of(file.toString()));
    }
    String[] arguments = Stream.concat(options, files).toArray(String[]::new);
    int exit = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments);
    assertEquals(0, exit, () -> "javac " + Arrays.toString(arguments));
    return new ClassFileImporter().importPath(classes);
  }
}
