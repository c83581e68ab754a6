package org.clusternet.kernels.emulator.machine;

import org.clusternet.kernels.Dim;
import org.clusternet.kernels.emulator.memory.GlobalMemory;
import org.clusternet.kernels.emulator.memory.Storage;
import org.clusternet.kernels.emulator.races.LaunchOrder;

/**
 * What all blocks of a launch have in common.
 *
 * @param program the kernel
 * @param grid extents of the grid
 * @param block extents of a block
 * @param dynamicShared bytes of dynamic shared memory
 * @param parameters the arguments
 * @param memory global memory
 * @param order of accesses of different blocks
 * @param counters what was done so far
 * @param instructionLimit instructions after which a warp is taken to be in an endless loop
 */
public record Context(
    Program program,
    Dim grid,
    Dim block,
    int dynamicShared,
    Storage parameters,
    GlobalMemory memory,
    LaunchOrder order,
    Counters counters,
    long instructionLimit) {

  /** Threads of a block. */
  public int threads() {
    return block.x() * block.y() * block.z();
  }

  /** Blocks of the grid. */
  public long blocks() {
    return (long) grid.x() * grid.y() * grid.z();
  }
}
