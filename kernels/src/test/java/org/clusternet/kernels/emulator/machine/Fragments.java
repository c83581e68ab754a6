package org.clusternet.kernels.emulator.machine;

/**
 * The lanes of a warp that are not running now, grouped by where they are. Of those that are ready
 * the group with the lowest address runs next: in code as compilers lay it out that is the one that
 * the others will be met by, so lanes come together again where paths join.
 */
final class Fragments {
  static final int READY = 0;
  static final int WAITING = 1;
  static final int BARRIER = 2;

  private final int[] pcs = new int[Warp.LANES + 1];
  private final int[] masks = new int[Warp.LANES + 1];
  private final int[] states = new int[Warp.LANES + 1];
  private int count;

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  int pc(int i) {
    return pcs[i];
  }

  int mask(int i) {
    return masks[i];
  }

  int state(int i) {
    return states[i];
  }

  void add(int pc, int mask, int state) {
    for (int i = 0; i < count; i++) {
      if (pcs[i] == pc && states[i] == state) {
        masks[i] |= mask;
        return;
      }
    }
    pcs[count] = pc;
    masks[count] = mask;
    states[count++] = state;
  }

  void remove(int i) {
    count--;
    pcs[i] = pcs[count];
    masks[i] = masks[count];
    states[i] = states[count];
  }

  /** Index of the group at an address in a state, or -1. */
  int find(int pc, int state) {
    for (int i = 0; i < count; i++) {
      if (pcs[i] == pc && states[i] == state) {
        return i;
      }
    }
    return -1;
  }

  /** Index of the ready group with the lowest address, or -1. */
  int lowestReady() {
    int lowest = -1;
    for (int i = 0; i < count; i++) {
      if (states[i] == READY && (lowest < 0 || pcs[i] < pcs[lowest])) {
        lowest = i;
      }
    }
    return lowest;
  }
}
