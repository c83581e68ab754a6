package org.clusternet.engine.cuda.jcuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jcuda.Pointer;
import org.clusternet.kernels.Arguments;

/**
 * The arguments of a launch as the driver wants them: an array of addresses, one of each argument.
 * The driver copies them before the call returns, so that one buffer serves all launches.
 */
final class LaunchParameters implements AutoCloseable {
  /** The most that PTX allows on the architectures that are promised. */
  private static final int BYTES = 4096;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment values = arena.allocate(BYTES, Long.BYTES);
  private final MemorySegment addresses = arena.allocate(2L * BYTES, Long.BYTES);

  /** The array of addresses; valid until the next call. */
  Pointer of(Arguments arguments) {
    byte[] packed = arguments.packed();
    MemorySegment.copy(packed, 0, values, ValueLayout.JAVA_BYTE, 0, packed.length);
    for (int i = 0; i < arguments.count(); i++) {
      addresses.setAtIndex(ValueLayout.JAVA_LONG, i, values.address() + arguments.offset(i));
    }
    return Addresses.pointer(addresses);
  }

  @Override
  public void close() {
    arena.close();
  }
}
