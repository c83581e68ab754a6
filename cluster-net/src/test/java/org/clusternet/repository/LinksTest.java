package org.clusternet.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Markdown files refer to is there: the targets of links, headings, and paths named in code.
 */
class LinksTest {
  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|^ {4}[^\\n]*|`[^`\\n]+`");
  private static final Pattern PATH =
      Pattern.compile("(?<![\\w./$*<-])[\\w.-]+(?:/[\\w.-]+)+(?![\\w/*<])");
  private static final Set<String> FOLDERS =
      Set.of(
          "bench",
          "bin",
          "cluster-net",
          "data",
          "docs",
          "engine",
          "examples",
          "findings",
          "kernels",
          "nn",
          ".ci",
          ".github");

  /** It tells of paths as they were. */
  private static final Path HISTORY = Path.of("CHANGELOG.md");

  static List<Path> documents() throws IOException {
    return Documents.all();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadToFilesAndHeadings(Path document) throws IOException {
    assertEquals(List.of(), brokenLinks(document, Documents.text(document)));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void pathsNamedInCodeAreThere(Path document) throws IOException {
    if (!document.equals(HISTORY)) {
      assertEquals(List.of(), missingPaths(Documents.text(document)));
    }
  }

  @Test
  void aBrokenLinkAndAMissingHeadingAreFound() throws IOException {
    String text =
        """
        # First things
        [here](LICENSE) [heading](#first-things) [elsewhere](https://example.org/x)
        [gone](nowhere.md) [gone](#second) [gone](README.md#no-such-heading)
        ```
        [code](not-a-link)
        ```
        """;
    assertEquals(
        List.of("nowhere.md", "#second", "README.md#no-such-heading"),
        brokenLinks(Path.of("README.md"), text));
  }

  @Test
  void aMissingPathIsFound() {
    String text =
        """
        `bin/cluster-net` `engine/.../op/Foo.java` `docs/*.md` docs/prose.md and `runs/accept`

            bin/cluster-net train --data bin/missing

        ```
        docs/decisions engine/target/x kernels/gone.cu
        ```
        """;
    assertEquals(List.of("bin/missing", "kernels/gone.cu"), missingPaths(text));
  }

  @Test
  void theDocumentsAreFound() throws IOException {
    assertTrue(Documents.all().contains(Path.of("README.md")), Documents.all()::toString);
    assertTrue(Documents.all().contains(Path.of("docs", "architecture.md")));
  }

  private static List<String> brokenLinks(Path document, String text) throws IOException {
    List<String> broken = new ArrayList<>();
    for (String link : matches(LINK, FENCE.matcher(text).replaceAll(""), 1)) {
      if (!link.matches("[a-z]+:.*") && !leadsSomewhere(document, text, link)) {
        broken.add(link);
      }
    }
    return broken;
  }

  private static boolean leadsSomewhere(Path document, String text, String link)
      throws IOException {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path folder = Documents.ROOT.resolve(document).resolveSibling("");
    Path target = folder.resolve(path).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    String there = path.isEmpty() ? text : hash < 0 ? "" : Files.readString(target);
    return hash < 0 || anchors(there).contains(link.substring(hash + 1));
  }

  /** The anchors that GitHub gives to headings: lower case, blanks to hyphens, no punctuation. */
  private static Set<String> anchors(String text) {
    return matches(HEADING, FENCE.matcher(text).replaceAll(""), 1).stream()
        .map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", ""))
        .map(heading -> heading.strip().replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /**
   * Paths in code that begin with a folder of the top level, but for patterns and build outputs.
   */
  private static List<String> missingPaths(String text) {
    return matches(CODE, text, 0).stream()
        .flatMap(code -> matches(PATH, code, 0).stream())
        .filter(path -> FOLDERS.contains(path.substring(0, path.indexOf('/'))))
        .filter(path -> !path.contains("...") && !path.matches(".*/(target|foo)\\b.*"))
        .filter(path -> !Files.exists(Documents.ROOT.resolve(path)))
        .toList();
  }

  private static List<String> matches(Pattern pattern, String text, int group) {
    Stream<MatchResult> found = pattern.matcher(text).results();
    return found.map(match -> match.group(group)).toList();
  }
}
