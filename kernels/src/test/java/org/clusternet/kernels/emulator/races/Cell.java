package org.clusternet.kernels.emulator.races;

/**
 * One access packed into a long: epoch (31 bits), warp (5), lane (5, of a single thread) or flags
 * (of a set of threads, whose lanes stand beside it), stamp of the warp (23).
 */
final class Cell {
  static final long MANY_WARPS = 1L << 23;
  static final long MANY_BLOCKS = 1L << 24;
  static final int STAMP_LIMIT = 1 << 23;

  private Cell() {}

  static long of(long epoch, int warp, int stamp) {
    return epoch << 33 | (long) warp << 28 | stamp;
  }

  static long withLane(long cell, int lane) {
    return cell | (long) lane << 23;
  }

  static long epoch(long cell) {
    return cell >>> 33;
  }

  static int warp(long cell) {
    return (int) (cell >>> 28) & 31;
  }

  static int lane(long cell) {
    return (int) (cell >>> 23) & 31;
  }

  static int stamp(long cell) {
    return (int) cell & (STAMP_LIMIT - 1);
  }
}
