package org.clusternet.render;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * SVG text under construction: elements, escaped attributes and text, numbers of two decimals.
 *
 * <p>A drawing names itself by {@code title} and {@code desc} and takes the colour of the text
 * around it ({@code currentColor}), so that within a page it follows light, dark and print; as a
 * file of its own it is black on white.
 */
public final class Svg {
  private static final int DECIMALS = 2;

  private final StringBuilder text = new StringBuilder();
  private final int width;
  private final int height;

  Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** An element without content; attributes are names and values in turn. */
  Svg element(String name, Object... attributes) {
    open(name, attributes);
    text.insert(text.length() - 1, '/');
    return this;
  }

  /** An element with text in it. */
  Svg label(String content, Object... attributes) {
    open("text", attributes);
    text.append(escape(content)).append("</text>");
    return this;
  }

  /** An element whose tooltip is a text. */
  Svg titled(String tip, String name, Object... attributes) {
    open(name, attributes);
    text.append("<title>").append(escape(tip)).append("</title></").append(name).append('>');
    return this;
  }

  private void open(String name, Object... attributes) {
    text.append("\n<").append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      String shown = value instanceof Double number ? number(number) : value.toString();
      text.append(' ').append(attributes[i]).append("=\"").append(escape(shown)).append('"');
    }
    text.append('>');
  }

  /** For a page. */
  String fragment(String title, String description) {
    return head("", title, description) + text + "\n</svg>\n";
  }

  /** As a file of its own. */
  String document(String title, String description) {
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

  /** A coordinate: two decimals at most, never in exponents. */
  static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** Text for elements and attributes; what XML 1.0 cannot hold becomes U+FFFD. */
  public static String escape(String raw) {
    StringBuilder safe = new StringBuilder();
    raw.codePoints().forEach(c -> append(safe, c));
    return safe.toString();
  }

  private static void append(StringBuilder safe, int c) {
    switch (c) {
      case '&' -> safe.append("&amp;");
      case '<' -> safe.append("&lt;");
      case '>' -> safe.append("&gt;");
      case '"' -> safe.append("&quot;");
      case '\'' -> safe.append("&#39;");
      default -> {
        boolean control = c < ' ' && c != '\n' && c != '\t' && c != '\r';
        boolean none = c == 0xFFFE || c == 0xFFFF || (c >= 0xD800 && c <= 0xDFFF);
        safe.appendCodePoint(control || none ? 0xFFFD : c);
      }
    }
  }
}
