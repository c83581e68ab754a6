package org.clusternet.render;

import java.util.HashMap;
import java.util.Map;

/**
 * Text in pictures: letters of 5 x 7 dots (two more rows for those that descend), drawn for this
 * program, since there is no AWT in its runtime. Digits of base 32 are rows from the top, their
 * bits dots from the left. Characters beyond ASCII become a box.
 */
public final class Lettering {
  /** Dots from one letter to the next. */
  public static final int ADVANCE = 6;

  /** Dots of a line with what descends below it. */
  static final int LINE = 9;

  private static final int DOTS = 5;
  private static final int BASE = 32;
  private static final String UNKNOWN = "vhhhhhv";
  private static final Map<Character, String> GLYPHS = new HashMap<>();

  static {
    put('A', "ehhvhhh uhhuhhu ehggghe uhhhhhu vgguggv vgguggg ehgnhhf hhhvhhh e44444e 72222ic");
    put('K', "hikokih ggggggv hrllhhh hhpljhh ehhhhhe uhhuggg ehhhlid uhhukih fgge11u v444444");
    put('U', "hhhhhhe hhhhha4 hhhllla hha4ahh hha4444 v1248gv");
    put('0', "ehjlphe 4c4444e eh1248v v2421he 26aiv22 vgu11he 68guhhe v124888 ehhehhe ehhf12c");
    put('a', "00e1fhf ggmphhu 00egghe 11djhhf 00ehvge 698s888 00fhhhf1e ggmphhh 40c444e 2062222ic");
    put('k', "ggikoki c44444e 00qllll 00mphhh 00ehhhe 00uhhhugg 00fhhhf11 00mpggg 00fge1u 88s8896");
    put('u', "00hhhjd 00hhha4 00hhlla 00ha4ah 00hhhhf1e 00v248v");
    put(' ', "0000000");
    put('%', "op248j3");
    put('(', "2488842 8422248");
    put('+', "044v440 00000cc48 000v000 00000cc 01248g0");
    put(':', "0cc0cc0");
    put('<', "248g842 00v0v00 8421248 eh12404");
    put('[', "e88888e");
    put(']', "e22222e");
    put('_', "0000000v0");
  }

  private Lettering() {}

  private static void put(char first, String glyphs) {
    char letter = first;
    for (String glyph : glyphs.split(" ")) {
      GLYPHS.put(letter++, glyph);
    }
  }

  /** How wide a text is in pixels. */
  public static int width(String text, int dot) {
    return text.length() * ADVANCE * dot;
  }

  /**
   * Draws a line of text.
   *
   * @param picture where
   * @param x left edge
   * @param y upper edge
   * @param dot pixels a dot
   * @param rgb colour
   */
  public static void draw(Raster picture, String text, int x, int y, int dot, int rgb) {
    for (int i = 0; i < text.length(); i++) {
      String rows = GLYPHS.getOrDefault(text.charAt(i), UNKNOWN);
      for (int row = 0; row < rows.length(); row++) {
        int bits = Character.digit(rows.charAt(row), BASE);
        for (int column = 0; column < DOTS; column++) {
          if ((bits >> (DOTS - 1 - column) & 1) == 1) {
            int left = x + (i * ADVANCE + column) * dot;
            picture.fill(left, y + row * dot, dot, dot, rgb);
          }
        }
      }
    }
  }
}
