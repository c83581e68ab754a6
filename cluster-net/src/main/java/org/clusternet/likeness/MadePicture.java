package org.clusternet.likeness;

import java.util.BitSet;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiConsumer;
import org.clusternet.data.image.Image;

/**
 * Pictures that are no X-ray image of a cluster, of the kinds that are given to a classifier by
 * mistake. Lengths are in units of the picture's side, so that a kind looks the same at any size.
 */
enum MadePicture {
  /** An exposure map: vignetting, gaps between chips, and in half of them the edge of the field. */
  EXPOSURE_MAP(0, MadePicture::exposureMap),
  /** An optical image: sky with its noise, stars and galaxies. */
  STAR_FIELD(1, MadePicture::starField),
  /** Normal noise around a level. */
  WHITE_NOISE(2, MadePicture::whiteNoise),
  /** Photons of a uniform sky. */
  POISSON_NOISE(3, MadePicture::poissonNoise),
  /** Clouds of all sizes, as a nebula has. */
  CLOUDS(4, MadePicture::clouds),
  /** A gradient from one side to the other, linear or exponential. */
  GRADIENT(5, MadePicture::gradient),
  /** A constant with faint noise, one bright pixel, a faint slope or one bright row. */
  NEAR_CONSTANT(6, MadePicture::nearConstant),
  /** One point source on a flat sky, in two of three with photon noise. */
  SINGLE_SOURCE(7, MadePicture::singleSource),
  /** Edges: rectangles, rows of characters, stripes or a chessboard. */
  SHAPES(8, MadePicture::shapes);

  private static final int CHARACTERS = 64;

  private final int number;
  private final BiConsumer<Canvas, Random> artist;

  MadePicture(int number, BiConsumer<Canvas, Random> artist) {
    this.number = number;
    this.artist = artist;
  }

  /**
   * Makes a picture.
   *
   * @param side its side in pixels
   * @param seed random seed; the same seed gives the same picture
   */
  Image make(int side, long seed) {
    Canvas canvas = new Canvas(side);
    artist.accept(canvas, new Random(31 * seed + number));
    return canvas.image();
  }

  /** The kind's name, such as {@code exposure map}. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static void exposureMap(Canvas canvas, Random random) {
    double x = between(random, 0.25, 0.75);
    double y = between(random, 0.25, 0.75);
    double reach = between(random, 0.7, 1.6);
    double edge = random.nextBoolean() ? between(random, 0.4, 0.7) : 2;
    double turn = between(random, 0, Math.PI);
    double chip = between(random, 0.2, 0.4);
    double gap = random.nextInt(3) == 0 ? 0 : between(random, 0.006, 0.02);
    double left = between(random, 0, 0.4);
    canvas.add(
        (u, v) -> {
          double r = Math.hypot(u - x, v - y);
          double along = toMiddle((Math.cos(turn) * u + Math.sin(turn) * v) / chip) * chip;
          double across = toMiddle((Math.cos(turn) * v - Math.sin(turn) * u) / chip) * chip;
          double open = Math.max(0, 1 - (r / reach) * (r / reach));
          double part = Math.min(along, across) < gap / 2 ? left : 1;
          return r > edge ? 0 : 3e4 * open * part;
        });
    canvas.blur(0.004);
  }

  private static void starField(Canvas canvas, Random random) {
    double sky = between(random, 50, 500);
    double gain = between(random, 5, 20);
    for (int star = 20 + random.nextInt(180); star > 0; star--) {
      canvas.addPoint(random, 50 * gain * Math.pow(1 - random.nextDouble(), -1.1));
    }
    canvas.blur(between(random, 0.003, 0.008));
    for (int galaxy = random.nextInt(12); galaxy > 0; galaxy--) {
      addGalaxy(canvas, random);
    }
    canvas.change(value -> value + sky + Math.sqrt(sky) * random.nextGaussian());
  }

  private static void addGalaxy(Canvas canvas, Random random) {
    double x = random.nextDouble();
    double y = random.nextDouble();
    double radius = between(random, 0.008, 0.04);
    double ratio = between(random, 0.3, 1);
    double turn = between(random, 0, Math.PI);
    double light = between(random, 100, 3000);
    canvas.add(
        (u, v) -> {
          double a = Math.cos(turn) * (u - x) + Math.sin(turn) * (v - y);
          double b = (Math.cos(turn) * (v - y) - Math.sin(turn) * (u - x)) / ratio;
          return light * Math.exp(-1.68 * Math.sqrt(Math.hypot(a, b) / radius));
        });
  }

  private static void whiteNoise(Canvas canvas, Random random) {
    double level = between(random, 0, 5);
    double spread = between(random, 0.05, 1);
    canvas.change(value -> level + spread * random.nextGaussian());
  }

  private static void poissonNoise(Canvas canvas, Random random) {
    double mean = Math.pow(10, between(random, -2, 2.5));
    canvas.change(value -> mean);
    canvas.countPhotons(random);
  }

  private static void clouds(Canvas canvas, Random random) {
    double slope = between(random, 0.5, 0.8);
    double contrast = between(random, 0.5, 2.5);
    double weight = 1;
    for (int cells = 2; cells <= 128; cells *= 2) {
      canvas.addClouds(random, cells, weight);
      weight *= slope;
    }
    canvas.change(value -> Math.exp(contrast * value));
  }

  private static void gradient(Canvas canvas, Random random) {
    double turn = between(random, 0, 2 * Math.PI);
    boolean linear = random.nextBoolean();
    double steep = linear ? between(random, 0.1, 1.2) : between(random, 0.5, 8);
    canvas.add(
        (u, v) -> {
          double along = steep * (Math.cos(turn) * (u - 0.5) + Math.sin(turn) * (v - 0.5));
          return linear ? 1 + along : Math.exp(along);
        });
  }

  private static void nearConstant(Canvas canvas, Random random) {
    canvas.change(value -> 100);
    double row = random.nextDouble();
    switch (random.nextInt(4)) {
      case 0 -> canvas.change(value -> value + 0.1 * random.nextGaussian());
      case 1 -> canvas.add((u, v) -> 0.1 * u);
      case 2 -> canvas.add((u, v) -> Math.abs(v - row) < 0.004 ? 1 : 0);
      default -> canvas.addPoint(random, between(random, 10, 200));
    }
  }

  private static void singleSource(Canvas canvas, Random random) {
    boolean central = random.nextBoolean();
    double x = central ? 0.5 : between(random, 0.25, 0.75);
    double y = central ? 0.5 : between(random, 0.25, 0.75);
    double sigma = between(random, 0.004, 0.016);
    double light = Math.pow(10, between(random, 2, 4));
    double sky = between(random, 0.05, 1);
    canvas.add(
        (u, v) -> {
          double r = Math.hypot(u - x, v - y) / sigma;
          return sky + light * Math.exp(-r * r / 2);
        });
    if (random.nextInt(3) > 0) {
      canvas.countPhotons(random);
    }
  }

  private static void shapes(Canvas canvas, Random random) {
    canvas.change(value -> 1);
    switch (random.nextInt(3)) {
      case 0 -> {
        for (int box = 3 + random.nextInt(37); box > 0; box--) {
          addBox(canvas, random);
        }
      }
      case 1 -> addText(canvas, random);
      default -> {
        double step = between(random, 0.02, 0.25);
        boolean board = random.nextBoolean();
        canvas.add((u, v) -> ((int) (u / step) + (board ? (int) (v / step) : 0)) % 2 * 9);
      }
    }
  }

  private static void addBox(Canvas canvas, Random random) {
    double x = random.nextDouble();
    double y = random.nextDouble();
    double width = between(random, 0.02, 0.3);
    double height = between(random, 0.02, 0.3);
    double light = between(random, 1, 10);
    canvas.add((u, v) -> u >= x && u < x + width && v >= y && v < y + height ? light : 0);
  }

  /** Rows of characters of 3 x 5 dots. */
  private static void addText(Canvas canvas, Random random) {
    double height = between(random, 0.03, 0.08);
    BitSet ink = new BitSet();
    for (int dot = 0; dot < CHARACTERS * 15; dot++) {
      ink.set(dot, random.nextInt(100) < 55);
    }
    canvas.add(
        (u, v) -> {
          int line = (int) (v / height);
          int character = (int) (u / (0.6 * height));
          int column = (int) ((u / (0.6 * height) - character) * 4);
          int row = (int) ((v / height - line) * 8);
          int glyph = (7 * line + character * (line + 3)) % CHARACTERS;
          return column < 3 && row < 5 && ink.get(glyph * 15 + row * 3 + column) ? 49 : 0;
        });
  }

  private static double between(Random random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Distance to the middle of a cell of side 1. */
  private static double toMiddle(double place) {
    return Math.abs(place - Math.floor(place) - 0.5);
  }
}
