/**
 * Finds accesses of two threads to one byte, at least one of them a write, that nothing orders.
 *
 * <p>What orders: a barrier of the block, {@code bar.warp.sync} among its lanes, and between blocks
 * the hand-over of a fence followed by an atomic that the other block's thread observes. Time is
 * kept per block as epochs, one between two barriers, which are never used again by any block of
 * any launch; inside an epoch lanes of a warp have vector clocks.
 */
package org.clusternet.kernels.emulator.races;
