package org.clusternet.engine.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Everything of an op is found by its stem, and the folder of the ops holds nothing else. */
class OpStemsTest {
  private static final Path FOLDER = Path.of("src/main/java/org/clusternet/engine/op");

  /** Tables of pointwise functions, each a row of name, value and derivative. */
  private static final Set<String> TABLES = Set.of("BinaryFunction", "UnaryFunction");

  @Test
  void everyFileIsOneOfARegisteredStem() throws IOException {
    Set<String> expected = new TreeSet<>(TABLES);
    expected.add("OpRegistry");
    expected.add("package-info");
    for (String stem : stems()) {
      expected.addAll(Set.of(stem, stem + "Cpu", stem + "Cuda"));
    }
    assertEquals(expected, files());
  }

  private static Set<String> stems() {
    return OpRegistry.families().stream().map(f -> f.stem()).collect(Collectors.toSet());
  }

  private static Set<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
