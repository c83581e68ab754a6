package org.clusternet.kernels.emulator.races;

/**
 * What an atomic after a fence publishes.
 *
 * @param epoch of the atomic
 * @param warp of the thread
 * @param lane of the thread
 * @param stamp of its warp just after it
 * @param fencedSinceBarrier whether the thread itself executed a fence after the last barrier: then
 *     everything before the barrier is published, whoever wrote it
 * @param unfenced for each warp the lanes that wrote after their last fence
 */
record Release(
    long epoch, int warp, int lane, int stamp, boolean fencedSinceBarrier, int[] unfenced) {

  private boolean isUnfenced(int thatWarp, int lanes) {
    return (unfenced[thatWarp] & lanes) != 0;
  }

  /** Whether an access by lanes of one warp happened before the release. */
  boolean covers(long cell, int lanes, boolean write) {
    if (Cell.epoch(cell) < epoch) {
      return !write || fencedSinceBarrier || !isUnfenced(Cell.warp(cell), lanes);
    }
    return Cell.epoch(cell) == epoch
        && Cell.warp(cell) == warp
        && lanes == 1 << lane
        && Cell.stamp(cell) < stamp
        && !(write && isUnfenced(warp, lanes));
  }
}
