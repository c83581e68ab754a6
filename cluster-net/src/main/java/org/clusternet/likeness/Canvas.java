package org.clusternet.likeness;

import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.clusternet.data.image.Image;

/** A square picture that is being drawn; places and lengths are in units of its side. */
final class Canvas {
  /** Above this mean the number of photons is drawn from a normal distribution. */
  private static final double MANY = 30;

  private static final double REACH = 4;

  private final int side;
  private double[] pixels;

  Canvas(int side) {
    this.side = side;
    this.pixels = new double[side * side];
  }

  Image image() {
    return new Image(side, side, pixels);
  }

  /** Adds a function of the place to every pixel. */
  void add(DoubleBinaryOperator light) {
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] +=
          light.applyAsDouble((i % side + 0.5) / side, (Math.floorDiv(i, side) + 0.5) / side);
    }
  }

  /** Replaces every value. */
  void change(DoubleUnaryOperator function) {
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = function.applyAsDouble(pixels[i]);
    }
  }

  /** Adds to a random pixel. */
  void addPoint(Random random, double light) {
    pixels[random.nextInt(pixels.length)] += light;
  }

  /** Replaces every value by a number of photons whose mean it is. */
  void countPhotons(Random random) {
    change(mean -> photons(random, mean));
  }

  private static double photons(Random random, double mean) {
    if (mean > MANY) {
      return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double left = random.nextDouble() - Math.exp(-mean);
    double term = Math.exp(-mean);
    int count = 0;
    while (left > 0 && count < 10 * MANY) {
      count++;
      term *= mean / count;
      left -= term;
    }
    return count;
  }

  /** Adds normal numbers at the corners of a grid of cells, interpolated between them. */
  void addClouds(Random random, int cells, double weight) {
    double[] corners = new double[(cells + 1) * (cells + 1)];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = weight * random.nextGaussian();
    }
    add(
        (u, v) -> {
          int x = (int) (u * cells);
          int y = (int) (v * cells);
          double a = u * cells - x;
          double b = v * cells - y;
          int at = y * (cells + 1) + x;
          double low = (1 - a) * corners[at] + a * corners[at + 1];
          double high = (1 - a) * corners[at + cells + 1] + a * corners[at + cells + 2];
          return (1 - b) * low + b * high;
        });
  }

  /** Blurs by a Gaussian; beyond the edge the picture continues as its last pixels. */
  void blur(double sigma) {
    double width = sigma * side;
    double[] kernel = new double[2 * (int) Math.ceil(REACH * width) + 1];
    NormalDistribution normal = new NormalDistribution(null, 0, width);
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = normal.density(i - kernel.length / 2.0 + 0.5);
      sum += kernel[i];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    pixels = convolved(convolved(pixels, kernel, 1, 0), kernel, 0, 1);
  }

  private double[] convolved(double[] from, double[] kernel, int dx, int dy) {
    double[] to = new double[from.length];
    for (int i = 0; i < to.length; i++) {
      for (int k = 0; k < kernel.length; k++) {
        int step = k - kernel.length / 2;
        int x = Math.clamp(i % side + dx * step, 0, side - 1);
        int y = Math.clamp(i / side + dy * step, 0, side - 1);
        to[i] += kernel[k] * from[y * side + x];
      }
    }
    return to;
  }
}
