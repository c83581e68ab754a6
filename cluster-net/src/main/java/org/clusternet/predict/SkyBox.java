package org.clusternet.predict;

import java.util.Optional;
import org.clusternet.engine.region.Box;

/**
 * The box of a prediction in the sky: its centre, its sides along the image's columns and rows, and
 * how the rows are turned, which for images with north up is not at all.
 *
 * @param ra right ascension of the centre in degrees
 * @param dec declination of the centre in degrees
 * @param width side along the rows in degrees
 * @param height side along the columns in degrees
 * @param angle position angle of the columns, in degrees from north through east
 */
record SkyBox(double ra, double dec, double width, double height, double angle) {
  /** The cells of a row that the box fills. */
  void fill(Answer answer) {
    answer.put(AnswerColumn.BOX_RA, ra);
    answer.put(AnswerColumn.BOX_DEC, dec);
    answer.put(AnswerColumn.BOX_WIDTH, width);
    answer.put(AnswerColumn.BOX_HEIGHT, height);
    answer.put(AnswerColumn.BOX_ANGLE, angle);
  }

  /**
   * The box of a prediction.
   *
   * @param box box in pixels of the network's input, inclusive
   * @param grid where they lie
   * @return empty without known celestial coordinates
   */
  static Optional<SkyBox> of(Box box, InputGrid grid) {
    double x = (box.xMin() + box.xMax()) / 2.0;
    double y = (box.yMin() + box.yMax()) / 2.0;
    double wide = (box.xMax() - box.xMin() + 1) / 2.0;
    double high = (box.yMax() - box.yMin() + 1) / 2.0;
    Optional<double[]> centre = grid.place(x, y);
    Optional<double[]> left = grid.place(x - wide, y);
    Optional<double[]> right = grid.place(x + wide, y);
    Optional<double[]> bottom = grid.place(x, y - high);
    Optional<double[]> top = grid.place(x, y + high);
    if (centre.isEmpty()
        || left.isEmpty()
        || right.isEmpty()
        || bottom.isEmpty()
        || top.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SkyBox(
            centre.get()[0],
            centre.get()[1],
            Sphere.distance(left.get(), right.get()),
            Sphere.distance(bottom.get(), top.get()),
            Sphere.angle(bottom.get(), top.get())));
  }

  /** Distances and directions between places in the sky, all in degrees. */
  private static final class Sphere {
    private Sphere() {}

    /** The great circle between two places (Vincenty's formula, exact at all distances). */
    static double distance(double[] a, double[] b) {
      double[] d = differences(a, b);
      return Math.toDegrees(StrictMath.atan2(StrictMath.hypot(d[0], d[1]), d[2]));
    }

    /** The direction of a place from another, from north through east, above -180 up to 180. */
    static double angle(double[] from, double[] to) {
      double[] d = differences(from, to);
      return Math.toDegrees(StrictMath.atan2(d[0], d[1])) + 0.0; // no -0
    }

    /**
     * Of the second place: eastward, northward and outward part of its unit vector at the first.
     */
    private static double[] differences(double[] a, double[] b) {
      double turn = Math.toRadians(b[0] - a[0]);
      double here = Math.toRadians(a[1]);
      double there = Math.toRadians(b[1]);
      double east = StrictMath.cos(there) * StrictMath.sin(turn);
      double level = StrictMath.cos(there) * StrictMath.cos(turn);
      return new double[] {
        east,
        StrictMath.cos(here) * StrictMath.sin(there) - StrictMath.sin(here) * level,
        StrictMath.sin(here) * StrictMath.sin(there) + StrictMath.cos(here) * level
      };
    }
  }
}
