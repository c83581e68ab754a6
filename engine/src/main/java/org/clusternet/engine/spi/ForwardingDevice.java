package org.clusternet.engine.spi;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.tensor.MemoryPool;
import org.clusternet.engine.tensor.Tensor;

/**
 * A device that forwards every call to another; for subclasses that observe or change some of them.
 * A recorded step runs anew each time, so that none of its ops passes unseen.
 */
public abstract class ForwardingDevice implements Device {
  private final Device inner;

  /** Hands on to {@code inner}. */
  protected ForwardingDevice(Device inner) {
    this.inner = inner;
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
  public double milliseconds(Runnable work) {
    return inner.milliseconds(work);
  }

  @Override
  public boolean roundsWeights() {
    return inner.roundsWeights();
  }

  @Override
  public boolean hasOwnMemory() {
    return inner.hasOwnMemory();
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
