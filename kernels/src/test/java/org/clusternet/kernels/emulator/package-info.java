/**
 * An emulator of PTX: executes kernels on the host, checks what compute-sanitizer checks and counts
 * what a profiler counts.
 */
package org.clusternet.kernels.emulator;
