package org.clusternet.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.LinearAxes;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.image.SkyFrame;
import org.clusternet.engine.region.Box;

/**
 * Where the pixels of the network's input lie in the image that they were made from, and in the
 * sky: the input is the image's central crop, resampled.
 *
 * <p>Places are counted from 0 at the outer edge of the first pixel, where a crop is a shift and
 * resampling a factor. FITS counts from 1 at the centre of the first pixel (FITS Standard 4.0,
 * section 8.1), half a pixel and a half away; the keywords LTM and LTV, which IRAF and DS9 read as
 * physical coordinates, lead from the original's pixels to those of a map.
 *
 * @param factor side of an input pixel in pixels of the image
 * @param left the crop's outer edge, in pixels of the image
 * @param bottom likewise, on the side of the first row
 * @param sky the place of the input in the sky, where the image tells its own
 * @param linear the other coordinates of the input, such as kpc, where the image has them
 */
record InputGrid(
    double factor, int left, int bottom, Optional<SkyFrame> sky, Optional<LinearAxes> linear) {

  /** The grid of an image's input. */
  static InputGrid of(
      Image image,
      Optional<SkyFrame> sky,
      Optional<LinearAxes> linear,
      Preprocessing preprocessing) {
    int left = (image.width() - preprocessing.cropSize()) / 2;
    int bottom = (image.height() - preprocessing.cropSize()) / 2;
    double factor = (double) preprocessing.cropSize() / preprocessing.imageSize();
    return new InputGrid(
        factor,
        left,
        bottom,
        sky.map(f -> f.resampled(factor, left, bottom)),
        linear.map(axes -> axes.resampled(factor, left, bottom)));
  }

  /**
   * The place in the sky of a position in the input.
   *
   * @param x column, from 0 at the centre of the first
   * @param y row, from 0 at the centre of the first
   * @return right ascension and declination in degrees; empty without a projection that is known
   */
  Optional<double[]> place(double x, double y) {
    return sky.flatMap(frame -> icrs(frame, x, y));
  }

  /** The place of a pixel of a frame in ICRS, whatever system the frame is in. */
  static Optional<double[]> icrs(SkyFrame frame, double x, double y) {
    return frame
        .system()
        .flatMap(system -> frame.skyOf(x, y).map(place -> system.toIcrs(place[0], place[1])));
  }

  /** The keywords of a map on the input's grid. */
  List<Card> cards() {
    List<Card> cards = new ArrayList<>();
    sky.ifPresent(frame -> cards.addAll(frame.cards()));
    linear.ifPresent(axes -> cards.addAll(axes.cards()));
    cards.add(new Card("LTM1_1", 1 / factor, "from pixels of the image that was read"));
    cards.add(new Card("LTM2_2", 1 / factor, ""));
    cards.add(new Card("LTV1", 0.5 - (left + 0.5) / factor, ""));
    cards.add(new Card("LTV2", 0.5 - (bottom + 0.5) / factor, ""));
    return cards;
  }

  /**
   * A mask of the image on the input's grid: at each input pixel what the image has at its centre.
   *
   * @param mask shares of the image's pixels
   * @param size side of the input in pixels
   */
  Plane onInput(Image mask, int size) {
    double[] values = new double[size * size];
    for (int i = 0; i < values.length; i++) {
      int x = left + (int) ((i % size + 0.5) * factor);
      int row = i / size;
      int y = bottom + (int) ((row + 0.5) * factor);
      values[i] = mask.at(x, y);
    }
    return new Plane(size, size, values);
  }

  /** The outer edges of a box in pixels of the image: left, bottom, right, top. */
  double[] edges(Box box) {
    return new double[] {
      left + box.xMin() * factor,
      bottom + box.yMin() * factor,
      left + (box.xMax() + 1) * factor,
      bottom + (box.yMax() + 1) * factor
    };
  }

  /**
   * The outer corners of a box in the sky, once around.
   *
   * @return four pairs of coordinates in degrees; empty without a projection that is known
   */
  Optional<List<double[]>> corners(Box box) {
    double[] x = {box.xMin() - 0.5, box.xMax() + 0.5, box.xMax() + 0.5, box.xMin() - 0.5};
    double[] y = {box.yMin() - 0.5, box.yMin() - 0.5, box.yMax() + 0.5, box.yMax() + 0.5};
    List<double[]> corners = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      int corner = i;
      sky.flatMap(frame -> frame.skyOf(x[corner], y[corner])).ifPresent(corners::add);
    }
    return corners.size() == x.length ? Optional.of(corners) : Optional.empty();
  }
}
