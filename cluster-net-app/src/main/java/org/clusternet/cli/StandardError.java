package org.clusternet.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Puts the standard error back that the launcher has set aside while the JVM starts.
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
    Linker linker = Linker.nativeLinker();
    MemorySegment dup2 = linker.defaultLookup().find("dup2").orElse(null);
    if (dup2 == null) {
      return;
    }
    MethodHandle call =
        linker.downcallHandle(
            dup2,
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      int descriptor = (int) call.invokeExact(real.intValue(), STDERR);
      assert descriptor == STDERR || descriptor == -1 : "dup2 returned " + descriptor;
    } catch (Throwable e) {
      throw new IllegalStateException("dup2(" + real + ", " + STDERR + ") cannot be called", e);
    }
  }
}
