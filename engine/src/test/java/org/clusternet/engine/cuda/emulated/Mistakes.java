package org.clusternet.engine.cuda.emulated;

import org.clusternet.engine.cuda.api.CudaException;

/** What the emulated GPU says: what a driver would, and what it would let pass. */
final class Mistakes {
  private Mistakes() {}

  /** What a real driver refuses too. */
  static CudaException refused(String call, String error) {
    return CudaException.of(call, error, "refused by the emulated driver");
  }

  /** A mistake that a real driver does not notice, or only sometimes. */
  static AssertionError of(String what) {
    return new AssertionError("emulated GPU: " + what);
  }
}
