package org.clusternet.render;

import java.util.Arrays;

/**
 * Colour maps whose lightness rises evenly, so that they are read in print and by the colour-blind:
 * viridis and inferno of S. van der Walt and N. Smith, cividis of Nu&ntilde;ez, Anderton and
 * Renslow 2018 (PLoS ONE 13, e0199239). Linear between ten colours of each.
 */
public enum ColorMap {
  /** Dark blue over green to yellow. */
  VIRIDIS("440154 482878 3E4A89 31688E 26828E 1F9E89 35B779 6DCD59 B4DE2C FDE725"),
  /** Black over red to light yellow. */
  INFERNO("000004 1B0C42 4B0C6B 781C6D A52C60 CF4446 ED6925 FB9A06 F7D03C FCFFA4"),
  /** Dark blue over grey to yellow. */
  CIVIDIS("00204D 00336F 39486B 575C6D 707173 8A8779 A69D75 C4B56C E4CF5B FFEA46");

  private static final int CHANNELS = 3;

  private final int[] colours;

  ColorMap(String colours) {
    this.colours =
        Arrays.stream(colours.split(" ")).mapToInt(c -> Integer.parseInt(c, 16)).toArray();
  }

  /**
   * A colour.
   *
   * @param value from 0 to 1; what lies outside takes the end, NaN the beginning
   * @return 0xRRGGBB
   */
  public int rgb(double value) {
    double at = value > 0 ? Math.min(1, value) * (colours.length - 1) : 0;
    int first = Math.min((int) at, colours.length - 2);
    double part = at - first;
    int rgb = 0;
    for (int c = CHANNELS - 1; c >= 0; c--) {
      int from = (colours[first] >> (8 * c)) & 0xFF;
      int to = (colours[first + 1] >> (8 * c)) & 0xFF;
      rgb = (rgb << 8) | (int) Math.round(from + part * (to - from));
    }
    return rgb;
  }

  /** A colour as {@code #rrggbb}. */
  public String hex(double value) {
    return String.format("#%06x", rgb(value));
  }

  /** The relative luminance of WCAG 2.2, from 0 to 1. */
  public static double luminance(int rgb) {
    double[] weights = {0.0722, 0.7152, 0.2126};
    double sum = 0;
    for (int c = 0; c < CHANNELS; c++) {
      double s = ((rgb >> (8 * c)) & 0xFF) / 255.0;
      sum += weights[c] * (s <= 0.04045 ? s / 12.92 : Math.pow((s + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  /** Black or white, whichever is read better on the colour of a value. */
  public String textOn(double value) {
    // Where the contrasts with black and with white are equal: (1.05)/(L+0.05) = (L+0.05)/0.05.
    return luminance(rgb(value)) > 0.179 ? "#000" : "#fff";
  }
}
