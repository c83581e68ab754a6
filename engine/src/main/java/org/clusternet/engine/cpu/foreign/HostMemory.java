package org.clusternet.engine.cpu.foreign;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.clusternet.engine.tensor.MemorySource;
import org.jspecify.annotations.Nullable;

/**
 * Blocks from the C library, aligned to 64 bytes; large ones to 2 MiB and advised to be backed by
 * huge pages. Fresh pages of 4 KiB cost a large share of a step elsewhere; with huge pages and the
 * pool on top they cost nothing after the first.
 */
public final class HostMemory implements MemorySource {
  private static final long LINE = 64;
  private static final long HUGE_PAGE = 2L << 20;
  private static final int MADV_HUGEPAGE = 14;

  private final MethodHandle posixMemalign;
  private final MethodHandle free;
  private final @Nullable MethodHandle madvise;

  /** Binds the functions of the C library. */
  public HostMemory() {
    Linker linker = Linker.nativeLinker();
    SymbolLookup libc = linker.defaultLookup();
    posixMemalign =
        linker.downcallHandle(
            libc.findOrThrow("posix_memalign"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG),
            Linker.Option.critical(true));
    free =
        linker.downcallHandle(
            libc.findOrThrow("free"), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    madvise =
        System.getProperty("os.name").startsWith("Linux")
            ? linker.downcallHandle(
                libc.findOrThrow("madvise"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT))
            : null;
  }

  @Override
  public MemorySegment allocate(long bytes) {
    long alignment = bytes >= HUGE_PAGE ? HUGE_PAGE : LINE;
    MemorySegment result = MemorySegment.ofArray(new long[1]);
    try {
      int status = (int) posixMemalign.invokeExact(result, alignment, bytes);
      if (status != 0) {
        throw new OutOfMemoryError(
            "posix_memalign of " + bytes + " bytes failed: status=" + status);
      }
      MemorySegment block =
          MemorySegment.ofAddress(result.get(ValueLayout.JAVA_LONG, 0)).reinterpret(bytes);
      if (alignment == HUGE_PAGE && madvise != null) {
        int ignored = (int) madvise.invokeExact(block, bytes, MADV_HUGEPAGE);
      }
      return block;
    } catch (Throwable t) {
      throw NativeCalls.rethrow(t);
    }
  }

  @Override
  public void free(MemorySegment block) {
    try {
      free.invokeExact(block);
    } catch (Throwable t) {
      throw NativeCalls.rethrow(t);
    }
  }

  @Override
  public void poison(MemorySegment block) {
    block.fill((byte) 0xFF);
  }
}
