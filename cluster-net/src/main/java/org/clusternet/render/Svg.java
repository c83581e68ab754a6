package org.clusternet.render;

import gg.jte.Content;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * SVG under construction: elements, escaped attributes and text, numbers with at most two decimals.
 *
 * <p>A drawing is named by {@code title} and {@code desc} for screen readers. Within a page it
 * takes the colour of the text around it ({@code currentColor}), so that it follows light, dark and
 * print; as a file of its own it is black on white.
 */
public final class Svg {
  private static final int DECIMALS = 2;

  private final StringBuilder text = new StringBuilder();
  private final int width;
  private final int height;

  /** An empty drawing of a size in pixels. */
  public Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** Adds an element without content; attributes are names and values in turn. */
  public Svg element(String name, Object... attributes) {
    open(name, attributes);
    text.insert(text.length() - 1, '/');
    return this;
  }

  /** Adds text at a point, its anchor being {@code start}, {@code middle} or {@code end}. */
  public Svg label(String content, double x, double y, String anchor, Object... attributes) {
    text.append("\n<text");
    attributes("x", x, "y", y, "text-anchor", anchor);
    attributes(attributes);
    text.append('>').append(escape(content)).append("</text>");
    return this;
  }

  /** Adds an element with a tooltip. */
  public Svg titled(String tip, String name, Object... attributes) {
    open(name, attributes);
    text.append("<title>").append(escape(tip)).append("</title></").append(name).append('>');
    return this;
  }

  /** Adds a straight line. */
  Svg line(double x1, double y1, double x2, double y2, Object... attributes) {
    text.append("\n<line");
    attributes("x1", x1, "y1", y1, "x2", x2, "y2", y2);
    attributes(attributes);
    text.append("/>");
    return this;
  }

  /** Adds the outline of a path. */
  Svg path(CharSequence commands, Object... attributes) {
    text.append("\n<path");
    attributes("d", commands, "fill", "none");
    attributes(attributes);
    text.append("/>");
    return this;
  }

  private void open(String name, Object... attributes) {
    text.append("\n<").append(name);
    attributes(attributes);
    text.append('>');
  }

  private void attributes(Object... attributes) {
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      String shown = value instanceof Double number ? number(number) : value.toString();
      text.append(' ').append(attributes[i]).append("=\"").append(escape(shown)).append('"');
    }
  }

  /** The drawing for a page. */
  public Content fragment(String title, String description) {
    String svg = head("", title, description) + text + "\n</svg>\n";
    return output -> output.writeContent(svg);
  }

  /** The drawing as a file of its own. */
  public String document(String title, String description) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + head(" xmlns=\"http://www.w3.org/2000/svg\" color=\"#111\"", title, description)
        + "\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
        + text
        + "\n</svg>\n";
  }

  private String head(String more, String title, String description) {
    return "<svg%s viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\" font-family=\"sans-serif\" font-size=\"12\" fill=\"currentColor\">\n<title>%s</title>\n<desc>%s</desc>"
        .formatted(
            more, width, height, width, height, escape(title), escape(title), escape(description));
  }

  /** A coordinate: two decimals at most, never with an exponent. */
  static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** A point of a path. */
  static String point(double x, double y) {
    return number(x) + " " + number(y);
  }

  /** Text for elements and attributes. */
  private static String escape(String raw) {
    return Page.printable(raw)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
