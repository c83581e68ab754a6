package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateSimulationCommandTest {
  @TempDir private Path folder;

  /** Three haloes of each type. */
  private Path reference() throws IOException {
    List<String> lines = new ArrayList<>(List.of("# id log10M r500 ..."));
    for (int i = 0; i < 3; i++) {
      lines.add("%d 14.5 1.1 0.5 30 -0.9 1.%d 0.12 0.5 0.2".formatted(i, i));
      lines.add("1%d 14.6 1.1 3.%d 110 -1.9 0.4 0.03 0.15 0.5".formatted(i, i));
      lines.add("2%d 14.7 1.2 11.%d 330 -2.3 0.2 0.01 0.08 1.9".formatted(i, i));
    }
    return Files.write(folder.resolve("reference.txt"), lines);
  }

  @Test
  void writesTableAndPage() throws IOException {
    Path out = folder.resolve("out");
    Cli.Result result =
        Cli.run(
            "validate-simulation",
            "--reference",
            reference().toString(),
            "--clusters",
            "4",
            "--seed",
            "3",
            "--out",
            out.toString());
    assertEquals(0, result.exit(), result::toString);
    Table rows = Table.read(out.resolve("validation.csv"));
    assertEquals(21, rows.rows().size());
    long passed = rows.rows().stream().filter(r -> rows.get(r, "result").equals("pass")).count();
    assertTrue(result.out().contains(passed + " of 21 rows pass; wrote " + out));
    assertEquals(4, Table.read(out.resolve("measures.csv")).rows().size());
    String page = Files.readString(out.resolve("report.html"));
    assertEquals(7, page.split("<svg ", -1).length - 1);
    assertTrue(page.contains("<b>" + passed + "</b><span>of 21 rows pass</span>"), page);
    assertFalse(page.contains("NaN"));
    assertFalse(
        page.contains("src=") || page.contains("http:") || page.contains("https:"),
        "the page needs something else");
  }

  @Test
  void invalidInputIsNamedInTheMessage() throws IOException {
    Path absent = folder.resolve("absent.txt");
    Cli.Result result =
        Cli.run(
            "validate-simulation",
            "--reference",
            absent.toString(),
            "--out",
            folder.resolve("out").toString());
    assertEquals(1, result.exit());
    assertTrue(result.err().contains(absent + ": cannot be read"), result.err());
    Cli.Result none =
        Cli.run(
            "validate-simulation",
            "--reference",
            reference().toString(),
            "--clusters",
            "0",
            "--out",
            folder.resolve("out").toString());
    assertEquals(2, none.exit());
    assertTrue(none.err().contains("clusters=0; it must be at least 1"), none.err());
    assertFalse(Files.exists(folder.resolve("out")));
  }
}
