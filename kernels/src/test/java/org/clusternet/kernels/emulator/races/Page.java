package org.clusternet.kernels.emulator.races;

/**
 * Last accesses to 4096 bytes, kept per granule: 16 bytes as long as every access covers such
 * granules whole, else refined to the size of the smallest access seen, at last to bytes.
 */
final class Page {
  static final int BITS = 12;
  static final int MASK = (1 << BITS) - 1;

  int shift;
  long[] writes;
  ThreadSet reads;
  ThreadSet atomics;

  public Page(int shift) {
    this.shift = shift;
    this.writes = new long[1 << (BITS - shift)];
    this.reads = new ThreadSet(1 << (BITS - shift));
  }

  /** Splits the granules down to {@code 1 << to} bytes. */
  void refine(int to) {
    int factor = shift - to;
    int count = 1 << (BITS - to);
    long[] finer = new long[count];
    for (int i = 0; i < count; i++) {
      finer[i] = writes[i >> factor];
    }
    writes = finer;
    reads = reads.refined(factor);
    atomics = atomics == null ? null : atomics.refined(factor);
    shift = to;
  }

  ThreadSet atomics() {
    if (atomics == null) {
      atomics = new ThreadSet(1 << (BITS - shift));
    }
    return atomics;
  }
}
