package org.clusternet.training;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.MemoryPool;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.HostValues;

/** A device on which the first outputs of one class of ops become infinite once it is told so. */
final class FaultyDevice implements Device {
  private final Device inner;
  private final Class<? extends Op> broken;
  boolean faulty;

  FaultyDevice(Device inner, Class<? extends Op> broken) {
    this.inner = inner;
    this.broken = broken;
  }

  @Override
  public void run(Op op, Tensor[] inputs, Tensor[] outputs) {
    inner.run(op, inputs, outputs);
    if (faulty && broken.isInstance(op)) {
      double[] values = HostValues.get(inner, outputs[0]);
      values[values.length / 2] = Double.POSITIVE_INFINITY;
      HostValues.set(inner, outputs[0], values);
    }
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
