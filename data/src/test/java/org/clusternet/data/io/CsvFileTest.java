package org.clusternet.data.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.clusternet.data.DataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("t.csv");
  }

  private List<CsvFile.Row> read(String text) throws IOException {
    return CsvFile.read(Files.writeString(file, text), "a", "b");
  }

  private String error(String text) {
    return assertThrows(DataException.class, () -> read(text)).getMessage();
  }

  @Test
  void readsWhatSpreadsheetsWrite() throws IOException {
    List<CsvFile.Row> rows = read("\uFEFFA, b ,c\r\n 1 ,\"x, \"\"y\"\"\",\r\n\r\n3,4,5");
    assertEquals(2, rows.size());
    assertEquals("1", rows.get(0).get("a"));
    assertEquals("x, \"y\"", rows.get(0).get("b"));
    assertEquals("", rows.get(0).get("c"));
    assertEquals("", rows.get(0).get("d"));
    assertEquals("4", rows.get(1).get("b"));
  }

  @Test
  void lineNumbersAreThoseOfAnEditor() throws IOException {
    List<CsvFile.Row> rows = read("a,b\n1,2\n\n3,4\n5,6");
    assertEquals(List.of(2L, 4L, 5L), rows.stream().map(CsvFile.Row::line).toList());
    assertEquals(file + ":4: wrong", rows.get(1).error("wrong").getMessage());
    rows = read("a,b\r\n1,2\r\n3,4\r\n");
    assertEquals(List.of(2L, 3L), rows.stream().map(CsvFile.Row::line).toList());
  }

  @Test
  void tableOfOnlyAHeaderHasNoRows() throws IOException {
    assertEquals(List.of(), read("a,b\n"));
  }

  @Test
  void errorsNameFileAndLine() throws IOException {
    assertEquals(
        file + ": no such file; check the path",
        assertThrows(DataException.class, () -> CsvFile.read(file, "a")).getMessage());
    assertEquals(file + ": is empty; its first line must name the columns a,b", error(""));
    assertEquals(file + ":1: missing column=b; the header has a,c", error("a,c\n1,2\n"));
    assertEquals(
        file + ":3: values=3 but the header has columns=2; quote values that contain a comma",
        error("a,b\n1,2\n1,2,3\n"));
    assertEquals(
        file + ":2: values=1 but the header has columns=2; quote values that contain a comma",
        error("a,b\n1"));
    assertTrue(error("a,b,a\n1,2,3\n").startsWith(file + ": is not a readable CSV table: "));
    assertTrue(error("a,b\n\"1,2\n").startsWith(file + ": is not a readable CSV table: "));
    Files.write(file, "a,b\n\u00e9,2\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        file + ": is not UTF-8 text; save it as CSV in UTF-8",
        assertThrows(DataException.class, () -> CsvFile.read(file, "a")).getMessage());
  }

  @Test
  void writtenTableReadsBackEqual() throws IOException {
    List<List<String>> table =
        List.of(List.of("1,5", "say \"so\""), List.of("x", ""), List.of("", "two\nlines"));
    CsvFile.write(file, List.of("a", "b"), table);
    String text = Files.readString(file);
    assertTrue(text.startsWith("a,b\n\"1,5\",\"say \"\"so\"\"\"\nx,\n"), text);
    List<CsvFile.Row> rows = CsvFile.read(file, "a", "b");
    assertEquals(table, rows.stream().map(r -> List.of(r.get("a"), r.get("b"))).toList());
  }
}
