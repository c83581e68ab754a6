package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is needed while one primitive descriptor is made, and freed afterwards. */
final class Session implements AutoCloseable {
  private static final int SCRATCHPAD_USER = 1;
  private static final int ELTWISE_RELU = 0x20;
  private static final int BINARY_ADD = 0x1fff0;
  private static final int UNDEFINED_TYPE = 0;

  private final Api api;
  private final MemorySegment engine;
  private final Arena arena = Arena.ofConfined();
  private final Deque<Runnable> cleanUp = new ArrayDeque<>();

  Session(Api api, MemorySegment engine) {
    this.api = api;
    this.engine = engine;
  }

  Api api() {
    return api;
  }

  MemorySegment engine() {
    return engine;
  }

  /** The native descriptor, freed with this session; a null pointer for null. */
  MemorySegment md(@Nullable Descriptor descriptor) {
    return descriptor == null ? MemorySegment.NULL : owned(descriptor.create(api));
  }

  /** The native descriptor, freed with this session. */
  MemorySegment md(Matrices matrices) {
    return owned(matrices.create(api));
  }

  private MemorySegment owned(MemorySegment md) {
    cleanUp.push(() -> Api.check("free", () -> (int) api.memoryDescDestroy.invokeExact(md)));
    return md;
  }

  /** An array of {@code dnnl_dim_t}. */
  MemorySegment dims(long... values) {
    return arena.allocateFrom(ValueLayout.JAVA_LONG, values);
  }

  /** Attributes with the scratchpad given by the caller, so that its bytes are accounted for. */
  MemorySegment attributes() {
    MemorySegment attr = Api.create("attributes", out -> (int) api.attrCreate.invokeExact(out));
    cleanUp.push(() -> Api.check("free", () -> (int) api.attrDestroy.invokeExact(attr)));
    Api.check(
        "scratchpad mode",
        () -> (int) api.attrSetScratchpadMode.invokeExact(attr, SCRATCHPAD_USER));
    return attr;
  }

  /** As {@link #attributes}, with a ReLU after the primitive if asked for. */
  MemorySegment attributes(boolean relu) {
    return relu ? attributes(List.of(this::appendRelu)) : attributes();
  }

  /**
   * As {@link #attributes}, with {@link Arg#ADDEND} added to the result, then a ReLU if asked for.
   *
   * @param addend descriptor of what is added
   */
  MemorySegment adding(MemorySegment addend, boolean relu) {
    Api.Creation add = ops -> (int) api.postOpsAppendBinary.invokeExact(ops, BINARY_ADD, addend);
    return attributes(relu ? List.of(add, this::appendRelu) : List.of(add));
  }

  private int appendRelu(MemorySegment ops) throws Throwable {
    return (int) api.postOpsAppendEltwise.invokeExact(ops, ELTWISE_RELU, 0f, 0f);
  }

  /** As {@link #attributes}, with the result added to what the destination holds. */
  MemorySegment accumulating() {
    return attributes(
        List.of(ops -> (int) api.postOpsAppendSum.invokeExact(ops, 1f, 0, UNDEFINED_TYPE)));
  }

  private MemorySegment attributes(List<Api.Creation> postOps) {
    MemorySegment attr = attributes();
    MemorySegment ops = Api.create("post-ops", out -> (int) api.postOpsCreate.invokeExact(out));
    cleanUp.push(() -> Api.check("free", () -> (int) api.postOpsDestroy.invokeExact(ops)));
    postOps.forEach(append -> Api.check("post-op", () -> append.invoke(ops)));
    Api.check("post-ops", () -> (int) api.attrSetPostOps.invokeExact(attr, ops));
    return attr;
  }

  /**
   * The descriptor of a forward primitive that a backward one refers to, freed with this session.
   */
  MemorySegment hint(Spec forward) {
    MemorySegment pd = forward.describe(this);
    cleanUp.push(() -> Api.check("free", () -> (int) api.primitiveDescDestroy.invokeExact(pd)));
    return pd;
  }

  @Override
  public void close() {
    cleanUp.forEach(Runnable::run);
    arena.close();
  }
}
