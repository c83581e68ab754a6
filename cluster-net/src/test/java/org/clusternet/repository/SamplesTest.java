package org.clusternet.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Java samples of the Markdown files compile. A sample is the body of a method; besides the
 * imports that it states it sees {@code java.util}, {@code java.nio.file} and all packages of ours.
 */
class SamplesTest {
  private static final Pattern SAMPLE = Pattern.compile("(?ms)^```java\\n(.*?)^```");

  /**
   * A sample.
   *
   * @param document where it is
   * @param line its first line there
   * @param code its text
   */
  record Sample(Path document, int line, String code) {
    @Override
    public String toString() {
      return document + ":" + line;
    }
  }

  static List<Sample> samples() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (Path document : Documents.all()) {
      String text = Documents.text(document);
      Matcher matcher = SAMPLE.matcher(text);
      while (matcher.find()) {
        int line = (int) text.substring(0, matcher.start(1)).lines().count() + 1;
        samples.add(new Sample(document, line, matcher.group(1)));
      }
    }
    return samples;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void compiles(Sample sample, @TempDir Path folder) throws IOException {
    assertEquals(List.of(), errors(sample.code(), folder));
  }

  @Test
  void aSampleThatNamesNoSuchClassDoesNotCompile(@TempDir Path folder) throws IOException {
    assertFalse(errors("NoSuchClass x = null;", folder).isEmpty());
  }

  @Test
  void theModulesHaveSamples() throws IOException {
    List<String> documents = samples().stream().map(s -> s.document().toString()).toList();
    for (String module : List.of("kernels", "engine", "nn", "data", "cluster-net")) {
      assertTrue(documents.contains(module + "/README.md"), module);
    }
  }

  private static List<String> errors(String code, Path folder) throws IOException {
    String imports = code.lines().filter(l -> l.startsWith("import ")).collect(joining());
    String body = code.lines().filter(l -> !l.startsWith("import ")).collect(joining());
    String source =
        imports
            + "import java.nio.file.*;\nimport java.util.*;\n"
            + packages().map(name -> "import " + name + ".*;").collect(joining())
            + "class Sample { void run() throws Exception {\n"
            + body
            + "} }\n";
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Sample.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options = List.of("-proc:none", "-d", folder.toString());
    boolean compiled =
        compiler.getTask(new StringWriter(), null, problems, options, null, List.of(file)).call();
    List<String> messages = problems.getDiagnostics().stream().map(Object::toString).toList();
    return compiled ? List.of() : messages;
  }

  private static Collector<CharSequence, ?, String> joining() {
    return Collectors.joining("\n", "", "\n");
  }

  /** The packages of the modules, by their folders. */
  private static Stream<String> packages() throws IOException {
    List<String> names = new ArrayList<>();
    for (String module : List.of("kernels", "engine", "nn", "data", "cluster-net")) {
      Path sources = Documents.ROOT.resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .filter(file -> file.endsWith("package-info.java"))
            .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
            .forEach(names::add);
      }
    }
    return names.stream();
  }
}
