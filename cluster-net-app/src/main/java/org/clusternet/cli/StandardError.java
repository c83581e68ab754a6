package org.clusternet.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * Puts the standard error back that the launcher has set aside while the JVM starts, and tells
 * whether it is a terminal.
 *
 * <p>A JVM with the Vector API prints "WARNING: Using incubator modules" before any code of ours
 * runs, and has no option against it. So the launcher starts the JVM with a pipe for standard error
 * (its other end drops that one line and passes all else on) and keeps the real one open under the
 * descriptor that the property {@value #PROPERTY} names. Here {@code dup2} makes it descriptor 2
 * again: a terminal stays a terminal, also for native code, and no line is late. Without the
 * property, or where {@code dup2} cannot be had, standard error stays as it is, which still works.
 */
final class StandardError {

  private static final String PROPERTY = "clusternet.stderr";
  private static final int STDERR = 2;

  private StandardError() {}

  static void restore() {
    Integer real = Integer.getInteger(PROPERTY);
    if (real == null) {
      return;
    }
    System.err.flush();
    call("dup2", -1, real, STDERR);
  }

  /**
   * Whether standard error is a terminal, on which a line can be written over. Java can tell that
   * only of standard input and output together, so the C library is asked.
   */
  static boolean isTerminal() {
    return call("isatty", 0, STDERR) == 1;
  }

  /** Calls a function of the C library that takes and returns ints, if there is one. */
  private static int call(String function, int otherwise, Integer... arguments) {
    Linker linker = Linker.nativeLinker();
    MemorySegment address = linker.defaultLookup().find(function).orElse(null);
    if (address == null) {
      return otherwise;
    }
    MemoryLayout[] types = new MemoryLayout[arguments.length];
    Arrays.fill(types, ValueLayout.JAVA_INT);
    MethodHandle handle =
        linker.downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, types));
    try {
      return (int) handle.invokeWithArguments((Object[]) arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(
          function + Arrays.toString(arguments) + " cannot be called", e);
    }
  }
}
