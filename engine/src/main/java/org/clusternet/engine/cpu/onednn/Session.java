package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;

/** What is needed while one primitive descriptor is made, and freed afterwards. */
final class Session implements AutoCloseable {
  private static final int SCRATCHPAD_USER = 1;
  private static final int ELTWISE_RELU = 0x20;

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
  MemorySegment md(Descriptor descriptor) {
    if (descriptor == null) {
      return MemorySegment.NULL;
    }
    MemorySegment md = descriptor.create(api);
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
    MemorySegment attr = attributes();
    if (relu) {
      MemorySegment ops = Api.create("post-ops", out -> (int) api.postOpsCreate.invokeExact(out));
      cleanUp.push(() -> Api.check("free", () -> (int) api.postOpsDestroy.invokeExact(ops)));
      Api.check(
          "ReLU post-op",
          () -> (int) api.postOpsAppendEltwise.invokeExact(ops, ELTWISE_RELU, 0f, 0f));
      Api.check("post-ops", () -> (int) api.attrSetPostOps.invokeExact(attr, ops));
    }
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
