package org.clusternet.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * An HTML page under construction, of sections with their anchors. It holds its styles and pictures
 * itself and no script; its policy forbids the browser to load anything, so that a report shows the
 * same wherever it is opened and tells nobody. It follows the reader's choice of light or dark, and
 * is black on white in print.
 */
public final class Page {
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

  private final String title;
  private final StringBuilder head = new StringBuilder();
  private final StringBuilder links = new StringBuilder();
  private final StringBuilder body = new StringBuilder();
  private boolean open;

  public Page(String title) {
    this.title = title;
  }

  /** Adds a figure of the headline: what it is, its value, what it is to be compared with. */
  public Page headline(String value, String name) {
    head.append("<li><b>%s</b><span>%s</span></li>\n".formatted(text(value), text(name)));
    return this;
  }

  /** Begins a section. */
  public Page section(String anchor, String heading) {
    end();
    open = true;
    links.append("<a href=\"#%s\">%s</a>\n".formatted(anchor, text(heading)));
    body.append("<section id=\"%s\">\n<h2>%s</h2>\n".formatted(anchor, text(heading)));
    return this;
  }

  private void end() {
    if (open) {
      body.append("</section>\n");
    }
  }

  /** A smaller heading. */
  Page heading(String words) {
    body.append("<h3>%s</h3>\n".formatted(text(words)));
    return this;
  }

  /** A paragraph in a lighter colour. */
  public Page note(String words) {
    body.append("<p class=\"note\">%s</p>\n".formatted(text(words)));
    return this;
  }

  /** Charts beside each other. */
  public Page figures(List<String> charts) {
    body.append("<div class=\"figures\">\n");
    charts.forEach(chart -> body.append("<figure>").append(chart).append("</figure>\n"));
    body.append("</div>\n");
    return this;
  }

  /** A table whose cells are text; the first column names the rows. */
  public Page table(List<String> columns, List<List<String>> rows, String caption) {
    return table("", columns, rows, caption);
  }

  /** A table of words, which may break. */
  public Page words(List<List<String>> rows) {
    return table(" class=\"words\"", List.of(), rows, "");
  }

  private Page table(String style, List<String> columns, List<List<String>> rows, String caption) {
    body.append("<div class=\"wide\"><table").append(style).append(">\n");
    if (!columns.isEmpty()) {
      body.append("<thead><tr>");
      columns.forEach(c -> body.append("<th scope=\"col\">%s</th>".formatted(text(c))));
      body.append("</tr></thead>\n");
    }
    body.append("<tbody>\n");
    for (List<String> row : rows) {
      body.append("<tr><th scope=\"row\">%s</th>".formatted(text(row.get(0))));
      row.stream().skip(1).forEach(cell -> body.append("<td>%s</td>".formatted(text(cell))));
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n");
    // No caption element: one as wide as a table that scrolls would be cut off with it.
    return caption.isEmpty() ? this : note(caption);
  }

  /** Something long that is shown on demand. */
  public Page details(String summary, String content) {
    body.append(
        "<details><summary>%s</summary><pre>%s</pre></details>\n"
            .formatted(text(summary), text(content)));
    return this;
  }

  /** What is HTML already. */
  public Page raw(String html) {
    body.append(html);
    return this;
  }

  /** The whole page. */
  public String html(String subtitle, String footer) {
    end();
    open = false;
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="%s">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <link rel="icon" href="data:,">
        <style>
        """
            .formatted(POLICY, text(title))
        + style()
        + "</style>\n</head>\n<body>\n<header>\n<h1>%s</h1>\n<p class=\"note\">%s</p>\n"
            .formatted(text(title), text(subtitle))
        + "<ul class=\"headline\">\n"
        + head
        + "</ul>\n<nav aria-label=\"Sections\">\n"
        + links
        + "</nav>\n</header>\n<main>\n"
        + body
        + "</main>\n<footer><p class=\"note\">%s</p></footer>\n</body>\n</html>\n"
            .formatted(text(footer));
  }

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Text for HTML. */
  public static String text(String raw) {
    return Svg.escape(raw);
  }

  /** Three decimals. */
  public static String decimals(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** Two decimals, as in the paper's tables. */
  public static String hundredths(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
