package org.clusternet.engine.cpu.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;
import org.clusternet.engine.cpu.foreign.NativeCalls;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * A prepared primitive. Set every argument {@link #with}, then {@link #run}: only pointers change
 * from call to call. Arguments stay set until set again; a primitive serves one thread at a time.
 */
public final class Primitive {
  private static final int QUERY_EXEC_ARG_MD = 255;
  private static final int QUERY_IMPLEMENTATION = 8;
  private static final int ENTRY = 16;

  private final OneDnn library;
  private final Spec spec;
  private final MemorySegment descriptor;
  private final MemorySegment handle;
  private final MemorySegment stream;
  private final long scratchpadBytes;
  private final Map<Arg, MemorySegment> memories = new EnumMap<>(Arg.class);
  private final MemorySegment arguments =
      Arena.global().allocate((long) ENTRY * Arg.values().length, 8);

  Primitive(OneDnn library, Spec spec, MemorySegment descriptor) {
    this.library = library;
    this.spec = spec;
    this.descriptor = descriptor;
    this.handle =
        Api.create(spec, out -> (int) library.api().primitiveCreate.invokeExact(out, descriptor));
    this.stream = library.stream(spec.lane());
    this.scratchpadBytes = bytes(Arg.SCRATCHPAD);
  }

  /** Points an argument at memory laid out as the primitive wants it. */
  public Primitive with(Arg arg, MemorySegment data) {
    MemorySegment memory = memories.computeIfAbsent(arg, this::bind);
    Api.check(spec, () -> (int) library.api().memorySetDataHandle.invokeExact(memory, data));
    return this;
  }

  /** Points an argument at a tensor. */
  public Primitive with(Arg arg, Tensor tensor) {
    return with(arg, tensor.memory());
  }

  private MemorySegment bind(Arg arg) {
    MemorySegment memory =
        Api.create(
            spec,
            out ->
                (int)
                    library
                        .api()
                        .memoryCreate
                        .invokeExact(out, md(arg), library.engine(), MemorySegment.NULL));
    long at = (long) ENTRY * memories.size();
    arguments.set(JAVA_INT, at, arg.code());
    arguments.set(ADDRESS, at + 8, memory);
    return memory;
  }

  /** Executes with the arguments set. */
  public void run() {
    try (Scope scope = library.scratch()) {
      lend(scope).execute();
    }
  }

  /** Points the scratchpad at memory of a scope, for {@link #execute} on another thread. */
  public Primitive lend(Scope scope) {
    if (scratchpadBytes > 0) {
      TensorType type = TensorType.of(DType.U8, Math.toIntExact(scratchpadBytes));
      with(Arg.SCRATCHPAD, scope.allocate(type));
    }
    return this;
  }

  /** Executes with the arguments and the scratchpad set. */
  public void execute() {
    int count = memories.size();
    Api.check(
        spec,
        () -> (int) library.api().primitiveExecute.invokeExact(handle, stream, count, arguments));
  }

  /** The layout of an argument, as a native descriptor that lives as long as this primitive. */
  MemorySegment md(Arg arg) {
    try {
      return (MemorySegment)
          library.api().primitiveDescQueryMd.invokeExact(descriptor, QUERY_EXEC_ARG_MD, arg.code());
    } catch (Throwable t) {
      throw NativeCalls.rethrow(t);
    }
  }

  /** Bytes that an argument takes in this primitive's layout; 0 if it has no such argument. */
  long bytes(Arg arg) {
    MemorySegment md = md(arg);
    try {
      return md.address() == 0 ? 0 : (long) library.api().memoryDescGetSize.invokeExact(md);
    } catch (Throwable t) {
      throw NativeCalls.rethrow(t);
    }
  }

  /** Which implementation the library chose, for instance {@code brgconv:avx512_core}. */
  public String implementation() {
    MemorySegment text =
        Api.create(
            "implementation name",
            out ->
                (int)
                    library
                        .api()
                        .primitiveDescQuery
                        .invokeExact(descriptor, QUERY_IMPLEMENTATION, 0, out));
    return text.reinterpret(Long.MAX_VALUE).getString(0);
  }
}
