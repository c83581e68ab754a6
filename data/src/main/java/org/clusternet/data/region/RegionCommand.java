package org.clusternet.data.region;

import java.util.ArrayList;
import java.util.List;

/**
 * A command of a region file.
 *
 * @param line number of its line, from 1
 * @param text the command without blanks around it
 * @param properties what follows it after a {@code #}, such as {@code color=red}
 */
record RegionCommand(int line, String text, String properties) {

  /**
   * Splits a file into its commands: they end at line ends and semicolons; a line that begins with
   * {@code #} is a comment, and a {@code #} after a command begins its properties, whose texts in
   * braces or quotes may hold semicolons.
   */
  static List<RegionCommand> of(List<String> lines) {
    List<RegionCommand> commands = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).strip().startsWith("#")) {
        split(i + 1, lines.get(i), commands);
      }
    }
    return commands;
  }

  private static void split(int number, String line, List<RegionCommand> commands) {
    StringBuilder text = new StringBuilder();
    StringBuilder properties = new StringBuilder();
    boolean inProperties = false;
    char closing = 0;
    for (int k = 0; k < line.length(); k++) {
      char c = line.charAt(k);
      if (closing == 0 && c == ';') {
        add(number, text, properties, commands);
        inProperties = false;
      } else if (!inProperties && c == '#') {
        inProperties = true;
      } else {
        (inProperties ? properties : text).append(c);
        if (inProperties) {
          closing = closing == c ? 0 : closing == 0 ? closing(c) : closing;
        }
      }
    }
    add(number, text, properties, commands);
  }

  private static char closing(char opening) {
    return switch (opening) {
      case '{' -> '}';
      case '"', '\'' -> opening;
      default -> 0;
    };
  }

  private static void add(
      int number, StringBuilder text, StringBuilder properties, List<RegionCommand> commands) {
    String plain = text.toString().strip();
    if (!plain.isEmpty()) {
      commands.add(new RegionCommand(number, plain, properties.toString()));
    }
    text.setLength(0);
    properties.setLength(0);
  }
}
