package org.clusternet.engine.cpu.winograd;

import jdk.incubator.vector.FloatVector;

/**
 * F(2 x 2, 3 x 3) with the points 0, 1, -1 and infinity (Lavin and Gray 2016, arXiv:1509.09308), a
 * row of planes at a time: a whole tile in one loop would be more vector operations than the
 * compiler inlines, while reading a value twice from the nearest cache costs little.
 *
 * <pre>
 * B' = 1  0 -1  0    G =  1    0    0    A' = 1  1  1  0
 *      0  1  1  0        1/2  1/2  1/2        0  1 -1  1
 *      0 -1  1  0        1/2 -1/2  1/2
 *      0 -1  0  1         0    0    1
 * </pre>
 */
final class VectorWinograd2 extends VectorWinogradRows {
  VectorWinograd2() {
    super(2);
  }

  @Override
  void input(long x, long row, int pixel, long v, long plane) {
    long second = x + row;
    long third = second + row;
    inputRow(x, third, -1, pixel, v, plane);
    inputRow(second, third, 1, pixel, v + 4 * plane, plane);
    inputRow(third, second, -1, pixel, v + 8 * plane, plane);
    inputRow(third + row, second, -1, pixel, v + 12 * plane, plane);
  }

  private static void inputRow(long a, long b, float sign, int pixel, long v, long plane) {
    for (int c = 0; c < pixel; c += WIDTH) {
      long left = a + c;
      long right = b + c;
      FloatVector t0 = load(left).add(load(right).mul(sign));
      FloatVector t1 = load(left + pixel).add(load(right + pixel).mul(sign));
      FloatVector t2 = load(left + 2L * pixel).add(load(right + 2L * pixel).mul(sign));
      FloatVector t3 = load(left + 3L * pixel).add(load(right + 3L * pixel).mul(sign));
      store(t0.sub(t2), v + c);
      store(t1.add(t2), v + plane + c);
      store(t2.sub(t1), v + 2 * plane + c);
      store(t3.sub(t1), v + 3 * plane + c);
    }
  }

  @Override
  void output(long m, long plane, long y, long row, int pixel) {
    outputRow(m, plane, 1, y, pixel);
    outputRow(m + 4 * plane, plane, -1, y + row, pixel);
  }

  private static void outputRow(long m, long plane, float sign, long y, int pixel) {
    for (int c = 0; c < pixel; c += WIDTH) {
      long first = m + c;
      FloatVector s0 = column(first, 4 * plane, sign);
      FloatVector s1 = column(first + plane, 4 * plane, sign);
      FloatVector s2 = column(first + 2 * plane, 4 * plane, sign);
      FloatVector s3 = column(first + 3 * plane, 4 * plane, sign);
      store(s0.add(s1).add(s2), y + c);
      store(s1.sub(s2).add(s3), y + pixel + c);
    }
  }

  private static FloatVector column(long first, long row, float sign) {
    FloatVector middle = load(first + row).mul(sign);
    return load(first).add(middle).add(load(first + 2 * row));
  }

  @Override
  void outputGradient(long dy, long row, int pixel, long dm, long plane) {
    gradientRow(dy, dy + row, 1, 0, pixel, dm, plane);
    gradientRow(dy, dy + row, 1, 1, pixel, dm + 4 * plane, plane);
    gradientRow(dy, dy + row, 1, -1, pixel, dm + 8 * plane, plane);
    gradientRow(dy, dy + row, 0, 1, pixel, dm + 12 * plane, plane);
  }

  private static void gradientRow(
      long top, long bottom, float upper, float lower, int pixel, long dm, long plane) {
    for (int c = 0; c < pixel; c += WIDTH) {
      long above = top + c;
      long below = bottom + c;
      FloatVector s0 = load(above).mul(upper).add(load(below).mul(lower));
      FloatVector s1 = load(above + pixel).mul(upper).add(load(below + pixel).mul(lower));
      store(s0, dm + c);
      store(s0.add(s1), dm + plane + c);
      store(s0.sub(s1), dm + 2 * plane + c);
      store(s1, dm + 3 * plane + c);
    }
  }

  @Override
  void weights(long w, long tap, int size, long u, long plane) {
    weightRow(w, tap, 1, 0, 0, size, u, plane);
    weightRow(w, tap, 0.5f, 0.5f, 0.5f, size, u + 4 * plane, plane);
    weightRow(w, tap, 0.5f, -0.5f, 0.5f, size, u + 8 * plane, plane);
    weightRow(w, tap, 0, 0, 1, size, u + 12 * plane, plane);
  }

  private static void weightRow(
      long w, long tap, float first, float second, float third, int end, long u, long plane) {
    for (int i = 0; i < end; i += WIDTH) {
      FloatVector s0 = weighted(w + i, TAPS * tap, first, second, third);
      FloatVector s1 = weighted(w + tap + i, TAPS * tap, first, second, third).mul(0.5f);
      FloatVector s2 = weighted(w + 2 * tap + i, TAPS * tap, first, second, third);
      FloatVector outer = s0.add(s2).mul(0.5f);
      store(s0, u + i);
      store(outer.add(s1), u + plane + i);
      store(outer.sub(s1), u + 2 * plane + i);
      store(s2, u + 3 * plane + i);
    }
  }

  private static FloatVector weighted(long at, long row, float first, float second, float third) {
    FloatVector upper = load(at).mul(first).add(load(at + row).mul(second));
    return upper.add(load(at + 2 * row).mul(third));
  }

  @Override
  void weightGradient(long du, long plane, long dw, long tap, int size) {
    tapRow(du, plane, 1, 0.5f, 0.5f, dw, tap, size);
    tapRow(du, plane, 0, 0.5f, -0.5f, dw + TAPS * tap, tap, size);
    tapRow(du + 4 * plane, plane, 0.5f, 0.5f, 1, dw + 2 * TAPS * tap, tap, size);
  }

  /** In two loops, as the compiler inlines only so many loads into one. */
  private static void tapRow(
      long du, long plane, float first, float second, float third, long dw, long tap, int end) {
    innerTaps(du + plane, plane, first, second, third, dw, tap, end);
    outerTaps(du, plane, first, second, third, dw, tap, end);
  }

  /** Writes the second tap, and to the first what the outer ones have in common. */
  private static void innerTaps(
      long du, long plane, float first, float second, float third, long dw, long tap, int end) {
    for (int i = 0; i < end; i += WIDTH) {
      FloatVector s1 = weighted(du + i, 4 * plane, first, second, third);
      FloatVector s2 = weighted(du + plane + i, 4 * plane, first, second, third);
      store(s1.add(s2).mul(0.5f), dw + i);
      store(s1.sub(s2).mul(0.5f), dw + tap + i);
    }
  }

  private static void outerTaps(
      long du, long plane, float first, float second, float third, long dw, long tap, int end) {
    for (int i = 0; i < end; i += WIDTH) {
      FloatVector common = load(dw + i);
      FloatVector s0 = weighted(du + i, 4 * plane, first, second, third);
      FloatVector s3 = weighted(du + 3 * plane + i, 4 * plane, first, second, third);
      store(s0.add(common), dw + i);
      store(common.add(s3), dw + 2 * tap + i);
    }
  }
}
