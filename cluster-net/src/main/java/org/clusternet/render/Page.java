package org.clusternet.render;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * HTML pages from templates ({@code src/main/jte}). All share the layout {@code render/page.jte}
 * and its style sheet. Templates escape text by its place in the markup; markup has a type of its
 * own, {@link Content}.
 *
 * <p>A page holds its styles and pictures itself and no script; its policy forbids the browser to
 * load anything, so that a report looks the same wherever it is opened and nothing is sent
 * anywhere. It follows the reader's choice of light or dark, and is black on white in print.
 */
public final class Page {
  /** The templates are classes by now: the build translates them to Java. */
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "org.clusternet");

  /** What XML 1.0, and thus SVG, cannot hold. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF\\p{Cs}]");

  /**
   * A section of a page, listed in its navigation.
   *
   * @param anchor its id
   * @param heading its title
   * @param content what follows the title
   */
  public record Section(String anchor, String heading, Content content) {}

  /**
   * A figure at the head of a page.
   *
   * @param value the figure
   * @param name what it is, or what to compare it with
   */
  public record Headline(String value, String name) {}

  /**
   * A table of text.
   *
   * @param columns names of the columns; empty for a table without a header
   * @param rows cells; the first of each row names it
   */
  public record Table(List<String> columns, List<List<String>> rows) {}

  private Page() {}

  /**
   * Fills in a template.
   *
   * @param template its path, such as {@code report/run.jte}
   * @param model the value of its parameter
   * @return the page
   */
  public static String html(String template, Object model) {
    StringOutput html = new StringOutput();
    TEMPLATES.render(template, model, html);
    return printable(html.toString());
  }

  /** The style sheet of all pages. */
  static Content style() {
    try (InputStream in = Page.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is missing from the jar");
      }
      String css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return output -> output.writeContent(css);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text with U+FFFD in place of control characters and lone surrogates. */
  static String printable(String raw) {
    return UNPRINTABLE.matcher(raw).replaceAll("\uFFFD");
  }
}
