package org.clusternet.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void alignsColumnsAndEscapesBars() {
    Table table = new Table("op", "ms").row("a|b\nc", "1.5").row("x", "10.25");
    String expected =
        """
        | op     |    ms |
        | ------ | ----: |
        | a\\|b c |   1.5 |
        | x      | 10.25 |
        """;
    assertEquals(expected, table.markdown());
    assertEquals(2, table.rows());
  }

  @Test
  void refusesARowOfAnotherLength() {
    Table table = new Table("op", "ms");
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> table.row("a"));
    assertTrue(error.getMessage().contains("cells=1"), error.getMessage());
    assertTrue(error.getMessage().contains("columns=2"), error.getMessage());
  }
}
