package org.clusternet.kernels.emulator.memory;

import org.clusternet.kernels.emulator.races.Shadow;

/** A range of global memory that was asked for as one. */
public final class Allocation {
  private final long base;
  private final long size;
  private final String name;
  private final boolean constant;
  private Storage storage;
  private Shadow shadow;

  Allocation(long base, long size, String name, boolean constant) {
    this.base = base;
    this.size = size;
    this.name = name;
    this.constant = constant;
    this.storage = new Storage((int) size);
    this.shadow = new Shadow((int) size, true);
  }

  /** Address of its first byte. */
  public long base() {
    return base;
  }

  /** Its bytes. */
  public Storage storage() {
    return storage;
  }

  /** Who accessed them. */
  public Shadow shadow() {
    return shadow;
  }

  /** Whether kernels may only read it. */
  public boolean constant() {
    return constant;
  }

  /** Whether it was returned. */
  public boolean freed() {
    return storage == null;
  }

  /** Whether an access lies in it whole. */
  public boolean holds(long address, int bytes) {
    long offset = address - base;
    return offset >= 0 && offset <= size - bytes && storage != null;
  }

  void release() {
    storage = null;
    shadow = null;
  }

  @Override
  public String toString() {
    return "%s of %d bytes at 0x%x".formatted(name, size, base);
  }
}
