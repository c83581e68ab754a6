package org.clusternet.engine.cpu.winograd;

import jdk.incubator.vector.FloatVector;

/**
 * F(4 x 4, 3 x 3) with the points 0, 5/8, -5/8, 3/2, -3/2 and infinity, whose powers that occur in
 * A and B are exact in F32. How much is lost to rounding depends on the points (Barabasz et al.
 * 2020, arXiv:1803.10986): with the usual 0, 1, -1, 2, -2 it is two to three times as much.
 *
 * <p>With points p, q = 5/8, 3/2 and N(p) the product of the differences of p from the others:
 *
 * <pre>
 * B' = ppqq   0   -pp-qq   0   1  0     G = 1/N(0)    0       0
 *       0   -pqq    -qq    p   1  0         1/N(p)  p/N(p)  pp/N(p)
 *       0    pqq    -qq   -p   1  0         the same of -p, q and -q
 *       0   -ppq    -pp    q   1  0           0       0       1
 *       0    ppq    -pp   -q   1  0
 *       0   ppqq     0  -pp-qq 0  1     A = 1 p pp ppp  for each of 0, p, -p, q, -q; then 0 0 0 1
 * </pre>
 *
 * <p>A transform goes along the columns, then along the rows, in place in the planes. What comes of
 * p and of -p differs in one sign, so that both cost little more than one. Each loop is called from
 * one place, as the compiler inlines only so many vector operations into a method.
 */
final class VectorWinograd4 extends VectorWinogradRows {
  private static final int OUTPUTS = 4;
  private static final long SIDE = 6;

  private static final float P = 0.625f;
  private static final float P2 = P * P;
  private static final float P3 = P2 * P;
  private static final float Q = 1.5f;
  private static final float Q2 = Q * Q;
  private static final float Q3 = Q2 * Q;

  private static final float N0 = (float) (1 / ((double) P2 * Q2));
  private static final float NP = (float) (1 / (2 * (double) P2 * (P2 - Q2)));
  private static final float NQ = (float) (1 / (2 * (double) Q2 * (Q2 - P2)));

  VectorWinograd4() {
    super(OUTPUTS);
  }

  @Override
  void input(long x, long row, int pixel, long v, long plane) {
    for (int k = 0; k < 2 * SIDE; k++) {
      boolean column = k < SIDE;
      long line = v + (k - SIDE) * SIDE * plane;
      long from = column ? x + (long) k * pixel : line;
      long to = column ? v + k * plane : line;
      inputLine(from, column ? row : plane, to, column ? SIDE * plane : plane, pixel);
    }
  }

  /** B' times 6 values. */
  private static void inputLine(long d, long from, long v, long to, int size) {
    for (int c = 0; c < size; c += WIDTH) {
      long at = d + c;
      FloatVector d1 = load(at + from);
      FloatVector d2 = load(at + 2 * from);
      FloatVector d3 = load(at + 3 * from);
      FloatVector d4 = load(at + 4 * from);
      FloatVector first = load(at).fma(all(P2 * Q2), d2.fma(all(-P2 - Q2), d4));
      FloatVector last = d1.fma(all(P2 * Q2), d3.fma(all(-P2 - Q2), load(at + 5 * from)));
      FloatVector evenP = d2.fma(all(-Q2), d4);
      FloatVector oddP = d1.fma(all(-P * Q2), d3.mul(P));
      FloatVector evenQ = d2.fma(all(-P2), d4);
      FloatVector oddQ = d1.fma(all(-P2 * Q), d3.mul(Q));
      spread(first, evenP, oddP, evenQ, oddQ, last, v + c, to);
    }
  }

  /** Writes what comes of 0, of p and q in even and odd powers, and of infinity. */
  private static void spread(
      FloatVector first,
      FloatVector evenP,
      FloatVector oddP,
      FloatVector evenQ,
      FloatVector oddQ,
      FloatVector last,
      long to,
      long step) {
    store(first, to);
    store(evenP.add(oddP), to + step);
    store(evenP.sub(oddP), to + 2 * step);
    store(evenQ.add(oddQ), to + 3 * step);
    store(evenQ.sub(oddQ), to + 4 * step);
    store(last, to + 5 * step);
  }

  @Override
  void output(long m, long plane, long y, long row, int pixel) {
    for (int k = 0; k < SIDE + OUTPUTS; k++) {
      boolean column = k < SIDE;
      long from = column ? m + k * plane : m + (k - SIDE) * SIDE * plane;
      long step = column ? SIDE * plane : plane;
      outputLine(from, step, column ? from : y + (k - SIDE) * row, column ? step : pixel, pixel);
    }
  }

  /** A' times 6 values. */
  private static void outputLine(long m, long from, long y, long to, int size) {
    for (int c = 0; c < size; c += WIDTH) {
      long at = m + c;
      FloatVector m1 = load(at + from);
      FloatVector m2 = load(at + 2 * from);
      FloatVector m3 = load(at + 3 * from);
      FloatVector m4 = load(at + 4 * from);
      FloatVector evenP = m1.add(m2);
      FloatVector oddP = m1.sub(m2);
      FloatVector evenQ = m3.add(m4);
      FloatVector oddQ = m3.sub(m4);
      long out = y + c;
      store(load(at).add(evenP).add(evenQ), out);
      store(oddP.fma(all(P), oddQ.mul(Q)), out + to);
      store(evenP.fma(all(P2), evenQ.mul(Q2)), out + 2 * to);
      store(oddP.fma(all(P3), oddQ.fma(all(Q3), load(at + 5 * from))), out + 3 * to);
    }
  }

  @Override
  void outputGradient(long dy, long row, int pixel, long dm, long plane) {
    for (int k = 0; k < OUTPUTS + SIDE; k++) {
      boolean column = k < OUTPUTS;
      long line = dm + (k - OUTPUTS) * SIDE * plane;
      long from = column ? dy + (long) k * pixel : line;
      long to = column ? dm + k * plane : line;
      gradientLine(from, column ? row : plane, to, column ? SIDE * plane : plane, pixel);
    }
  }

  /** A times 4 values. */
  private static void gradientLine(long dy, long from, long dm, long to, int size) {
    for (int c = 0; c < size; c += WIDTH) {
      long at = dy + c;
      FloatVector d0 = load(at);
      FloatVector d1 = load(at + from);
      FloatVector d2 = load(at + 2 * from);
      FloatVector d3 = load(at + 3 * from);
      FloatVector evenP = d2.fma(all(P2), d0);
      FloatVector oddP = d3.fma(all(P3), d1.mul(P));
      FloatVector evenQ = d2.fma(all(Q2), d0);
      FloatVector oddQ = d3.fma(all(Q3), d1.mul(Q));
      spread(d0, evenP, oddP, evenQ, oddQ, d3, dm + c, to);
    }
  }

  @Override
  void weights(long w, long tap, int size, long u, long plane) {
    for (int k = 0; k < TAPS + SIDE; k++) {
      boolean column = k < TAPS;
      long line = u + (k - TAPS) * SIDE * plane;
      long from = column ? w + k * tap : line;
      long to = column ? u + k * plane : line;
      weightLine(from, column ? TAPS * tap : plane, to, column ? SIDE * plane : plane, size);
    }
  }

  /** G times 3 values. */
  private static void weightLine(long w, long from, long u, long to, int size) {
    for (int c = 0; c < size; c += WIDTH) {
      long at = w + c;
      FloatVector g0 = load(at);
      FloatVector g1 = load(at + from);
      FloatVector g2 = load(at + 2 * from);
      FloatVector evenP = g2.fma(all(P2), g0).mul(NP);
      FloatVector evenQ = g2.fma(all(Q2), g0).mul(NQ);
      spread(g0.mul(N0), evenP, g1.mul(P * NP), evenQ, g1.mul(Q * NQ), g2, u + c, to);
    }
  }

  @Override
  void weightGradient(long du, long plane, long dw, long tap, int size) {
    for (int k = 0; k < SIDE + TAPS; k++) {
      boolean column = k < SIDE;
      long from = column ? du + k * plane : du + (k - SIDE) * SIDE * plane;
      long step = column ? SIDE * plane : plane;
      long to = column ? from : dw + (k - SIDE) * TAPS * tap;
      tapLine(from, step, to, column ? step : tap, size);
    }
  }

  /** G' times 6 values. */
  private static void tapLine(long du, long from, long dw, long to, int size) {
    for (int c = 0; c < size; c += WIDTH) {
      long at = du + c;
      FloatVector u1 = load(at + from);
      FloatVector u2 = load(at + 2 * from);
      FloatVector u3 = load(at + 3 * from);
      FloatVector u4 = load(at + 4 * from);
      FloatVector evenP = u1.add(u2).mul(NP);
      FloatVector oddP = u1.sub(u2).mul(P * NP);
      FloatVector evenQ = u3.add(u4).mul(NQ);
      FloatVector oddQ = u3.sub(u4).mul(Q * NQ);
      long out = dw + c;
      store(load(at).fma(all(N0), evenP).add(evenQ), out);
      store(oddP.add(oddQ), out + to);
      store(evenP.fma(all(P2), evenQ.fma(all(Q2), load(at + 5 * from))), out + 2 * to);
    }
  }
}
