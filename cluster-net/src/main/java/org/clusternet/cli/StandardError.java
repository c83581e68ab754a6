package org.clusternet.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

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
    int descriptor = real;
    MethodHandle dup2 = function("dup2", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    call(() -> dup2 == null ? -1 : (int) dup2.invokeExact(descriptor, STDERR));
  }

  /**
   * Whether standard error is a terminal, on which a line can be written over. Java can tell that
   * only of standard input and output together, so the C library is asked.
   */
  static boolean isTerminal() {
    MethodHandle isatty = function("isatty", ValueLayout.JAVA_INT);
    return call(() -> isatty == null ? 0 : (int) isatty.invokeExact(STDERR)) == 1;
  }

  /** A function of the C library that gives an int; null if there is none. */
  private static @Nullable MethodHandle function(String name, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments);
    return linker
        .defaultLookup()
        .find(name)
        .map(address -> linker.downcallHandle(address, type))
        .orElse(null);
  }

  @FunctionalInterface
  private interface Call {
    int invoke() throws Throwable;
  }

  private static int call(Call call) {
    try {
      return call.invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("standard error: the C library cannot be called", e);
    }
  }
}
