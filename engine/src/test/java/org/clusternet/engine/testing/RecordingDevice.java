package org.clusternet.engine.testing;

import java.lang.foreign.MemorySegment;
import java.util.Set;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.MemoryPool;
import org.clusternet.engine.tensor.Tensor;

/** A device that notes which classes of ops it was asked to run. */
public final class RecordingDevice implements Device {
  private final Device inner;
  private final Set<Class<?>> run;

  /** Wraps {@code inner}, adding to {@code run}. */
  public RecordingDevice(Device inner, Set<Class<?>> run) {
    this.inner = inner;
    this.run = run;
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
    run.add(op.getClass());
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
