package org.clusternet.engine.cpu.foreign;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** The C library sees what was set first. */
class EnvironmentTest {
  private static final String NAME = "CLUSTERNET_TEST_PRESET";

  @Test
  void aVariableIsSetOnce() throws Throwable {
    Environment.preset(NAME, "first");
    assertEquals("first", inC(NAME));
    Environment.preset(NAME, "second");
    assertEquals("first", inC(NAME));
  }

  private static String inC(String name) throws Throwable {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value =
          (MemorySegment)
              linker
                  .downcallHandle(
                      linker.defaultLookup().findOrThrow("getenv"),
                      FunctionDescriptor.of(ADDRESS, ADDRESS))
                  .invokeExact(arena.allocateFrom(name));
      return value.reinterpret(Long.MAX_VALUE).getString(0);
    }
  }
}
