package org.clusternet.render;

import java.util.List;
import org.clusternet.data.CoreType;

/**
 * Colours that people with any kind of colour vision tell apart: Okabe and Ito 2008, "Color
 * Universal Design". Black and yellow are left out, which vanish on a dark and on a white page.
 */
public final class Palette {
  /** For what is not data, such as a diagonal: grey that is seen on white and on black. */
  public static final String GUIDE = "#808080";

  /** For the empty part of a bar. */
  public static final String PALE = "#E4E4E4";

  /** For the box over a picture. */
  public static final String BOX = "#56B4E9";

  private static final List<String> COLOURS =
      List.of("#0072B2", "#D55E00", "#009E73", "#E69F00", "#CC79A7", BOX);
  private static final List<String> DASHES = List.of("none", "7 3", "2 3", "9 3 2 3");

  private Palette() {}

  /** The colour of a series, from 0; after six they come again. */
  public static String colour(int series) {
    return COLOURS.get(series % COLOURS.size());
  }

  /** A colour such as {@code #0072B2} as 0xRRGGBB. */
  public static int rgb(String colour) {
    return Integer.parseInt(colour.substring(1), 16);
  }

  /** How the line of a series is dashed, for print in black and white. */
  static String dash(int series) {
    return DASHES.get(series % DASHES.size());
  }

  /** Blue for cool cores, orange for weak ones, vermilion for none: dark, light, medium in grey. */
  public static String colour(CoreType type) {
    return switch (type) {
      case CC -> COLOURS.get(0);
      case WCC -> COLOURS.get(3);
      case NCC -> COLOURS.get(1);
    };
  }
}
