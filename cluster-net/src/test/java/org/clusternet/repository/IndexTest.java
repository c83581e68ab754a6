package org.clusternet.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Folders whose README lists what is in them list all of it, once. */
class IndexTest {

  @Test
  void everyDecisionIsListedOnce() throws IOException {
    assertListed(Path.of("docs", "decisions"), name -> name.endsWith(".md"));
  }

  @Test
  void everyFindingIsListedOnce() throws IOException {
    assertListed(Path.of("findings"), name -> name.endsWith(".sh") && !name.equals("setup.sh"));
  }

  @Test
  void everyDecisionHasItsThreeParts() throws IOException {
    for (String name : files(Path.of("docs", "decisions"))) {
      String text = Documents.text(Path.of("docs", "decisions", name));
      List<String> headings =
          Pattern.compile("(?m)^## (.*)$").matcher(text).results().map(m -> m.group(1)).toList();
      if (!name.equals("README.md")) {
        assertEquals(List.of("Context", "Decision", "Consequences"), headings, name);
      }
    }
  }

  private static void assertListed(Path folder, Predicate<String> wanted) throws IOException {
    String index = Documents.text(folder.resolve("README.md"));
    List<String> links =
        Pattern.compile("(?m)^\\| \\[[^\\]]*\\]\\(([^)/]+)\\)")
            .matcher(index)
            .results()
            .map(match -> match.group(1))
            .sorted()
            .toList();
    assertEquals(
        files(folder).stream().filter(wanted).filter(n -> !n.equals("README.md")).toList(), links);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(Documents.ROOT.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
