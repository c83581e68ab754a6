package org.clusternet.examples;

import java.util.random.RandomGenerator;

/**
 * Images of digits, made in place: a font of 5 x 7 dots, each dot two pixels wide and high, at a
 * random position in 20 x 20 pixels, of random contrast, with Gaussian noise.
 */
final class Digits {
  /** Number of classes. */
  static final int CLASSES = 10;

  /** Height and width of an image in pixels. */
  static final int SIZE = 20;

  private static final int DOT = 2;
  private static final int COLUMNS = 5;
  private static final int ROWS = 7;
  private static final double NOISE = 0.15;

  /** Seven rows a digit, five bits a row, the highest bit at the left. */
  private static final int[][] FONT = {
    {0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110},
    {0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110},
    {0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111},
    {0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110},
    {0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010},
    {0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110},
    {0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110},
    {0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000},
    {0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110},
    {0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100},
  };

  /**
   * A batch.
   *
   * @param pixels (N, 1, SIZE, SIZE) in row-major order
   * @param labels (N), from 0 to 9
   */
  record Batch(double[] pixels, double[] labels) {}

  private Digits() {}

  /** Draws {@code count} images with their labels. */
  static Batch draw(RandomGenerator random, int count) {
    double[] pixels = new double[count * SIZE * SIZE];
    double[] labels = new double[count];
    for (int i = 0; i < count; i++) {
      int digit = random.nextInt(CLASSES);
      labels[i] = digit;
      draw(random, digit, pixels, i * SIZE * SIZE);
    }
    return new Batch(pixels, labels);
  }

  private static void draw(RandomGenerator random, int digit, double[] pixels, int first) {
    int left = random.nextInt(SIZE - COLUMNS * DOT + 1);
    int top = random.nextInt(SIZE - ROWS * DOT + 1);
    double contrast = random.nextDouble(0.6, 1.0);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        double light =
            isSet(digit, Math.floorDiv(x - left, DOT), Math.floorDiv(y - top, DOT)) ? contrast : 0;
        pixels[first + y * SIZE + x] = light + NOISE * random.nextGaussian();
      }
    }
  }

  private static boolean isSet(int digit, int column, int row) {
    return column >= 0
        && column < COLUMNS
        && row >= 0
        && row < ROWS
        && (FONT[digit][row] >> (COLUMNS - 1 - column) & 1) == 1;
  }
}
