package org.clusternet.engine.cuda.jcuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jcuda.Pointer;
import jcuda.driver.CUjit_option;

/** Where the translator of PTX writes what it does not like. */
final class TranslatorLog implements AutoCloseable {
  private static final int BYTES = 16 << 10;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment text = arena.allocate(BYTES);
  private final MemorySegment values = arena.allocate(2 * Long.BYTES, Long.BYTES);

  TranslatorLog() {
    values.setAtIndex(ValueLayout.JAVA_LONG, 0, text.address());
    values.setAtIndex(ValueLayout.JAVA_LONG, 1, BYTES - 1);
  }

  /** Names of the options. */
  int[] options() {
    return new int[] {
      CUjit_option.CU_JIT_ERROR_LOG_BUFFER, CUjit_option.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES
    };
  }

  /** Their values, an array of words. */
  Pointer values() {
    return Addresses.pointer(values);
  }

  /** What was written. */
  String text() {
    return text.getString(0).strip();
  }

  @Override
  public void close() {
    arena.close();
  }
}
