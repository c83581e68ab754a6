package org.clusternet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.clusternet.classical.Difficulty;
import org.clusternet.data.simulate.validation.Comparison;
import org.clusternet.data.simulate.validation.Validation;
import org.clusternet.render.Page;
import org.junit.jupiter.api.Test;

/** The page of a comparison without clusters, under names that would be markup. */
class ValidationPageTest {
  private static final String HOSTILE = "<script>alert('a' & \"b\")</script>\u0001";

  private static String page() {
    Validation empty = new Validation(List.of(), List.of(), Comparison.all(List.of(), List.of()));
    ValidationReport report =
        new ValidationReport(
            empty,
            List.of(new Difficulty(HOSTILE, 0.5, 0.52, 0.01), new Difficulty("c", 0.5, 0.56, 0.01)),
            HOSTILE,
            0);
    return Page.html("report/validation.jte", new ValidationPage(report));
  }

  @Test
  void namesAreTextAndNeverMarkup() {
    String page = page();
    assertFalse(page.contains("<script"), page);
    String escaped = "&lt;script&gt;alert('a' &amp; \"b\")&lt;/script&gt;\uFFFD";
    assertEquals(2, page.split(Pattern.quote(escaped), -1).length - 1, page);
  }

  @Test
  void everyTableHasAsManyColumnsAsCells() {
    for (String table : page().split("<table", -1)) {
      int columns = table.split("<th scope=\"col\">", -1).length - 1;
      for (String row : table.split("<th scope=\"row\">", -1)) {
        int cells = row.split("<td>", -1).length - 1;
        assertTrue(cells == 0 || cells + 1 == columns, row);
      }
    }
  }

  @Test
  void missingValuesAreDashes() {
    String page = page();
    assertFalse(page.contains("NaN"), page);
    assertTrue(page.contains("<td>- / - / -</td>"), page);
  }

  /** The tolerance is 0.05. */
  @Test
  void scoresOfTwoThresholdsPassWithinTheTolerance() {
    assertTrue(page().contains("<b>1</b><span>of 2 scores of two thresholds pass</span>"));
    assertTrue(page().contains("<th scope=\"row\">c</th><td>0.500</td><td>0.560</td>"), page());
  }
}
