package org.clusternet.kernels.emulator.units;

/**
 * An address operand.
 *
 * @param register that holds the base
 * @param wide whether it has 64 bits
 * @param offset added to it
 */
public record MemoryAddress(int register, boolean wide, long offset) {}
