package org.clusternet.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A text file, written by people, with sections that commands write, each between two comments:
 *
 * <pre>
 * &lt;!-- begin NAME: written by COMMAND --&gt;
 * ...
 * &lt;!-- end NAME --&gt;
 * </pre>
 */
public final class MarkedFile {
  private final Path file;

  /** Sections of {@code file}, which need not exist yet. */
  public MarkedFile(Path file) {
    this.file = file;
  }

  /**
   * Replaces a section, or appends it if there is none. The file is replaced by a rename.
   *
   * @param name name of the section, without spaces
   * @param writer command that writes the section
   * @param content text between the comments
   * @throws IOException if the file cannot be written, or has only one of the two comments
   */
  public void replace(String name, String writer, String content) throws IOException {
    String before = Files.exists(file) ? Files.readString(file) : "";
    String after = replaced(before, name, writer, content);
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path partial = Files.createTempFile(folder, file.getFileName().toString(), ".part");
    try {
      Files.writeString(partial, after);
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private String replaced(String text, String name, String writer, String content)
      throws IOException {
    String opening = "<!-- begin " + name + ":";
    String end = "<!-- end " + name + " -->";
    String section =
        opening + " written by " + writer + " -->\n" + content.strip() + "\n" + end + "\n";
    int from = text.indexOf(opening);
    int to = text.indexOf(end);
    if (from < 0 && to < 0) {
      String gap = text.isEmpty() ? "" : text.endsWith("\n") ? "\n" : "\n\n";
      return text + gap + section;
    }
    if (from < 0 || to < from) {
      throw new IOException(
          file + ": section=" + name + " has no begin before its end; restore both comments");
    }
    int rest = text.startsWith("\n", to + end.length()) ? 1 : 0;
    return text.substring(0, from) + section + text.substring(to + end.length() + rest);
  }
}
