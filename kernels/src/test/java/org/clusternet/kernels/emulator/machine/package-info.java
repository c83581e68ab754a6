/** Grids, blocks and warps: who runs when, who waits, and what is counted. */
package org.clusternet.kernels.emulator.machine;
