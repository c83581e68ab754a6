package org.clusternet.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Classes named in the documents on the code are there: {@code Tape}, or with the end of its
 * package {@code autograd.Tape}.
 */
class ClassNamesTest {
  private static final Pattern CLASS =
      Pattern.compile("`((?:[a-z]\\w*\\.)*[A-Z]\\w*[a-z]\\w*)(?:\\.[a-z]\\w+)?`");
  private static final List<String> MODULES =
      List.of("kernels", "engine", "nn", "data", "cluster-net", "examples");

  static List<Path> documents() {
    return Stream.concat(
            Stream.of("docs/architecture.md", "CONTRIBUTING.md", "SECURITY.md"),
            MODULES.stream().map(module -> module + "/README.md"))
        .map(Path::of)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void namedClassesAreThere(Path document) throws IOException {
    assertEquals(List.of(), unknown(Documents.text(document)));
  }

  @Test
  void anUnknownClassIsFound() throws IOException {
    assertEquals(
        List.of("Taape", "tensor.Tape"),
        unknown("`Tape` `autograd.Tape` `Tape.backward` `Taape` `tensor.Tape` `StrictMath` `F32`"));
  }

  private static List<String> unknown(String text) throws IOException {
    List<String> sources = sources();
    return CLASS
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .filter(name -> !name.matches("Foo.*"))
        .filter(name -> !isOfTheJdk(name))
        .filter(name -> sources.stream().noneMatch(s -> s.endsWith("." + name)))
        .toList();
  }

  private static boolean isOfTheJdk(String name) {
    return Stream.of("lang/", "util/", "util/concurrent/")
        .anyMatch(p -> Object.class.getResource("/java/" + p + name + ".class") != null);
  }

  /** The names of all classes with a file of their own, tests and fixtures included. */
  private static List<String> sources() throws IOException {
    List<String> names = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(Documents.ROOT.resolve(module).resolve("src"))) {
        files
            .map(file -> file.toString().replace('/', '.'))
            .filter(file -> file.endsWith(".java"))
            .map(file -> file.substring(0, file.length() - ".java".length()))
            .forEach(names::add);
      }
    }
    return names;
  }
}
