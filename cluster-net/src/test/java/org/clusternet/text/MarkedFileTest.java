package org.clusternet.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedFileTest {
  @TempDir private Path folder;

  @Test
  void appendsASectionAndThenReplacesIt() throws IOException {
    Path file = folder.resolve("RESULTS.md");
    Files.writeString(file, "# Results\n");
    MarkedFile results = new MarkedFile(file);
    results.replace("one", "run one", "first\n");
    results.replace("two", "run two", "second");
    results.replace("one", "run one again", "first, $1 \\ changed\n\n");
    String expected =
        """
        # Results

        <!-- begin one: written by run one again -->
        first, $1 \\ changed
        <!-- end one -->

        <!-- begin two: written by run two -->
        second
        <!-- end two -->
        """;
    assertEquals(expected, Files.readString(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count(), "files in the folder");
    }
  }

  @Test
  void keepsWhatPeopleWroteAroundASection() throws IOException {
    Path file = folder.resolve("RESULTS.md");
    Files.writeString(file, "above\n<!-- begin a: x -->\nold\n<!-- end a -->\nbelow");
    new MarkedFile(file).replace("a", "y", "new");
    assertEquals(
        "above\n<!-- begin a: written by y -->\nnew\n<!-- end a -->\nbelow",
        Files.readString(file));
  }

  @Test
  void makesTheFile() throws IOException {
    Path file = folder.resolve("new/RESULTS.md");
    new MarkedFile(file).replace("a", "y", "new");
    assertTrue(Files.readString(file).startsWith("<!-- begin a: written by y -->\nnew\n"));
  }

  @Test
  void refusesAHalfSection() throws IOException {
    Path file = folder.resolve("RESULTS.md");
    String text = "<!-- begin a: x -->\nold\n";
    Files.writeString(file, text);
    IOException error =
        assertThrows(IOException.class, () -> new MarkedFile(file).replace("a", "y", "new"));
    assertTrue(error.getMessage().contains("section=a"), error.getMessage());
    assertEquals(text, Files.readString(file));
  }
}
