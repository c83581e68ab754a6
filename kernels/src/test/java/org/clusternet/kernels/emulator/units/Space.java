package org.clusternet.kernels.emulator.units;

/** State spaces of memory instructions; CALL holds arguments and results of functions. */
public enum Space {
  GENERIC,
  GLOBAL,
  CONSTANT,
  SHARED,
  LOCAL,
  CALL,
  PARAMETER
}
