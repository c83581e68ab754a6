/**
 * Finds accesses of two threads to one byte, at least one of them a write, that nothing orders.
 *
 * <p>What orders accesses of one block: a barrier of the block, and {@code bar.warp.sync} among the
 * lanes that it names; not a shuffle or vote, and not that lanes happen to run together. Two lanes
 * that write one address by the same instruction race, even with equal values. Time is kept per
 * block as epochs, one between two barriers, never used again by any block of any launch; inside an
 * epoch the lanes of a warp have vector clocks whose ticks are its {@code bar.warp.sync}s.
 *
 * <p>What orders accesses of different blocks of a launch, and of threads of one block too: the
 * hand-over in which a thread executes a fence of device scope and then an atomic, and another
 * thread does a later atomic on the same address. It publishes what the thread itself accessed
 * before the fence; what its block accessed before the last barrier, where the fence comes after
 * that barrier; and what other threads accessed before the last barrier and before a fence of their
 * own. The other thread has it at once, its block after the next barrier. Atomics do not race with
 * one another.
 *
 * <p>Accesses are kept as in FastTrack (Flanagan and Freund, PLDI 2009): the last write and the set
 * of reads since, at the grain of the smallest access that a page of memory has seen. Where a set
 * holds several warps or blocks only that is kept; no race is reported that is none for it, but a
 * write that is ordered after some of several blocks' reads needs hand-overs of all of them. Blocks
 * run one after the other, so that a block cannot wait for another that runs later.
 */
package org.clusternet.kernels.emulator.races;
