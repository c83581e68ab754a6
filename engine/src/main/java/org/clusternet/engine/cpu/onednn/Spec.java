package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.MemorySegment;

/**
 * A primitive by value: equal specs are the same primitive. Implementations are records of
 * descriptors and attributes.
 */
public interface Spec {

  /** Creates the primitive descriptor in {@code session}, which frees what was made on the way. */
  MemorySegment describe(Session session);

  /** Which of several threads runs the primitive; each has one, and a stream, of its own. */
  default int lane() {
    return 0;
  }
}
