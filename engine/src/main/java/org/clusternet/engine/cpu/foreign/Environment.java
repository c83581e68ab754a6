package org.clusternet.engine.cpu.foreign;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The environment that native libraries read when they are loaded, which Java cannot change. */
public final class Environment {
  private Environment() {}

  /** Sets a variable for libraries loaded from now on, unless it has been set. */
  public static void preset(String name, String value) {
    Linker linker = Linker.nativeLinker();
    MethodHandle setenv =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setenv"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocateFrom(name);
      int status = (int) setenv.invokeExact(key, arena.allocateFrom(value), 0);
      if (status != 0) {
        throw new IllegalStateException("setenv of " + name + " failed: status=" + status);
      }
    } catch (Throwable t) {
      throw NativeCalls.rethrow(t);
    }
  }
}
