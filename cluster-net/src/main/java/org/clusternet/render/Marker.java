package org.clusternet.render;

/** What points are drawn as, so that series differ by shape too. */
enum Marker {
  CIRCLE,
  SQUARE,
  TRIANGLE,
  DIAMOND;

  private static final double SIZE = 4.2;

  static Marker of(int series) {
    return values()[series % values().length];
  }

  void draw(Svg svg, double x, double y, String colour, String tip) {
    if (this == CIRCLE) {
      svg.titled(tip, "circle", "cx", x, "cy", y, "r", SIZE, "fill", colour);
      return;
    }
    double[][] corners =
        switch (this) {
          case SQUARE -> new double[][] {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
          case TRIANGLE -> new double[][] {{0, -1.2}, {1.2, 1}, {-1.2, 1}};
          default -> new double[][] {{0, -1.35}, {1.35, 0}, {0, 1.35}, {-1.35, 0}};
        };
    StringBuilder points = new StringBuilder();
    for (double[] corner : corners) {
      points.append(Svg.number(x + SIZE * corner[0])).append(',');
      points.append(Svg.number(y + SIZE * corner[1])).append(' ');
    }
    svg.titled(tip, "polygon", "points", points.toString().strip(), "fill", colour);
  }
}
