/**
 * An emulator of PTX: executes kernels on the host as they are committed, checks what
 * compute-sanitizer checks and counts what a profiler counts.
 *
 * <p>{@link org.clusternet.kernels.emulator.Emulator} loads modules and executes launches; {@link
 * org.clusternet.kernels.emulator.DeviceMemory} is what a driver's memory calls become. Every
 * access is checked for bounds (allocations, shared variables and local arrays lie apart),
 * alignment, use after free, reads of bytes never written, and races (see the package {@code
 * races}). Barriers that not all living threads reach, shuffles from lanes that take no part, lanes
 * that wait for ever and endless loops are faults too. A fault names kernel, block, thread,
 * instruction and line.
 *
 * <p>Exact instructions give the hardware's bits. Approximate ones err within the manual's bounds
 * by an amount that a seed chooses, so that no result can depend on more than is promised. What PTX
 * has and this does not: instructions newer than sm_75's, arithmetic on halves, textures, matrix
 * units, barriers of part of a block, recursion, and blocks that wait for blocks; each is refused
 * by name or found as an endless loop.
 *
 * <p>The path of a kernel: {@code syntax} (text to tree), {@code decode} (tree to flat code, calls
 * expanded), {@code machine} (grids, blocks, warps), {@code units} (instructions), {@code numeric}
 * (scalar functions), {@code memory} and {@code races} (what is checked).
 */
package org.clusternet.kernels.emulator;
