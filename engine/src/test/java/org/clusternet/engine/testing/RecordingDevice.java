package org.clusternet.engine.testing;

import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.function.Consumer;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.MemoryPool;
import org.clusternet.engine.tensor.Tensor;

/** A device that tells an observer of every op before it runs it. */
public final class RecordingDevice implements Device {
  private final Device inner;
  private final Consumer<Op> observer;

  /** Wraps {@code inner}, adding the class of every op that is run to {@code run}. */
  public RecordingDevice(Device inner, Set<Class<?>> run) {
    this(inner, op -> run.add(op.getClass()));
  }

  /** Wraps {@code inner}. */
  public RecordingDevice(Device inner, Consumer<Op> observer) {
    this.inner = inner;
    this.observer = observer;
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public String describe() {
    return inner.describe();
  }

  @Override
  public MemoryPool memory() {
    return inner.memory();
  }

  @Override
  public void run(Op op, Tensor[] inputs, Tensor[] outputs) {
    observer.accept(op);
    inner.run(op, inputs, outputs);
  }

  @Override
  public void upload(MemorySegment host, Tensor tensor) {
    inner.upload(host, tensor);
  }

  @Override
  public void download(Tensor tensor, MemorySegment host) {
    inner.download(tensor, host);
  }

  @Override
  public void synchronize() {
    inner.synchronize();
  }

  @Override
  public void close() {
    inner.close();
  }
}
