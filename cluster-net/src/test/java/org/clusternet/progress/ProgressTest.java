package org.clusternet.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What reaches a log and what a terminal shows. */
class ProgressTest {

  @Test
  void aLogGetsLinesOnly() {
    List<String> log = new ArrayList<>();
    Progress progress = new LineProgress(log::add);
    try (Progress.Task task = progress.begin("epoch 1", 10)) {
      task.advanceTo(5);
      task.detail("loss 1.0");
      progress.line("half");
    }
    progress.line("end");
    assertEquals(List.of("half", "end"), log);
  }

  @Test
  void aTerminalShowsTheBarWhileItLastsAndKeepsTheLines() {
    StringWriter written = new StringWriter();
    Progress progress = new BarProgress(new PrintWriter(written));
    try (Progress.Task task = progress.begin("epoch 1", 8)) {
      task.advanceTo(2);
      task.detail("loss 1.25");
      progress.line("kept");
      task.advanceTo(8);
    }
    progress.line("end");
    assertTrue(written.toString().contains("epoch 1"), "the bar was drawn");
    assertEquals(List.of("kept", "end"), screen(written.toString()));
  }

  /** A bar must not reach the edge of a terminal of 80 columns: it would wrap to a new line. */
  @Test
  void theBarFitsTheTerminal() {
    StringWriter written = new StringWriter();
    try (Progress.Task task =
        new BarProgress(new PrintWriter(written)).begin("a rather long name of a task", 1000)) {
      task.detail("and a rather long text that is shown beside it, with 1234567890 figures");
      task.advanceTo(999);
    }
    for (String piece : written.toString().split("[\r\n]")) {
      assertTrue(piece.length() < 80, piece);
    }
    assertFalse(written.toString().contains("\n"));
  }

  /** What a terminal would show: a carriage return goes back to the start of the line. */
  private static List<String> screen(String written) {
    List<String> lines = new ArrayList<>();
    for (String raw : written.split("\n", -1)) {
      char[] cells = new char[200];
      Arrays.fill(cells, ' ');
      int at = 0;
      for (int i = 0; i < raw.length(); i++) {
        char c = raw.charAt(i);
        if (c == '\r') {
          at = 0;
        } else {
          cells[at++] = c;
        }
      }
      lines.add(new String(cells).strip());
    }
    lines.removeIf(String::isEmpty);
    return lines;
  }
}
