package org.clusternet.engine.cpu.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.clusternet.engine.cpu.foreign.Environment;
import org.clusternet.engine.cpu.foreign.NativeCalls;
import org.jspecify.annotations.Nullable;

/**
 * Java loops on the threads of libgomp, those that oneDNN's primitives run on. Threads of their own
 * would compete with them for the processors at every change from one to the other, and waking one
 * takes a tenth of a millisecond, as long as many an op.
 *
 * <p>{@code GOMP_parallel} is what GCC compiles {@code #pragma omp parallel} to. libgomp's threads
 * attach themselves to the JVM at their first part and stay, as daemons.
 */
final class OpenMp {
  private static final Linker LINKER = Linker.nativeLinker();

  /**
   * How often a thread looks for work before it sleeps, some 0.4 ms: longer than the pauses between
   * ops, so that threads stay awake within a step, and short enough that beside other busy
   * processes waiting costs little. The library's own 300,000 make steps there many times as long.
   */
  private static final String LOOKS = "10000";

  private final MethodHandle parallel;
  private final MethodHandle threadNumber;
  private final MethodHandle teamSize;
  private final MemorySegment entry;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private @Nullable IntConsumer part;
  private int parts;

  /** On the functions of a libgomp. */
  OpenMp(SymbolLookup library) {
    parallel =
        LINKER.downcallHandle(
            library.findOrThrow("GOMP_parallel"),
            FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT));
    threadNumber = number(library, "omp_get_thread_num");
    teamSize = number(library, "omp_get_num_threads");
    entry = LINKER.upcallStub(member(), FunctionDescriptor.ofVoid(ADDRESS), Arena.ofAuto());
  }

  /** To be called before libgomp is loaded: what users set stands. */
  static void configure() {
    if (System.getenv("OMP_WAIT_POLICY") == null) {
      Environment.preset("GOMP_SPINCOUNT", LOOKS);
    }
  }

  private static MethodHandle number(SymbolLookup library, String name) {
    return LINKER.downcallHandle(
        library.findOrThrow(name), FunctionDescriptor.of(JAVA_INT), Linker.Option.critical(false));
  }

  private MethodHandle member() {
    try {
      MethodType type = MethodType.methodType(void.class, MemorySegment.class);
      return MethodHandles.lookup().findVirtual(OpenMp.class, "takeParts", type).bindTo(this);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /**
   * Runs {@code work} for 0 to {@code count - 1} and returns when all have ended; what one of them
   * throws is thrown then. For one caller at a time.
   *
   * @param threads the caller and how many more; libgomp ends threads that a smaller team leaves
   *     over, so that it should not change from call to call
   * @throws IllegalStateException from within {@code work}
   */
  void run(int threads, int count, IntConsumer work) {
    if (part != null) {
      throw new IllegalStateException("a part of a parallel loop cannot start another");
    }
    parts = count;
    part = work;
    try {
      parallel.invokeExact(entry, MemorySegment.NULL, threads, 0);
    } catch (Throwable t) {
      throw NativeCalls.rethrow(t);
    } finally {
      part = null;
    }
    Throwable thrown = failure.getAndSet(null);
    if (thrown != null) {
      throw NativeCalls.rethrow(thrown);
    }
  }

  /** What each thread of a team calls; nothing may be thrown through native code. */
  @SuppressWarnings("unused") // the entry point of libgomp's threads
  private void takeParts(MemorySegment data) {
    try {
      IntConsumer work = Objects.requireNonNull(part);
      int size = (int) teamSize.invokeExact();
      for (int p = (int) threadNumber.invokeExact(); p < parts; p += size) {
        work.accept(p);
      }
    } catch (Throwable t) {
      failure.compareAndSet(null, t);
    }
  }
}
